DROP TABLE mentor_swap_offers;
ALTER TABLE sign_ups DROP COLUMN reconfirmed_at;
ALTER TABLE sign_ups DROP COLUMN reconfirm_asked_at;
ALTER TABLE mentor_slots DROP COLUMN reconfirm_days;
