-- Workshops to which clients of a campus come.
CREATE TABLE client_workshops (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    -- By the clocks of the campus.
    starts_local TIMESTAMP NOT NULL,
    ends_local TIMESTAMP NOT NULL,
    place TEXT,
    url TEXT,
    -- For how many clients there is room.
    places INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX client_workshops_campus_id_idx ON client_workshops (campus_id);

-- The place of a client at a workshop: it has one at a time, and keeps it once it was there.
CREATE TABLE client_workshop_bookings (
    client_id BIGINT NOT NULL PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    workshop_id BIGINT NOT NULL REFERENCES client_workshops (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX client_workshop_bookings_workshop_id_idx ON client_workshop_bookings (workshop_id);
