-- What was done to hand a product over to its owners.
CREATE TABLE client_hand_over_items (
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    item TEXT NOT NULL CHECK (item IN ('demonstration', 'readme', 'backlog', 'logins', 'faults')),
    ticked_by TEXT NOT NULL CHECK (ticked_by IN ('team', 'staff')),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, item)
);
