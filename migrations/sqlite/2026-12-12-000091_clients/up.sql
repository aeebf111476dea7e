-- On what terms a campus builds for organisations: whether they can apply, and how long a step may wait.
CREATE TABLE client_terms (
    campus_id BIGINT NOT NULL PRIMARY KEY REFERENCES campuses (id) ON DELETE CASCADE,
    is_open BOOLEAN NOT NULL,
    about TEXT,
    -- A step that nobody has taken for so many days is asked for again, and needs the staff.
    answer_days INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- Organisations for which a campus builds, or is to: each row is one way from an application to a product.
CREATE TABLE clients (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    url TEXT,
    status TEXT NOT NULL CHECK (
        status IN (
            'applied', 'acknowledged', 'invited', 'workshop_booked', 'agreement_sent', 'agreement_signed', 'attended',
            'research_asked', 'research_received', 'project', 'completed', 'exit_feedback', 'withdrawn'
        )
    ),
    -- Since when it has this status.
    status_since TIMESTAMP NOT NULL,
    -- When the owners were asked again for the step that they have to take.
    reminded_at TIMESTAMP,
    -- Whoever applied for it, who need not be an owner any more.
    applied_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX clients_campus_id_status_idx ON clients (campus_id, status);
CREATE INDEX clients_applied_by_idx ON clients (applied_by);

-- The steps that a client has come, with what belongs to each.
CREATE TABLE client_steps (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (
        status IN (
            'applied', 'acknowledged', 'invited', 'workshop_booked', 'agreement_sent', 'agreement_signed', 'attended',
            'research_asked', 'research_received', 'project', 'completed', 'exit_feedback', 'withdrawn'
        )
    ),
    taken_by TEXT NOT NULL CHECK (taken_by IN ('staff', 'owner')),
    url TEXT,
    note TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX client_steps_client_id_idx ON client_steps (client_id);

CREATE TABLE product_owners (
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, person_id)
);
CREATE INDEX product_owners_person_id_idx ON product_owners (person_id);

-- Invitations to be a product owner, each for one address and once.
CREATE TABLE product_owner_invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
    invited_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_by BIGINT REFERENCES people (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX product_owner_invitations_pending_key ON product_owner_invitations (client_id, email) WHERE status = 'pending';
CREATE INDEX product_owner_invitations_email_idx ON product_owner_invitations (email);
CREATE INDEX product_owner_invitations_invited_by_idx ON product_owner_invitations (invited_by);
CREATE INDEX product_owner_invitations_accepted_by_idx ON product_owner_invitations (accepted_by);
