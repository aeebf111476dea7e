-- Accounts that people have at identity providers and log in with here.
CREATE TABLE sign_ons (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- The issuer, or the URL of a GitHub.
    provider TEXT NOT NULL,
    -- Names the person there, for ever.
    subject TEXT NOT NULL,
    -- The address that the provider had verified when it was last used.
    email TEXT,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    UNIQUE (provider, subject)
);
CREATE INDEX sign_ons_person_id_idx ON sign_ons (person_id);

-- Sign-ons that have begun. What goes to the provider and has to come back is derived from the secret, which the
-- browser keeps.
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
