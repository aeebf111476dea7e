-- Whether its staff do what is theirs to do only once they have a second factor.
ALTER TABLE campuses ADD COLUMN require_second_factor BOOLEAN NOT NULL DEFAULT FALSE;
