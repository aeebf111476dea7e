ALTER TABLE invitations DROP COLUMN place_id;
