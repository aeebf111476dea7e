ALTER TABLE cohorts DROP COLUMN status_changed_at;
ALTER TABLE cohorts DROP COLUMN previous_status;
