-- Paid work for clients. It begins at the client's campus, which may pass it on to another one.
CREATE TABLE client_briefs (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    -- The campus at which it is now.
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- In minor units of the currency.
    rate_amount BIGINT NOT NULL,
    rate_currency TEXT NOT NULL,
    rate_per TEXT NOT NULL CHECK (rate_per IN ('hour', 'day', 'fixed')),
    starts_on DATE NOT NULL,
    -- How many people are looked for.
    people INTEGER NOT NULL,
    may_be_passed_on BOOLEAN NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('submitted', 'open', 'staffed', 'done', 'withdrawn')),
    -- When it was first opened, and until when only the team that built the product sees it from then on.
    opened_at TIMESTAMP,
    reserved_until TIMESTAMP,
    -- What became of it, or why it was withdrawn.
    outcome TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX client_briefs_client_id_idx ON client_briefs (client_id);
CREATE INDEX client_briefs_campus_id_status_idx ON client_briefs (campus_id, status);

-- The campuses that have passed a brief on.
CREATE TABLE brief_passes (
    id BIGINT NOT NULL PRIMARY KEY,
    brief_id BIGINT NOT NULL REFERENCES client_briefs (id) ON DELETE CASCADE,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX brief_passes_brief_id_idx ON brief_passes (brief_id);
CREATE INDEX brief_passes_campus_id_idx ON brief_passes (campus_id);

-- Who would like a brief, and who would not.
CREATE TABLE brief_interests (
    brief_id BIGINT NOT NULL REFERENCES client_briefs (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    is_interested BOOLEAN NOT NULL,
    note TEXT,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (brief_id, person_id)
);
CREATE INDEX brief_interests_person_id_idx ON brief_interests (person_id);

-- Who does the work.
CREATE TABLE brief_members (
    brief_id BIGINT NOT NULL REFERENCES client_briefs (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (brief_id, person_id)
);
CREATE INDEX brief_members_person_id_idx ON brief_members (person_id);

-- For so many days after a brief is opened it is for the team that built the client's product.
ALTER TABLE client_terms ADD COLUMN first_refusal_days INTEGER NOT NULL DEFAULT 14;
