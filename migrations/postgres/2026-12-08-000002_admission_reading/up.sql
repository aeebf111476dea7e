-- By what applications are read: criteria with their weights, as JSON, and whether names are hidden until one has scored.
ALTER TABLE intakes ADD COLUMN rubric TEXT NOT NULL DEFAULT '[]';
ALTER TABLE intakes ADD COLUMN is_blind BOOLEAN NOT NULL DEFAULT FALSE;

-- Who reads applications to a cohort.
CREATE TABLE admission_panels (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, person_id)
);
CREATE INDEX admission_panels_person_id_idx ON admission_panels (person_id);

-- What somebody on the panel thinks of an application; no points if they abstain.
CREATE TABLE application_scores (
    application_id BIGINT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- By the keys of the criteria, as JSON.
    points TEXT,
    note TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (application_id, person_id)
);
CREATE INDEX application_scores_person_id_idx ON application_scores (person_id);

-- Who has said that they should not decide about somebody.
CREATE TABLE application_recusals (
    application_id BIGINT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (application_id, person_id)
);
CREATE INDEX application_recusals_person_id_idx ON application_recusals (person_id);
