ALTER TABLE mailed_codes DROP COLUMN language;
ALTER TABLE campuses DROP COLUMN language;
ALTER TABLE people DROP COLUMN language;
