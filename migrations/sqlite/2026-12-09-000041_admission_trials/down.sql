ALTER TABLE applications DROP COLUMN trial;
ALTER TABLE intakes DROP COLUMN trial_to;
ALTER TABLE intakes DROP COLUMN trial_from;
