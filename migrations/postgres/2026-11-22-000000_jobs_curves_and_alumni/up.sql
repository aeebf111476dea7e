CREATE TABLE campus_alumni_sources (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    source_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    PRIMARY KEY (campus_id, source_id)
);
CREATE INDEX campus_alumni_sources_source_id_idx ON campus_alumni_sources (source_id);

CREATE INDEX invitations_invited_by_idx ON invitations (invited_by, created_at);
-- Long work that a request asked for and nobody waits for. Whoever runs a job holds its lease; a lease
-- that has run out is anybody's.
CREATE TABLE jobs (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 1,
    kind TEXT NOT NULL CHECK (kind IN ('team_plan', 'rerun', 'trade_off')),
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    target TEXT NOT NULL,
    request_id TEXT NOT NULL,
    progress TEXT,
    result TEXT,
    problem TEXT,
    created_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    lease BIGINT,
    lease_until TIMESTAMP,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX jobs_cohort_id_idx ON jobs (cohort_id);
CREATE INDEX jobs_status_idx ON jobs (status, id);
CREATE INDEX jobs_finished_at_idx ON jobs (finished_at);
-- One at a time of a campus, so that none waits behind another's.
CREATE UNIQUE INDEX jobs_campus_id_key ON jobs (campus_id) WHERE status = 'running';

-- What better balance would cost a draft in repeats, for one version of it.
CREATE TABLE trade_offs (
    plan_id BIGINT NOT NULL PRIMARY KEY REFERENCES team_plans (id) ON DELETE CASCADE,
    plan_version BIGINT NOT NULL,
    points TEXT NOT NULL,
    stopped_early BOOLEAN NOT NULL,
    computed_at TIMESTAMP NOT NULL
);
