DROP INDEX webhooks_made_by_idx;
ALTER TABLE webhooks DROP COLUMN made_by;
