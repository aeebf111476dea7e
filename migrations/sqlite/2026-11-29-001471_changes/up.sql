-- By which channels an event reaches those who may know of it, such as that of a cohort or of one person.
CREATE TABLE event_channels (
    channel INTEGER NOT NULL,
    of_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (channel, of_id, position)
) WITHOUT ROWID;
CREATE INDEX event_channels_position_idx ON event_channels (position);
