-- What this installation keeps to itself, encrypted with each of its signing keys.
CREATE TABLE installation_secrets (
    key_id TEXT NOT NULL PRIMARY KEY,
    wrapped TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- The secret that an authenticator app shares with us, encrypted.
CREATE TABLE second_factors (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- When its first code showed that the app has the secret; from then on log-ins want one.
    confirmed_at TIMESTAMP,
    -- The time step of the last code that was taken: each is good once.
    last_step BIGINT NOT NULL,
    -- Wrong codes since the last right one.
    wrong_codes INTEGER NOT NULL,
    wrong_at TIMESTAMP
);

-- Codes for who has lost the app, each good once.
CREATE TABLE recovery_codes (
    person_id BIGINT NOT NULL REFERENCES second_factors (person_id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, code_hash)
);
