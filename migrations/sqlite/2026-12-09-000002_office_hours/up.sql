-- Mentor slots that are office hours: how many minutes one of the times is that students book.
ALTER TABLE mentor_slots ADD COLUMN booking_minutes INTEGER;
-- The times that are booked. A time is known by its number in the slot, so that it moves with it.
CREATE TABLE office_hour_bookings (
    slot_id BIGINT NOT NULL REFERENCES mentor_slots (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- The team that comes along with whoever booked it.
    team_id BIGINT REFERENCES teams (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (slot_id, number)
);
CREATE INDEX office_hour_bookings_person_id_idx ON office_hour_bookings (person_id);
CREATE INDEX office_hour_bookings_team_id_idx ON office_hour_bookings (team_id);
