-- Times of mentor slots are kept as the clocks on the wall show them, with the zone of these clocks: which instant that is
-- depends on rules that change. The server that takes this step knows `local_time` and `instant`.
ALTER TABLE mentor_slots ADD COLUMN starts_local TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN ends_local TIMESTAMP;
ALTER TABLE mentor_slots ADD COLUMN time_zone TEXT;
UPDATE mentor_slots SET time_zone = (
    SELECT campuses.time_zone FROM cohorts JOIN campuses ON campuses.id = cohorts.campus_id
    WHERE cohorts.id = mentor_slots.cohort_id
) WHERE starts_at IS NOT NULL;
UPDATE mentor_slots SET starts_local = local_time(starts_at, time_zone), ends_local = local_time(ends_at, time_zone)
WHERE starts_at IS NOT NULL;
ALTER TABLE mentor_slots DROP COLUMN starts_at;
ALTER TABLE mentor_slots DROP COLUMN ends_at;
