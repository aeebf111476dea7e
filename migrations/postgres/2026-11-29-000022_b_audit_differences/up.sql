-- What became what, as JSON, where that may be told.
ALTER TABLE audit_entries ADD COLUMN difference TEXT;
