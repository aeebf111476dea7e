ALTER TABLE audit_entries DROP COLUMN application_id;
