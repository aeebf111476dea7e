-- Where the trial week takes place, and at what time of its first day it begins, by the clocks of the campus.
ALTER TABLE intakes ADD COLUMN trial_place TEXT;
ALTER TABLE intakes ADD COLUMN trial_url TEXT;
ALTER TABLE intakes ADD COLUMN trial_starts TEXT;
