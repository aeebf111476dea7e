ALTER TABLE applications DROP COLUMN deferred_to;
ALTER TABLE applications DROP COLUMN turn;
ALTER TABLE applications DROP COLUMN reply_by_local;
