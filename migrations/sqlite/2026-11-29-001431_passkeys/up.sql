-- Passkeys that people log in with.
CREATE TABLE passkeys (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- What its authenticator calls it, and the account that it was made for, which may have become part of another.
    credential_id TEXT NOT NULL UNIQUE,
    user_handle TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP
);
CREATE INDEX passkeys_person_id_idx ON passkeys (person_id);

-- What browsers have been asked to sign.
CREATE TABLE passkey_challenges (
    id BIGINT NOT NULL PRIMARY KEY,
    challenge_hash TEXT NOT NULL UNIQUE,
    -- Whose new passkey it is for; none for a log-in.
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX passkey_challenges_person_id_idx ON passkey_challenges (person_id);
CREATE INDEX passkey_challenges_expires_at_idx ON passkey_challenges (expires_at);

-- Whether whoever logged in showed a second factor, or a passkey, which is both in one.
ALTER TABLE sessions ADD COLUMN both_factors BOOLEAN NOT NULL DEFAULT FALSE;
