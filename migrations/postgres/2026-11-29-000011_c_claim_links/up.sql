-- Whoever is entered by name alone has no address and no password until they claim their place.
ALTER TABLE people ALTER COLUMN email DROP NOT NULL;
ALTER TABLE people ALTER COLUMN password_hash DROP NOT NULL;

-- What the staff called them when they entered them: a table with that name means them, also once they have an account.
ALTER TABLE enrolments ADD COLUMN entered_as TEXT;

-- The code that hands a place over to whoever holds it.
CREATE TABLE claim_links (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    made_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    FOREIGN KEY (cohort_id, person_id) REFERENCES enrolments (cohort_id, person_id) ON DELETE CASCADE
);
CREATE INDEX claim_links_place_idx ON claim_links (cohort_id, person_id);
