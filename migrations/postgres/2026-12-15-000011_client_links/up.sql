-- What belongs to the work on a product: notes, and where things are.
CREATE TABLE client_links (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('research', 'user_story', 'design', 'repository', 'other')),
    title TEXT NOT NULL,
    url TEXT,
    note TEXT,
    added_by TEXT NOT NULL CHECK (added_by IN ('staff', 'team', 'owner')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX client_links_client_id_idx ON client_links (client_id);
