-- Instants are UTC with microseconds, ids are 64-bit and time-ordered, JSON is kept as text:
-- what both engines store alike.

CREATE TABLE id_nodes (
    id INTEGER NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
);
INSERT INTO id_nodes (id, next) VALUES (1, 0);

CREATE TABLE people (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    github TEXT,
    password_hash TEXT NOT NULL,
    is_admin BOOLEAN NOT NULL DEFAULT FALSE,
    disabled_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE sessions (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX sessions_person_id_idx ON sessions (person_id);

CREATE TABLE refresh_tokens (
    id BIGINT NOT NULL PRIMARY KEY,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);

CREATE TABLE campuses (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    work_week TEXT NOT NULL,
    approves_members BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE campus_members (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'member')),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (campus_id, person_id)
);
CREATE INDEX campus_members_person_id_idx ON campus_members (person_id);

CREATE TABLE campus_staff (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('organiser', 'facilitator')),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (campus_id, person_id)
);
CREATE INDEX campus_staff_person_id_idx ON campus_staff (person_id);

CREATE TABLE campus_days_off (
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    day DATE NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (campus_id, day)
);

-- A programme without a campus belongs to the library that every campus may use and fork.
CREATE TABLE programmes (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT REFERENCES campuses (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    roles TEXT NOT NULL,
    forked_from BIGINT REFERENCES programmes (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (campus_id, slug)
);
CREATE UNIQUE INDEX programmes_library_slug_key ON programmes (slug) WHERE campus_id IS NULL;

CREATE TABLE programme_weeks (
    programme_id BIGINT NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    topic TEXT NOT NULL,
    project_title TEXT,
    project_brief TEXT,
    project_outcomes TEXT,
    PRIMARY KEY (programme_id, number)
);

CREATE TABLE cohorts (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'running', 'graduated', 'cancelled')),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (campus_id, slug)
);

CREATE TABLE projects (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    brief TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    repository_name TEXT,
    due_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX projects_cohort_id_idx ON projects (cohort_id);

CREATE TABLE weeks (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    topic TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    project_id BIGINT REFERENCES projects (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (cohort_id, number)
);

CREATE TABLE enrolments (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('enrolled', 'withdrawn', 'graduated')),
    experience INTEGER,
    attributes TEXT NOT NULL DEFAULT '{}',
    joined_on DATE NOT NULL,
    left_on DATE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, person_id)
);
CREATE INDEX enrolments_person_id_idx ON enrolments (person_id);

CREATE TABLE invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    experience INTEGER,
    attributes TEXT NOT NULL DEFAULT '{}',
    joined_on DATE,
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
    invited_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_by BIGINT REFERENCES people (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX invitations_pending_key ON invitations (cohort_id, email) WHERE status = 'pending';

CREATE TABLE absences (
    cohort_id BIGINT NOT NULL,
    week_number INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    reason TEXT,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, week_number, person_id),
    FOREIGN KEY (cohort_id, week_number) REFERENCES weeks (cohort_id, number) ON DELETE CASCADE,
    FOREIGN KEY (cohort_id, person_id) REFERENCES enrolments (cohort_id, person_id) ON DELETE CASCADE
);

CREATE TABLE pair_rules (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('apart', 'together')),
    person_a BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    person_b BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    from_week INTEGER,
    to_week INTEGER,
    created_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX pair_rules_cohort_id_idx ON pair_rules (cohort_id);

CREATE TABLE team_plans (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'discarded')),
    from_week INTEGER NOT NULL,
    to_week INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    request TEXT NOT NULL,
    report TEXT NOT NULL,
    created_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX team_plans_cohort_id_idx ON team_plans (cohort_id);

CREATE TABLE rounds (
    id BIGINT NOT NULL PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES team_plans (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    first_week INTEGER NOT NULL,
    last_week INTEGER NOT NULL,
    published_at TIMESTAMP
);
CREATE INDEX rounds_plan_id_idx ON rounds (plan_id);
CREATE INDEX rounds_cohort_id_idx ON rounds (cohort_id, first_week);

-- One row a published week: two plans cannot both be what the students see.
CREATE TABLE published_weeks (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    week_number INTEGER NOT NULL,
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    PRIMARY KEY (cohort_id, week_number)
);

CREATE TABLE teams (
    id BIGINT NOT NULL PRIMARY KEY,
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    repository_url TEXT,
    deployed_url TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (round_id, position)
);

CREATE TABLE team_members (
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    role TEXT,
    position INTEGER NOT NULL,
    PRIMARY KEY (round_id, person_id)
);
CREATE INDEX team_members_team_id_idx ON team_members (team_id);
CREATE INDEX team_members_person_id_idx ON team_members (person_id);

-- A change to a published round is never silent: who did it, when, what was before and after.
CREATE TABLE team_repairs (
    id BIGINT NOT NULL PRIMARY KEY,
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    made_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX team_repairs_round_id_idx ON team_repairs (round_id);

CREATE TABLE mentor_slots (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL,
    week_number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('week', 'project', 'role', 'pastoral', 'employment')),
    min_mentors INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    starts_at TIMESTAMP,
    ends_at TIMESTAMP,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    FOREIGN KEY (cohort_id, week_number) REFERENCES weeks (cohort_id, number) ON DELETE CASCADE
);
CREATE INDEX mentor_slots_cohort_id_idx ON mentor_slots (cohort_id, week_number);

CREATE TABLE sign_ups (
    id BIGINT NOT NULL PRIMARY KEY,
    slot_id BIGINT NOT NULL REFERENCES mentor_slots (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- Counts up in a slot: whoever waits, waits in this order.
    turn BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('confirmed', 'waitlisted', 'cancelled', 'attended', 'no_show')),
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_ups_slot_id_idx ON sign_ups (slot_id, turn);
CREATE INDEX sign_ups_person_id_idx ON sign_ups (person_id);
CREATE UNIQUE INDEX sign_ups_slot_id_person_id_key ON sign_ups (slot_id, person_id) WHERE status <> 'cancelled';

CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    location TEXT,
    object_version BIGINT,
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

CREATE TABLE outbox_messages (
    id BIGINT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    last_error TEXT
);
CREATE INDEX outbox_messages_due_idx ON outbox_messages (next_attempt_at) WHERE sent_at IS NULL;

CREATE TABLE audit_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL,
    person_id BIGINT,
    session_id BIGINT,
    operation TEXT NOT NULL,
    target TEXT NOT NULL,
    changes TEXT NOT NULL,
    request_id TEXT NOT NULL
);
CREATE INDEX audit_entries_person_id_idx ON audit_entries (person_id);
