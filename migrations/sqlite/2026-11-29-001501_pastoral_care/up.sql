-- Who cares for the students of a campus, whether or not on its staff.
CREATE TABLE pastoral_carers (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (campus_id, person_id)
);
CREATE INDEX pastoral_carers_person_id_idx ON pastoral_carers (person_id);

-- What they note in confidence.
CREATE TABLE pastoral_notes (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    flag TEXT,
    written_by BIGINT REFERENCES people (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX pastoral_notes_about_idx ON pastoral_notes (cohort_id, person_id, id);
CREATE INDEX pastoral_notes_flag_idx ON pastoral_notes (cohort_id, id) WHERE flag IS NOT NULL;
CREATE INDEX pastoral_notes_person_id_idx ON pastoral_notes (person_id);
CREATE INDEX pastoral_notes_written_by_idx ON pastoral_notes (written_by);

-- Pastoral mentor slots in which students choose a place.
CREATE TABLE walks (
    slot_id BIGINT NOT NULL PRIMARY KEY REFERENCES mentor_slots (id) ON DELETE CASCADE,
    places INTEGER NOT NULL
);
CREATE TABLE walk_places (
    slot_id BIGINT NOT NULL REFERENCES walks (slot_id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (slot_id, person_id)
);
CREATE INDEX walk_places_person_id_idx ON walk_places (person_id);
