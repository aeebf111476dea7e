ALTER TABLE pastoral_notes DROP COLUMN shared_at;
