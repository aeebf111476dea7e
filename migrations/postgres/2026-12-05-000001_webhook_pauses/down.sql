ALTER TABLE webhook_deliveries DROP COLUMN replayed;
ALTER TABLE webhooks DROP COLUMN tried_at;
ALTER TABLE webhooks DROP COLUMN failures;
ALTER TABLE webhooks DROP COLUMN paused_until;
