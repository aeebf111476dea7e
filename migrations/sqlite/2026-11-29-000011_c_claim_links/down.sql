-- The columns of people stay as they are: a new table would take with it all that refers to the old one.
DROP TABLE claim_links;
ALTER TABLE enrolments DROP COLUMN entered_as;
DELETE FROM people WHERE email IS NULL;
