-- So many days before a slot begins, who has a place in it has said again that they come.
ALTER TABLE mentor_slots ADD COLUMN reconfirm_days INTEGER;
ALTER TABLE sign_ups ADD COLUMN reconfirm_asked_at TIMESTAMP;
ALTER TABLE sign_ups ADD COLUMN reconfirmed_at TIMESTAMP;
-- A place that its mentor offers, for one in another slot or to whoever takes it.
CREATE TABLE mentor_swap_offers (
    id BIGINT NOT NULL PRIMARY KEY,
    sign_up_id BIGINT NOT NULL REFERENCES sign_ups (id) ON DELETE CASCADE,
    wanted_slot_id BIGINT REFERENCES mentor_slots (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'withdrawn')),
    accepted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX mentor_swap_offers_sign_up_id_key ON mentor_swap_offers (sign_up_id) WHERE status = 'open';
CREATE INDEX mentor_swap_offers_wanted_slot_id_idx ON mentor_swap_offers (wanted_slot_id);
CREATE INDEX mentor_swap_offers_accepted_by_idx ON mentor_swap_offers (accepted_by);
