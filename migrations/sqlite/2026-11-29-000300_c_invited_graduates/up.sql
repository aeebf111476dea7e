-- Whoever accepts it has graduated with the cohort, which has ended.
ALTER TABLE invitations ADD COLUMN graduated BOOLEAN NOT NULL DEFAULT FALSE;
