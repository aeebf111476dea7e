-- Organisations that meet graduates of a campus, with what was agreed with them.
CREATE TABLE employers (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    about TEXT,
    url TEXT,
    agreement_url TEXT,
    agreement_from DATE,
    agreement_until DATE,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX employers_campus_id_idx ON employers (campus_id);

-- Who acts for an employer.
CREATE TABLE employer_contacts (
    employer_id BIGINT NOT NULL REFERENCES employers (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (employer_id, person_id)
);
CREATE INDEX employer_contacts_person_id_idx ON employer_contacts (person_id);
