-- A receiver that fails is left in peace as a whole: until then, after so many failures in a row. When it was last tried
-- says whose turn it is.
ALTER TABLE webhooks ADD COLUMN paused_until TIMESTAMP;
ALTER TABLE webhooks ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE webhooks ADD COLUMN tried_at TIMESTAMP;
-- Whether it was last asked for by a replay.
ALTER TABLE webhook_deliveries ADD COLUMN replayed BOOLEAN NOT NULL DEFAULT FALSE;
