-- Whether a mentor offered the slot: office hours, which they move and remove themself.
ALTER TABLE mentor_slots ADD COLUMN is_offered BOOLEAN NOT NULL DEFAULT FALSE;
-- What mentors offered until now wants nobody else and is held by somebody.
UPDATE mentor_slots SET is_offered = TRUE
WHERE booking_minutes IS NOT NULL AND min_mentors = 0 AND capacity = 1
    AND EXISTS (SELECT 1 FROM sign_ups WHERE sign_ups.slot_id = mentor_slots.id AND sign_ups.status = 'confirmed');
