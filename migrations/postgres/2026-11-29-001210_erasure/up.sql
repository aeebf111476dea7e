-- When the person had their data erased. What they were part of stays, without their name.
ALTER TABLE people ADD COLUMN erased_at TIMESTAMP;

-- Hashes of the addresses with which nobody opens an account any more.
CREATE TABLE banned_addresses (
    address_hash TEXT NOT NULL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL
);
