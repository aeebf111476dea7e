-- Whether it was done in a session or with an API token. Entries from before do not say.
ALTER TABLE audit_entries ADD COLUMN via TEXT;
