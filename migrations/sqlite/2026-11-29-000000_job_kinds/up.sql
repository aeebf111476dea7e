-- Which kinds of jobs there are is for the application to say; a new one needs no migration. SQLite drops a
-- check only with its table.
CREATE TABLE new_jobs (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 1,
    kind TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    request TEXT NOT NULL,
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
INSERT INTO new_jobs (id, version, kind, status, campus_id, cohort_id, request, target, request_id, progress, result, problem, created_by, created_at, started_at, finished_at, lease, lease_until, attempts)
SELECT id, version, kind, status, campus_id, cohort_id, asked, target, request_id, progress, result, problem, created_by, created_at, started_at, finished_at, lease, lease_until, attempts FROM jobs;
DROP TABLE jobs;
ALTER TABLE new_jobs RENAME TO jobs;
CREATE INDEX jobs_cohort_id_idx ON jobs (cohort_id);
CREATE INDEX jobs_status_idx ON jobs (status, id);
CREATE INDEX jobs_finished_at_idx ON jobs (finished_at);
-- One at a time of a campus, so that none waits behind another's.
CREATE UNIQUE INDEX jobs_campus_id_key ON jobs (campus_id) WHERE status = 'running';
