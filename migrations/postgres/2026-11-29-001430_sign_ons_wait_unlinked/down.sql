DROP TABLE sign_on_attempts;
CREATE TABLE sign_on_attempts (
    id BIGINT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    return_to TEXT NOT NULL,
    -- To whose account it is to be linked; none for a log-in.
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    -- Who has come back by it, and has still to show a second factor.
    sign_on_id BIGINT REFERENCES sign_ons (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_on_attempts_person_id_idx ON sign_on_attempts (person_id);
CREATE INDEX sign_on_attempts_sign_on_id_idx ON sign_on_attempts (sign_on_id);
CREATE INDEX sign_on_attempts_expires_at_idx ON sign_on_attempts (expires_at);
