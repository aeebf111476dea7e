-- SQLite drops no column that refers to another table.
CREATE TABLE invitations_before (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    experience INTEGER,
    attributes TEXT NOT NULL DEFAULT '{}',
    joined_on DATE,
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
    invited_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    graduated BOOLEAN NOT NULL DEFAULT FALSE
);
INSERT INTO invitations_before
SELECT id, cohort_id, email, name, experience, attributes, joined_on, token_hash, status, invited_by, created_at, expires_at, accepted_by, graduated FROM invitations;
DROP TABLE invitations;
ALTER TABLE invitations_before RENAME TO invitations;
CREATE UNIQUE INDEX invitations_pending_key ON invitations (cohort_id, email) WHERE status = 'pending';
CREATE INDEX invitations_invited_by_idx ON invitations (invited_by, created_at);
CREATE INDEX invitations_email_idx ON invitations (email, created_at);
