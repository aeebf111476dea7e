-- What its owner calls a session; at log-in it is named after the program and the system.
ALTER TABLE sessions ADD COLUMN name TEXT NOT NULL DEFAULT 'Unknown device';
ALTER TABLE sessions ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
