-- What clients ask for, as a cohort is told of it.
CREATE TABLE client_products (
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    summary TEXT NOT NULL,
    url TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, client_id)
);
CREATE INDEX client_products_client_id_idx ON client_products (client_id);

-- Votes of cohorts on which products they build.
CREATE TABLE product_ballots (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'cancelled')),
    winners INTEGER NOT NULL,
    -- The clients whose products there are to choose from, as JSON.
    candidates TEXT NOT NULL,
    -- What decides ties, and its hash, which is published at once.
    seed TEXT NOT NULL,
    commitment TEXT NOT NULL,
    -- As JSON, with all votes without who gave them.
    result TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX product_ballots_open_key ON product_ballots (cohort_id) WHERE status = 'open';
CREATE INDEX product_ballots_cohort_id_idx ON product_ballots (cohort_id);

-- Who has voted; how only until the ballot is closed.
CREATE TABLE product_votes (
    ballot_id BIGINT NOT NULL REFERENCES product_ballots (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    ranked TEXT,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX product_votes_person_id_idx ON product_votes (person_id);

-- What students would like to build of what was chosen.
CREATE TABLE product_wishes (
    ballot_id BIGINT NOT NULL REFERENCES product_ballots (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    ranked TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX product_wishes_person_id_idx ON product_wishes (person_id);

-- Who builds what.
CREATE TABLE product_team_members (
    ballot_id BIGINT NOT NULL REFERENCES product_ballots (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    client_id BIGINT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    -- Which of their wishes it was, from 1.
    rank INTEGER,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX product_team_members_person_id_idx ON product_team_members (person_id);
CREATE INDEX product_team_members_client_id_idx ON product_team_members (client_id);
