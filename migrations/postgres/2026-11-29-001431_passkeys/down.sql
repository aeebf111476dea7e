ALTER TABLE sessions DROP COLUMN both_factors;
DROP TABLE passkey_challenges;
DROP TABLE passkeys;
