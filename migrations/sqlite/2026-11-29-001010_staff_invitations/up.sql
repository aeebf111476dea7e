-- Invitations to the staff of a campus, each for one address and once.
CREATE TABLE staff_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('facilitator', 'organiser')),
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
    invited_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_by BIGINT REFERENCES people (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX staff_invitations_pending_key ON staff_invitations (campus_id, email) WHERE status = 'pending';
CREATE INDEX staff_invitations_email_idx ON staff_invitations (email);
CREATE INDEX staff_invitations_invited_by_idx ON staff_invitations (invited_by);
CREATE INDEX staff_invitations_accepted_by_idx ON staff_invitations (accepted_by);
