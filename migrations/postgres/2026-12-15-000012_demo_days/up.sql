-- Days on which a cohort shows what it has built.
CREATE TABLE demo_days (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    -- By the clocks of the campus.
    starts_local TIMESTAMP NOT NULL,
    ends_local TIMESTAMP NOT NULL,
    place TEXT,
    url TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX demo_days_cohort_id_idx ON demo_days (cohort_id);

-- The clients whose owners are invited, and whether they come.
CREATE TABLE demo_day_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    demo_day_id BIGINT NOT NULL REFERENCES demo_days (id) ON DELETE CASCADE,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    -- None until they have answered.
    coming BOOLEAN,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX demo_day_invitations_key ON demo_day_invitations (demo_day_id, client_id);
CREATE INDEX demo_day_invitations_client_id_idx ON demo_day_invitations (client_id);
