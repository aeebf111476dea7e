ALTER TABLE mentor_slots ADD COLUMN starts_at TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN ends_at TIMESTAMP;
UPDATE mentor_slots SET starts_at = (starts_local AT TIME ZONE time_zone) AT TIME ZONE 'UTC',
    ends_at = (ends_local AT TIME ZONE time_zone) AT TIME ZONE 'UTC'
WHERE starts_local IS NOT NULL;
ALTER TABLE mentor_slots DROP COLUMN starts_local;
ALTER TABLE mentor_slots DROP COLUMN ends_local;
ALTER TABLE mentor_slots DROP COLUMN time_zone;
