-- A look back at a week, of one of its teams or of the whole cohort. A week keeps its id when others are inserted before it.
CREATE TABLE retros (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    week_id BIGINT NOT NULL,
    -- None if it is of the whole cohort.
    team_id BIGINT REFERENCES teams (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('open', 'voting', 'closed')),
    -- In a team's retro votes of each person, in a cohort's votes of each person on each kind.
    votes_each INTEGER NOT NULL,
    opened_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE INDEX retros_cohort_id_idx ON retros (cohort_id);
CREATE INDEX retros_team_id_idx ON retros (team_id);
CREATE INDEX retros_opened_by_idx ON retros (opened_by);
CREATE UNIQUE INDEX retros_of_team_idx ON retros (week_id, team_id) WHERE team_id IS NOT NULL;
CREATE UNIQUE INDEX retros_of_cohort_idx ON retros (week_id) WHERE team_id IS NULL;

-- What somebody wrote in a retro. Its id is random, it has no time, and its author is forgotten when the retro closes.
CREATE TABLE retro_items (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    retro_id BIGINT NOT NULL REFERENCES retros (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('stop', 'go', 'continue')),
    text TEXT NOT NULL,
    author_id BIGINT REFERENCES people (id) ON DELETE SET NULL,
    -- Counted when the retro closes.
    votes INTEGER,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX retro_items_cohort_id_idx ON retro_items (cohort_id);
CREATE INDEX retro_items_retro_id_idx ON retro_items (retro_id);
CREATE INDEX retro_items_author_id_idx ON retro_items (author_id);

-- Who votes for what while a retro goes on. The rows go when it closes.
CREATE TABLE retro_votes (
    item_id BIGINT NOT NULL REFERENCES retro_items (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (item_id, person_id)
);
CREATE INDEX retro_votes_person_id_idx ON retro_votes (person_id);

-- What is to be done: made of a retro's top items, or by hand.
CREATE TABLE actions (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    -- None if it is the whole cohort's.
    team_id BIGINT REFERENCES teams (id) ON DELETE SET NULL,
    retro_id BIGINT REFERENCES retros (id) ON DELETE SET NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
    owner_id BIGINT REFERENCES people (id) ON DELETE SET NULL,
    note TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX actions_cohort_id_idx ON actions (cohort_id, status);
CREATE INDEX actions_team_id_idx ON actions (team_id);
CREATE INDEX actions_retro_id_idx ON actions (retro_id);
CREATE INDEX actions_owner_id_idx ON actions (owner_id);
