DROP INDEX invitations_email_idx;
ALTER TABLE idempotency_keys DROP COLUMN standings;
DROP TABLE campus_removals;
