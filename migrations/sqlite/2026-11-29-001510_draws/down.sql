ALTER TABLE sign_ups DROP COLUMN waited;
ALTER TABLE mentor_allocations DROP COLUMN seed_given;
ALTER TABLE mentor_allocations DROP COLUMN commitment_secret;
ALTER TABLE mentor_allocations DROP COLUMN commitment;
