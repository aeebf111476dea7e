-- Jobs at employers. What is public is what the staff have approved and has not expired.
CREATE TABLE employer_roles (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    employer_id BIGINT NOT NULL REFERENCES employers (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT,
    is_remote BOOLEAN NOT NULL,
    -- In minor units of the currency: all four, or none.
    pay_minimum BIGINT,
    pay_maximum BIGINT,
    pay_currency TEXT,
    pay_per TEXT CHECK (pay_per IN ('year', 'month', 'day')),
    -- The last day on which it is public, at the campus.
    expires_on DATE NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('submitted', 'published', 'closed')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX employer_roles_campus_id_status_idx ON employer_roles (campus_id, status);
CREATE INDEX employer_roles_employer_id_idx ON employer_roles (employer_id);
