-- When organisers were told that a week lacks mentors: once, whatever becomes of the event that told it.
ALTER TABLE weeks ADD COLUMN gap_told_at TIMESTAMP;
UPDATE weeks
SET gap_told_at = (SELECT MIN(created_at) FROM events WHERE object_type = 'mentor_cover' AND object_id = weeks.id)
WHERE id IN (SELECT object_id FROM events WHERE object_type = 'mentor_cover');
