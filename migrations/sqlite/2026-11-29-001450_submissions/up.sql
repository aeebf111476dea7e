-- What is due is kept as the clocks on the wall show it. Rows from before have only the moment, of which the time zone of
-- the campus makes the same.
ALTER TABLE projects ADD COLUMN due_local TIMESTAMP;

-- A due time of one team, in place of the project's.
CREATE TABLE due_extensions (
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    week_number INTEGER NOT NULL,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    due_local TIMESTAMP NOT NULL,
    reason TEXT,
    granted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (team_id, week_number)
);
CREATE INDEX due_extensions_cohort_id_idx ON due_extensions (cohort_id, week_number);
CREATE INDEX due_extensions_granted_by_idx ON due_extensions (granted_by);

-- A team's work at a moment. Rows are never changed.
CREATE TABLE submissions (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    week_number INTEGER NOT NULL,
    -- Counts up for each team and week.
    number INTEGER NOT NULL,
    repository_url TEXT NOT NULL,
    deployed_url TEXT,
    notes TEXT,
    submitted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    -- By the clock of the server.
    submitted_at TIMESTAMP NOT NULL,
    UNIQUE (team_id, week_number, number)
);
CREATE INDEX submissions_cohort_id_idx ON submissions (cohort_id, week_number);
CREATE INDEX submissions_submitted_by_idx ON submissions (submitted_by);
