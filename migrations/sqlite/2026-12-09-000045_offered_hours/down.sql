ALTER TABLE mentor_slots DROP COLUMN is_offered;
