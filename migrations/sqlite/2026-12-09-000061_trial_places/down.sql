ALTER TABLE intakes DROP COLUMN trial_starts;
ALTER TABLE intakes DROP COLUMN trial_url;
ALTER TABLE intakes DROP COLUMN trial_place;
