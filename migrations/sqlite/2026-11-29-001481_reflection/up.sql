-- How somebody works and likes to be worked with, in their own words.
CREATE TABLE manuals (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    how_i_work TEXT,
    how_i_like_feedback TEXT,
    how_to_reach_me TEXT,
    good_to_know TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    updated_at TIMESTAMP NOT NULL
);

-- What somebody notes of their own progress in a cohort.
CREATE TABLE progress_logs (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    shared_with_staff BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX progress_logs_person_id_idx ON progress_logs (person_id);
CREATE INDEX progress_logs_cohort_id_idx ON progress_logs (cohort_id);

-- What members of a team tell each other at the end of its round. The id is random, and there is no time.
CREATE TABLE peer_feedback (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    giver_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    receiver_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    anonymous BOOLEAN NOT NULL,
    -- What is shown at once has the same number; none until it is shown. Of the time only the Monday of the week is kept.
    batch INTEGER,
    released_on DATE,
    UNIQUE (team_id, giver_id, receiver_id)
);
CREATE INDEX peer_feedback_cohort_id_idx ON peer_feedback (cohort_id);
CREATE INDEX peer_feedback_giver_id_idx ON peer_feedback (giver_id);
CREATE INDEX peer_feedback_receiver_id_idx ON peer_feedback (receiver_id, batch);
