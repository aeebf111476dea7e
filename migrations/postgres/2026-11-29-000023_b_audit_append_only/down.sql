DROP TRIGGER audit_entries_stay ON audit_entries;
DROP FUNCTION keep_audit_entries();
