-- Tokens with which programs act for somebody; of the token itself only its hash is stored.
CREATE TABLE api_tokens (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL CHECK (scopes IN ('read', 'write', 'read,write')),
    created_at TIMESTAMP NOT NULL,
    -- The last day on which it is good, in UTC.
    expires_on DATE NOT NULL,
    last_used_at TIMESTAMP
);
CREATE INDEX api_tokens_person_id_idx ON api_tokens (person_id);
CREATE INDEX api_tokens_expires_on_idx ON api_tokens (expires_on);
