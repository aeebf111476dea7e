-- How people come into a cohort: when they apply, for how many places, and what follows. Times are by the clocks of the campus.
CREATE TABLE intakes (
    cohort_id BIGINT NOT NULL PRIMARY KEY REFERENCES cohorts (id) ON DELETE CASCADE,
    -- From this day on people can say that they are interested.
    interest_from DATE,
    opens_local TIMESTAMP NOT NULL,
    -- The first moment at which it is closed.
    closes_local TIMESTAMP NOT NULL,
    interviews_from DATE,
    interviews_to DATE,
    places INTEGER NOT NULL,
    decide_by DATE,
    -- Working days in which an offer is answered.
    reply_days INTEGER NOT NULL,
    -- The last day on which somebody is promoted from the waiting list.
    waiting_list_until DATE,
    -- What who has accepted does before the cohort begins.
    precourse TEXT,
    precourse_url TEXT,
    -- So many months after its end an application that led nowhere is erased.
    keep_months INTEGER NOT NULL,
    -- When those who are interested were told that it is open.
    opening_told_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX intakes_closes_local_idx ON intakes (closes_local);

-- What applicants are asked, in versions: an application keeps the one that it answers.
CREATE TABLE application_forms (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    -- As JSON.
    questions TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT application_forms_cohort_id_number_key UNIQUE (cohort_id, number)
);

CREATE TABLE admission_interests (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, person_id)
);
CREATE INDEX admission_interests_person_id_idx ON admission_interests (person_id);

CREATE TABLE applications (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    form_id BIGINT NOT NULL REFERENCES application_forms (id),
    -- By the keys of the questions, as JSON.
    answers TEXT NOT NULL,
    status TEXT NOT NULL CHECK (
        status IN (
            'draft', 'submitted', 'waitlisted', 'offered', 'accepted', 'declined', 'expired', 'rejected', 'withdrawn', 'deferred'
        )
    ),
    -- Whether the applicant agrees that it is kept when it has led nowhere.
    may_be_kept BOOLEAN NOT NULL,
    submitted_at TIMESTAMP,
    -- When it came to an end that cannot be changed.
    ended_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT applications_cohort_id_person_id_key UNIQUE (cohort_id, person_id)
);
CREATE INDEX applications_person_id_idx ON applications (person_id);
CREATE INDEX applications_form_id_idx ON applications (form_id);

-- How far somebody had come with what is asked of applicants, as it was seen then.
CREATE TABLE evidence_readings (
    id BIGINT NOT NULL PRIMARY KEY,
    application_id BIGINT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    value INTEGER NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    -- Whether the staff looked, and not only the applicant says so.
    is_checked BOOLEAN NOT NULL,
    noted_by BIGINT REFERENCES people (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX evidence_readings_application_id_idx ON evidence_readings (application_id);
CREATE INDEX evidence_readings_noted_by_idx ON evidence_readings (noted_by);
