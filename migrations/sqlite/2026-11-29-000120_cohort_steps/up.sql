-- A step of a cohort can be taken back for some days.
ALTER TABLE cohorts ADD COLUMN previous_status TEXT NOT NULL DEFAULT 'planned';
ALTER TABLE cohorts ADD COLUMN status_changed_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
UPDATE cohorts SET status_changed_at = updated_at;
UPDATE cohorts SET previous_status = 'running' WHERE status = 'graduated';
