-- Whether whoever asked for a job had shown both factors then.
ALTER TABLE jobs ADD COLUMN both_factors BOOLEAN NOT NULL DEFAULT FALSE;
