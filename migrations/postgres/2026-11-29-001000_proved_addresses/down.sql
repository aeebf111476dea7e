DROP TABLE mailed_codes;
ALTER TABLE people DROP COLUMN email_verified_at;
