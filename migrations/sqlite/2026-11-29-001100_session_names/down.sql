ALTER TABLE sessions DROP COLUMN version;
ALTER TABLE sessions DROP COLUMN name;
