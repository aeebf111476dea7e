DROP TRIGGER audit_entries_are_kept;
DROP TRIGGER audit_entries_stay;
