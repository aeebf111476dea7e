-- What alumni wish for, before places are allocated: how much, which slots by rank, and with whom.
CREATE TABLE mentor_preferences (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    at_most INTEGER,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, person_id)
);
CREATE INDEX mentor_preferences_person_id_idx ON mentor_preferences (person_id);
CREATE TABLE mentor_wishes (
    slot_id BIGINT NOT NULL REFERENCES mentor_slots (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    ranked INTEGER NOT NULL,
    PRIMARY KEY (slot_id, person_id)
);
CREATE INDEX mentor_wishes_person_id_idx ON mentor_wishes (person_id);
CREATE TABLE mentor_companions (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    companion_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (cohort_id, person_id, companion_id)
);
CREATE INDEX mentor_companions_person_id_idx ON mentor_companions (person_id);
CREATE INDEX mentor_companions_companion_id_idx ON mentor_companions (companion_id);

-- Places allocated to wishes. What it was computed from is kept whole, so that it can be computed again.
CREATE TABLE mentor_allocations (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('draft', 'confirmed')),
    seed BIGINT NOT NULL,
    problem TEXT NOT NULL,
    result TEXT NOT NULL,
    created_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    confirmed_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX mentor_allocations_cohort_id_idx ON mentor_allocations (cohort_id, id);
CREATE INDEX mentor_allocations_created_by_idx ON mentor_allocations (created_by);
