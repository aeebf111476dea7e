-- Whoever is entered by name alone has no address and no password until they claim their place. SQLite drops a
-- NOT NULL only with its table; foreign keys are off while migrations run, so nothing goes along with it.
CREATE TABLE new_people (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT NOT NULL,
    github TEXT,
    password_hash TEXT,
    is_admin BOOLEAN NOT NULL DEFAULT FALSE,
    disabled_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
INSERT INTO new_people (id, email, name, github, password_hash, is_admin, disabled_at, version, created_at, updated_at)
SELECT id, email, name, github, password_hash, is_admin, disabled_at, version, created_at, updated_at FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;

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
