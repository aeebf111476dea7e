-- What graduates show of themselves to an employer whom they have agreed to meet.
CREATE TABLE career_profiles (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    headline TEXT,
    about TEXT,
    looking_for TEXT,
    cv_url TEXT,
    -- Lists, as JSON.
    skills TEXT NOT NULL,
    submission_ids TEXT NOT NULL,
    -- Whether what is counted for them is shown too.
    shows_reviews BOOLEAN NOT NULL,
    shows_mentoring BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
