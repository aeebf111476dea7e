-- Where a campus wants to be told of what happens there.
CREATE TABLE webhooks (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id),
    url TEXT NOT NULL,
    -- The types of events, between commas.
    events TEXT NOT NULL,
    -- What signs, encrypted; and what signs besides until then.
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_secret_until TIMESTAMP,
    enabled BOOLEAN NOT NULL,
    -- Why the service itself disabled it.
    disabled_because TEXT,
    failing_since TIMESTAMP,
    succeeded_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX webhooks_campus_id_idx ON webhooks (campus_id);

-- One row for each event and webhook, whatever becomes of it. Its id is the `webhook-id` of every try.
CREATE TABLE webhook_deliveries (
    id BIGINT NOT NULL PRIMARY KEY,
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id BIGINT NOT NULL,
    -- The event's place in the order of commits.
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    object_type TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- Until when a process that sends it is waited for.
    claimed_until TIMESTAMP,
    attempted_at TIMESTAMP,
    response_status INTEGER,
    error TEXT,
    delivered_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_webhook_id_idx ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (status, due_at);
CREATE INDEX webhook_deliveries_object_idx ON webhook_deliveries (webhook_id, status, object_type, object_id, position);
CREATE INDEX webhook_deliveries_created_idx ON webhook_deliveries (created_at);
