-- A table from before a place was claimed still names the student as they were.
ALTER TABLE enrolments ADD COLUMN claimed_id BIGINT;
ALTER TABLE enrolments ADD COLUMN claimed_name TEXT;
