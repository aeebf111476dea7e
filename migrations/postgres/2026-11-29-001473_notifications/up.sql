-- What people are told of what concerns them.
CREATE TABLE notifications (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    href TEXT,
    campus_id BIGINT,
    cohort_id BIGINT,
    in_app BOOLEAN NOT NULL,
    -- Whether the next daily mail is to tell it.
    mail_waits BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP
);
CREATE INDEX notifications_person_id_idx ON notifications (person_id, id);
CREATE INDEX notifications_unread_idx ON notifications (person_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_waiting_idx ON notifications (person_id) WHERE mail_waits;

-- How they want it; who has chosen nothing has no row.
CREATE TABLE notification_settings (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    in_app BOOLEAN NOT NULL,
    mail TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
);

-- Where whoever gets a letter says that they want no more of its kind.
ALTER TABLE mail_messages ADD COLUMN unsubscribe TEXT;
