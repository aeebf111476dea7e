-- Addresses at which calendar programs read what takes place.
CREATE TABLE calendar_feeds (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    shows TEXT NOT NULL CHECK (shows IN ('me', 'cohort', 'campus')),
    cohort_id BIGINT REFERENCES cohorts (id) ON DELETE CASCADE,
    campus_id BIGINT REFERENCES campuses (id) ON DELETE CASCADE,
    -- Of the secret in the address.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX calendar_feeds_person_id_idx ON calendar_feeds (person_id);
CREATE INDEX calendar_feeds_cohort_id_idx ON calendar_feeds (cohort_id);
CREATE INDEX calendar_feeds_campus_id_idx ON calendar_feeds (campus_id);
