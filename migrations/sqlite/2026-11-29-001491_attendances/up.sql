-- Who was at an event.
CREATE TABLE attendances (
    event_id BIGINT NOT NULL REFERENCES scheduled_events (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('present', 'late', 'absent', 'excused')),
    -- When somebody who checked in says that they came, and when the server heard of it.
    arrived_at TIMESTAMP,
    received_at TIMESTAMP,
    -- The staff who noted it; nobody where people checked in themselves.
    noted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    -- Whether staff noted it, also once they have no account any more.
    is_noted BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (event_id, person_id)
);
CREATE INDEX attendances_person_id_idx ON attendances (person_id);
CREATE INDEX attendances_cohort_id_idx ON attendances (cohort_id);
CREATE INDEX attendances_noted_by_idx ON attendances (noted_by);

-- How many wrong codes somebody has sent for an event.
CREATE TABLE check_in_tries (
    event_id BIGINT NOT NULL REFERENCES scheduled_events (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    tries INTEGER NOT NULL,
    PRIMARY KEY (event_id, person_id)
);
CREATE INDEX check_in_tries_person_id_idx ON check_in_tries (person_id);
