-- When an administrator approved the campus: where registration is closed, only its invitations open accounts.
ALTER TABLE campuses ADD COLUMN approved_at TIMESTAMP;
