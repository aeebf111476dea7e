-- Tries to log in, by minute: all processes on this database count together. A key is a hash.
CREATE TABLE login_tries (
    key TEXT NOT NULL,
    minute BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (key, minute)
);
CREATE INDEX login_tries_minute_idx ON login_tries (minute);
