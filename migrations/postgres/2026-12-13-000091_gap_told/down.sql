ALTER TABLE weeks DROP COLUMN gap_told_at;
