-- Whom the staff of a campus have removed: they join again only with its approval.
CREATE TABLE campus_removals (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (campus_id, person_id)
);

-- What the caller was when they were answered, a line each; they are answered the same only while they still are.
ALTER TABLE idempotency_keys ADD COLUMN standings TEXT NOT NULL DEFAULT '';

CREATE INDEX invitations_email_idx ON invitations (email, created_at);
