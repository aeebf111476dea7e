-- Whether the owners agree that it is offered to other campuses.
ALTER TABLE clients ADD COLUMN may_be_passed_on BOOLEAN NOT NULL DEFAULT FALSE;

-- The campuses to which a client is offered, whose cohorts can build its product.
CREATE TABLE client_offers (
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, campus_id)
);
CREATE INDEX client_offers_campus_id_idx ON client_offers (campus_id);
