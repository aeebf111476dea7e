-- Entries are written once, whoever asks the database to do something else.
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries are not changed');
END;
CREATE TRIGGER audit_entries_are_kept BEFORE DELETE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries are not deleted');
END;
