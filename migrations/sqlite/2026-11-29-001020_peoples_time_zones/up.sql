-- In which their mail tells times.
ALTER TABLE people ADD COLUMN time_zone TEXT;
