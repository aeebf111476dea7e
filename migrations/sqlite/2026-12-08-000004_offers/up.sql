-- Until when an offer is answered, by the clocks of the campus: fixed when it is made.
ALTER TABLE applications ADD COLUMN reply_by_local TIMESTAMP;
-- The place in the waiting list: who has a smaller turn is offered a place first.
ALTER TABLE applications ADD COLUMN turn BIGINT;
-- The application with which it goes on in another cohort.
ALTER TABLE applications ADD COLUMN deferred_to BIGINT;
