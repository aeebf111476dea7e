-- Accounts that were merged into another, and whose they are since. The audit trail names them as it did: its entries are not changed.
CREATE TABLE merged_accounts (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX merged_accounts_person_id_idx ON merged_accounts (person_id);
