-- Hints can be changed; what a team was shown before is kept.
ALTER TABLE project_hints ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- When it last became another than a team had been shown.
ALTER TABLE project_hints ADD COLUMN changed_at TIMESTAMP;
CREATE TABLE hint_texts (
    id BIGINT NOT NULL PRIMARY KEY,
    hint_id BIGINT NOT NULL REFERENCES project_hints (id) ON DELETE CASCADE,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    replaced_at TIMESTAMP NOT NULL
);
CREATE INDEX hint_texts_hint_id_idx ON hint_texts (hint_id, id);
CREATE INDEX hint_texts_cohort_id_idx ON hint_texts (cohort_id);
