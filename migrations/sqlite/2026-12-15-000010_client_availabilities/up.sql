-- How and when the owners of a client can be reached.
CREATE TABLE client_availabilities (
    client_id BIGINT NOT NULL PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    text TEXT,
    -- Days of the week with times of day, as JSON.
    hours TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    -- With whom it goes: it may tell their address or number.
    said_by BIGINT NOT NULL REFERENCES people (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX client_availabilities_said_by_idx ON client_availabilities (said_by);
