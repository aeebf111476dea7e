-- Times at which applicants are interviewed, and who has booked them.
CREATE TABLE interview_slots (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    -- By the clocks of the campus.
    starts_local TIMESTAMP NOT NULL,
    ends_local TIMESTAMP NOT NULL,
    place TEXT,
    url TEXT,
    interviewer_id BIGINT REFERENCES people (id),
    -- Whose it is; of nobody it is free. An application has one at a time.
    application_id BIGINT REFERENCES applications (id) ON DELETE SET NULL,
    booked_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT interview_slots_application_id_key UNIQUE (application_id)
);
CREATE INDEX interview_slots_cohort_id_idx ON interview_slots (cohort_id, starts_local);
CREATE INDEX interview_slots_interviewer_id_idx ON interview_slots (interviewer_id);
