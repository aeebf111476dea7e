-- Times of mentor slots are kept as the clocks on the wall show them, with the zone of these clocks: which instant that is
-- depends on rules that change. A zone that PostgreSQL does not know leaves a slot by UTC.
ALTER TABLE mentor_slots ADD COLUMN starts_local TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN ends_local TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN time_zone TEXT;
WITH known AS MATERIALIZED (SELECT name FROM pg_timezone_names)
UPDATE mentor_slots SET time_zone = coalesce((
    SELECT known.name FROM cohorts JOIN campuses ON campuses.id = cohorts.campus_id
    JOIN known ON known.name = campuses.time_zone WHERE cohorts.id = mentor_slots.cohort_id
), 'UTC') WHERE starts_at IS NOT NULL;
UPDATE mentor_slots SET starts_local = (starts_at AT TIME ZONE 'UTC') AT TIME ZONE time_zone,
    ends_local = (ends_at AT TIME ZONE 'UTC') AT TIME ZONE time_zone
WHERE starts_at IS NOT NULL;
ALTER TABLE mentor_slots DROP COLUMN starts_at;
ALTER TABLE mentor_slots DROP COLUMN ends_at;
