-- What is published of a draw before its result: a hash, and the secret that keeps others' wishes from being guessed from it.
ALTER TABLE mentor_allocations ADD COLUMN commitment TEXT;
ALTER TABLE mentor_allocations ADD COLUMN commitment_secret TEXT;
-- Whether staff gave the seed; otherwise it was drawn at random.
ALTER TABLE mentor_allocations ADD COLUMN seed_given BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether somebody was on the waiting list first. Of those who no longer wait it is not known.
ALTER TABLE sign_ups ADD COLUMN waited BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE sign_ups SET waited = TRUE WHERE status = 'waitlisted';
