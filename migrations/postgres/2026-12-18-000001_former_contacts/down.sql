DELETE FROM employer_contacts WHERE left_at IS NOT NULL;
ALTER TABLE employer_contacts DROP COLUMN left_at;
