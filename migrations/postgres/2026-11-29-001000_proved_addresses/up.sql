-- When the person showed that mail to their address reaches them.
ALTER TABLE people ADD COLUMN email_verified_at TIMESTAMP;
-- Whoever accepted an invitation to the address of their account has shown it.
UPDATE people SET email_verified_at = created_at WHERE EXISTS (
    SELECT 1 FROM invitations WHERE invitations.accepted_by = people.id AND invitations.email = people.email
);

-- Codes that were mailed to an address, each for one purpose and once.
CREATE TABLE mailed_codes (
    id BIGINT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('registration', 'verification', 'password_reset', 'granted_reset', 'email_change', 'email_change_consent')),
    code_hash TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    -- What the account is to be made of, for a registration.
    name TEXT,
    password_hash TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    -- For what takes two codes: when this one was sent back.
    confirmed_at TIMESTAMP,
    -- When it was used up, or made useless. It stays for a while, so that those who ask again and again are counted.
    voided_at TIMESTAMP,
    -- The campus whose organiser handed it out.
    campus_id BIGINT REFERENCES campuses (id) ON DELETE CASCADE
);
CREATE INDEX mailed_codes_email_idx ON mailed_codes (email);
CREATE INDEX mailed_codes_person_id_idx ON mailed_codes (person_id);
CREATE INDEX mailed_codes_expires_at_idx ON mailed_codes (expires_at);
