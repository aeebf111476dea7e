ALTER TABLE jobs DROP COLUMN both_factors;
