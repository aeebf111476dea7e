-- Whoever accepts it takes the place of this student, who has no account.
ALTER TABLE invitations ADD COLUMN place_id BIGINT REFERENCES people (id) ON DELETE SET NULL;
