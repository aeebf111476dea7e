-- What happened, written in the transaction that did it. The position is given afterwards, by one transaction at a
-- time: it is in the order of commits, which the id is not.
CREATE TABLE events (
    id BIGINT NOT NULL PRIMARY KEY,
    position BIGINT UNIQUE,
    kind TEXT NOT NULL,
    object_type TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    -- Counts up for each object.
    sequence BIGINT NOT NULL,
    campus_id BIGINT,
    cohort_id BIGINT,
    person_id BIGINT,
    payload TEXT NOT NULL,
    secret TEXT,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (object_type, object_id, sequence)
);
CREATE INDEX events_unplaced_idx ON events (id) WHERE position IS NULL;

-- How far each consumer has come.
CREATE TABLE event_consumers (
    name TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);
INSERT INTO event_consumers (name, position) VALUES ('mail', 0);

ALTER TABLE outbox_messages RENAME TO mail_messages;
ALTER TABLE mail_messages ADD COLUMN object_type TEXT;
ALTER TABLE mail_messages ADD COLUMN object_id BIGINT;
ALTER TABLE mail_messages ADD COLUMN given_up_at TIMESTAMP;
UPDATE mail_messages SET body = '' WHERE sent_at IS NOT NULL;
DROP INDEX outbox_messages_due_idx;
CREATE INDEX mail_messages_due_idx ON mail_messages (next_attempt_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX mail_messages_object_idx ON mail_messages (object_type, object_id);
