ALTER TABLE enrolments DROP COLUMN told_at;
DROP TABLE consents;
