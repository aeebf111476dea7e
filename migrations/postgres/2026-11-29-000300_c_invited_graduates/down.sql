ALTER TABLE invitations DROP COLUMN graduated;
