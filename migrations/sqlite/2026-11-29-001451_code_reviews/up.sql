-- One team reads the work of another. A team's work is reviewed once a week.
CREATE TABLE code_reviews (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    week_number INTEGER NOT NULL,
    reviewed_team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    reviewing_team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    -- Why that team reviews.
    reason TEXT NOT NULL CHECK (reason IN ('rotation', 'joined', 'taken_over')),
    -- How many pairs of a reviewer and somebody reviewed there are, and how many of them had that before.
    pairs INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    due_local TIMESTAMP NOT NULL,
    -- The first issue that the reviewing team raises, or when it says so.
    done_at TIMESTAMP,
    -- The team that let the time pass; another has taken it over.
    abandoned_by BIGINT REFERENCES teams (id) ON DELETE SET NULL,
    assigned_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (week_number, reviewed_team_id)
);
CREATE INDEX code_reviews_cohort_id_idx ON code_reviews (cohort_id, week_number);
CREATE INDEX code_reviews_reviewed_team_id_idx ON code_reviews (reviewed_team_id);
CREATE INDEX code_reviews_reviewing_team_id_idx ON code_reviews (reviewing_team_id);
CREATE INDEX code_reviews_abandoned_by_idx ON code_reviews (abandoned_by);
CREATE INDEX code_reviews_assigned_by_idx ON code_reviews (assigned_by);

-- What was found in a review.
CREATE TABLE review_issues (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    code_review_id BIGINT NOT NULL REFERENCES code_reviews (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    url TEXT,
    status TEXT NOT NULL CHECK (status IN ('open', 'answered', 'closed')),
    answer TEXT,
    raised_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    answered_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    answered_at TIMESTAMP,
    closed_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX review_issues_cohort_id_idx ON review_issues (cohort_id);
CREATE INDEX review_issues_code_review_id_idx ON review_issues (code_review_id);
CREATE INDEX review_issues_raised_by_idx ON review_issues (raised_by);
CREATE INDEX review_issues_answered_by_idx ON review_issues (answered_by);
