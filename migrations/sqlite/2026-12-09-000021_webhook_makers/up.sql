-- Whoever made a webhook: what is sent takes turns by account. Of earlier ones nobody knows; they take turns by campus.
ALTER TABLE webhooks ADD COLUMN made_by BIGINT REFERENCES people (id) ON DELETE SET NULL;
CREATE INDEX webhooks_made_by_idx ON webhooks (made_by);
