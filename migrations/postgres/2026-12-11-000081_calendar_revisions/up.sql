-- What calendars know of an entry beside the row that it is made of: that it is no more, for as long as that is told, and how
-- often it was another, so that its SEQUENCE never falls when the row comes again.
CREATE TABLE calendar_revisions (
    id BIGINT NOT NULL PRIMARY KEY,
    -- The entry's, without the host.
    uid TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('mentoring', 'office_hours', 'due', 'walk')),
    -- In whose calendar; none if in those of all who see the cohort's.
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    -- None of what takes whole days.
    starts_at TIMESTAMP,
    ends_at TIMESTAMP,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    is_cancelled BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
CREATE INDEX calendar_revisions_uid_idx ON calendar_revisions (uid);
CREATE INDEX calendar_revisions_person_id_idx ON calendar_revisions (person_id);
CREATE INDEX calendar_revisions_cohort_id_idx ON calendar_revisions (cohort_id);
