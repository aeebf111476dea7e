DROP TABLE banned_addresses;
ALTER TABLE people DROP COLUMN erased_at;
