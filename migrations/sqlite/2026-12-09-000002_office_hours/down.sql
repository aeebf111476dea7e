DROP TABLE office_hour_bookings;
ALTER TABLE mentor_slots DROP COLUMN booking_minutes;
