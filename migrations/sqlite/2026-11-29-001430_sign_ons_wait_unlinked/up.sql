-- Who comes back from a provider waits for their second factor without being linked to anything: what the provider said is
-- kept with the attempt. Sign-ons last ten minutes, so those that have begun are begun again.
DROP TABLE sign_on_attempts;
CREATE TABLE sign_on_attempts (
    id BIGINT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    return_to TEXT NOT NULL,
    -- To whose account it is to be linked; none for a log-in.
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    -- Who has come back by it, and has still to show a second factor: what the provider calls them, and their address if it
    -- has verified one.
    subject TEXT,
    email TEXT
);
CREATE INDEX sign_on_attempts_person_id_idx ON sign_on_attempts (person_id);
CREATE INDEX sign_on_attempts_expires_at_idx ON sign_on_attempts (expires_at);
