-- What was done to a plan, so that it can be undone and redone.
CREATE TABLE plan_versions (
    plan_id BIGINT NOT NULL REFERENCES team_plans (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    act TEXT,
    weeks TEXT NOT NULL,
    restored BIGINT,
    seed BIGINT NOT NULL,
    planned_along TEXT,
    made_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (plan_id, version)
);
CREATE INDEX plan_versions_made_by_idx ON plan_versions (made_by);

-- A version keeps the teams of the rounds that it changed. A team may be gone by now, so that its id refers to nothing.
CREATE TABLE plan_version_seats (
    plan_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    team_id BIGINT NOT NULL,
    team_name TEXT NOT NULL,
    team_position INTEGER NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT,
    position INTEGER NOT NULL,
    PRIMARY KEY (plan_id, version, round_id, person_id),
    FOREIGN KEY (plan_id, version) REFERENCES plan_versions (plan_id, version) ON DELETE CASCADE
);
CREATE INDEX plan_version_seats_round_id_idx ON plan_version_seats (round_id);
CREATE INDEX plan_version_seats_person_id_idx ON plan_version_seats (person_id);

-- Plans that are there begin with what they are now.
INSERT INTO plan_versions (plan_id, version, act, weeks, restored, seed, planned_along, made_by, created_at)
SELECT id, version, NULL, '[]', NULL, seed, planned_along, NULL, updated_at FROM team_plans;
INSERT INTO plan_version_seats
    (plan_id, version, round_id, team_id, team_name, team_position, person_id, role, position)
SELECT team_plans.id, team_plans.version, rounds.id, teams.id, teams.name, teams.position,
    team_members.person_id, team_members.role, team_members.position
FROM team_plans
JOIN rounds ON rounds.plan_id = team_plans.id
JOIN teams ON teams.round_id = rounds.id
JOIN team_members ON team_members.team_id = teams.id;
