DROP INDEX mail_messages_object_idx;
DROP INDEX mail_messages_due_idx;
DELETE FROM mail_messages WHERE given_up_at IS NOT NULL;
ALTER TABLE mail_messages DROP COLUMN given_up_at;
ALTER TABLE mail_messages DROP COLUMN object_id;
ALTER TABLE mail_messages DROP COLUMN object_type;
ALTER TABLE mail_messages RENAME TO outbox_messages;
CREATE INDEX outbox_messages_due_idx ON outbox_messages (next_attempt_at) WHERE sent_at IS NULL;

DROP TABLE event_consumers;
DROP TABLE events;
