ALTER TABLE mentor_slots ADD COLUMN starts_at TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN ends_at TIMESTAMP;
UPDATE mentor_slots SET starts_at = instant(starts_local, time_zone), ends_at = instant(ends_local, time_zone)
WHERE starts_local IS NOT NULL;
ALTER TABLE mentor_slots DROP COLUMN starts_local;
ALTER TABLE mentor_slots DROP COLUMN ends_local;
ALTER TABLE mentor_slots DROP COLUMN time_zone;
