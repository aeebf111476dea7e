DROP INDEX audit_entries_person_id_idx;
CREATE INDEX audit_entries_person_id_idx ON audit_entries (person_id);
DROP INDEX audit_entries_campus_id_idx;
ALTER TABLE audit_entries DROP COLUMN campus_id;
