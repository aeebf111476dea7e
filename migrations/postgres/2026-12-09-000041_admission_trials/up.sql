-- The days of the trial week, where a cohort has one, and what became of an applicant in it.
ALTER TABLE intakes ADD COLUMN trial_from DATE;
ALTER TABLE intakes ADD COLUMN trial_to DATE;
ALTER TABLE applications ADD COLUMN trial TEXT CHECK (trial IN ('invited', 'attended', 'missed'));
