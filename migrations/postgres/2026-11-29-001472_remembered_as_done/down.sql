DROP INDEX idempotency_keys_whole_idx;
ALTER TABLE idempotency_keys DROP COLUMN is_whole;
