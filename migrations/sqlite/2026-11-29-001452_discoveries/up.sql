-- What somebody found and shares with the cohort.
CREATE TABLE discoveries (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    -- The week that went on when it was shared, and the team of whoever shared it.
    week_number INTEGER,
    team_id BIGINT REFERENCES teams (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    text TEXT,
    -- The topic, and the words of title, topic and text, in lower case and without accents.
    topic_folded TEXT NOT NULL,
    search_words TEXT NOT NULL,
    shared_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    -- How many marks there are.
    useful INTEGER NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX discoveries_cohort_id_idx ON discoveries (cohort_id);
CREATE INDEX discoveries_team_id_idx ON discoveries (team_id);
CREATE INDEX discoveries_shared_by_idx ON discoveries (shared_by);

-- Who found a discovery useful.
CREATE TABLE useful_marks (
    discovery_id BIGINT NOT NULL REFERENCES discoveries (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (discovery_id, person_id)
);
CREATE INDEX useful_marks_person_id_idx ON useful_marks (person_id);
