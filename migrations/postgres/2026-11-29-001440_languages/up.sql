-- In which somebody is written to; NULL for the campus's, or else English.
ALTER TABLE people ADD COLUMN language TEXT;
-- In which a campus writes to those who have chosen none.
ALTER TABLE campuses ADD COLUMN language TEXT;
-- The one that an account is to have, for a registration.
ALTER TABLE mailed_codes ADD COLUMN language TEXT;
