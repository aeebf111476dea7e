-- What somebody has decided about a use of what they volunteer about themself: team_balance or diversity_reports.
CREATE TABLE consents (
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    given BOOLEAN NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, purpose)
);

-- When the student last told experience and attributes themself; what staff enter does not replace that.
ALTER TABLE enrolments ADD COLUMN told_at TIMESTAMP;
