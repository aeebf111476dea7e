ALTER TABLE enrolments DROP COLUMN claimed_name;
ALTER TABLE enrolments DROP COLUMN claimed_id;
