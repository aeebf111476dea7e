DELETE FROM jobs WHERE kind NOT IN ('team_plan', 'rerun', 'trade_off');
ALTER TABLE jobs RENAME COLUMN request TO asked;
ALTER TABLE jobs ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('team_plan', 'rerun', 'trade_off'));
