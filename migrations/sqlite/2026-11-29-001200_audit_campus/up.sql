-- The campus where it was done, if it was done at one: what its organisers read. Entries from before have none.
ALTER TABLE audit_entries ADD COLUMN campus_id BIGINT;
CREATE INDEX audit_entries_campus_id_idx ON audit_entries (campus_id, id) WHERE campus_id IS NOT NULL;
-- A person's entries are read a page at a time.
DROP INDEX audit_entries_person_id_idx;
CREATE INDEX audit_entries_person_id_idx ON audit_entries (person_id, id);
