-- What the mentors of a week tell those of the next. A week keeps its id when others are inserted before it.
CREATE TABLE hand_overs (
    week_id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    written_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX hand_overs_cohort_id_idx ON hand_overs (cohort_id);
CREATE INDEX hand_overs_written_by_idx ON hand_overs (written_by);
-- Mentors who agree to be thanked in public.
CREATE TABLE mentor_thanks (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (campus_id, person_id)
);
CREATE INDEX mentor_thanks_person_id_idx ON mentor_thanks (person_id);
