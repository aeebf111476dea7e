-- A project can be open: a question too big, little guidance, and hints only on request.
ALTER TABLE projects ADD COLUMN is_open BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE projects ADD COLUMN question TEXT;
ALTER TABLE programme_weeks ADD COLUMN project_is_open BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE programme_weeks ADD COLUMN project_question TEXT;
CREATE TABLE project_hints (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- From 1, in the order in which they are revealed.
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    written_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (project_id, number)
);
CREATE INDEX project_hints_cohort_id_idx ON project_hints (cohort_id);
CREATE INDEX project_hints_written_by_idx ON project_hints (written_by);

-- Which team has asked for which hint, and so sees it.
CREATE TABLE hint_requests (
    hint_id BIGINT NOT NULL REFERENCES project_hints (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    asked_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    asked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (hint_id, team_id)
);
CREATE INDEX hint_requests_team_id_idx ON hint_requests (team_id);
CREATE INDEX hint_requests_cohort_id_idx ON hint_requests (cohort_id);
CREATE INDEX hint_requests_asked_by_idx ON hint_requests (asked_by);
