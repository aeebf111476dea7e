-- Graduates who are asked whether they would like to meet an employer about a role, and what became of it.
CREATE TABLE introductions (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    employer_id BIGINT NOT NULL REFERENCES employers (id) ON DELETE CASCADE,
    role_id BIGINT NOT NULL REFERENCES employer_roles (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    status TEXT NOT NULL CHECK (
        status IN ('asked', 'refused', 'introduced', 'interview', 'offer', 'hired', 'declined', 'withdrawn')
    ),
    -- What the staff wrote to the graduate.
    message TEXT,
    -- When the graduate first agreed: before that the employer knows of nothing.
    consented_at TIMESTAMP,
    -- Until when the employer may see the profile; null if the graduate has not agreed, or no longer.
    consent_until TIMESTAMP,
    hired_on DATE,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX introductions_campus_id_idx ON introductions (campus_id);
CREATE INDEX introductions_employer_id_idx ON introductions (employer_id);
CREATE INDEX introductions_role_id_idx ON introductions (role_id);
CREATE INDEX introductions_person_id_idx ON introductions (person_id);
