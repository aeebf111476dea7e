-- What was made, where the path alone does not say.
ALTER TABLE audit_entries ADD COLUMN object TEXT;
