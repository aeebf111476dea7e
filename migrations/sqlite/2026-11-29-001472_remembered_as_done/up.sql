-- Whether the answer is still kept; for longer it is remembered that something was done.
ALTER TABLE idempotency_keys ADD COLUMN is_whole BOOLEAN NOT NULL DEFAULT 1;
CREATE INDEX idempotency_keys_whole_idx ON idempotency_keys (created_at) WHERE is_whole;
