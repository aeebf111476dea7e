-- The default week of a cohort. Times are by the clocks of the campus.
CREATE TABLE timetable_sessions (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    weekday TEXT NOT NULL CHECK (weekday IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')),
    -- Such as `09:30`.
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT,
    url TEXT,
    is_optional BOOLEAN NOT NULL,
    check_in TEXT NOT NULL CHECK (check_in IN ('open', 'code'))
);
CREATE INDEX timetable_sessions_cohort_id_idx ON timetable_sessions (cohort_id);

-- What takes place in a cohort at a time; what happened is in `events`.
CREATE TABLE scheduled_events (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    -- The session of the timetable that it is an occurrence of, and the day of it as the timetable has it. The day stays
    -- when the occurrence is moved, and when the session is no more.
    session_id BIGINT REFERENCES timetable_sessions (id) ON DELETE SET NULL,
    session_day DATE,
    -- Whether staff have changed the occurrence by hand, which the timetable then leaves alone.
    is_changed BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts_local TIMESTAMP NOT NULL,
    ends_local TIMESTAMP NOT NULL,
    place TEXT,
    url TEXT,
    is_optional BOOLEAN NOT NULL,
    -- What staff show for people to check in with; none where that takes no code.
    check_in_code TEXT,
    status TEXT NOT NULL CHECK (status IN ('planned', 'cancelled')),
    -- Whether it is cancelled because timetable or cohort have it no longer, and comes back if they have it again.
    is_left_out BOOLEAN NOT NULL,
    cancelled_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX scheduled_events_cohort_id_starts_local_idx ON scheduled_events (cohort_id, starts_local);
CREATE UNIQUE INDEX scheduled_events_session_id_session_day_key ON scheduled_events (session_id, session_day);
