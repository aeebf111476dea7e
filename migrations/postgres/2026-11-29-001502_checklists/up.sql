-- What checklists of a campus are made from.
CREATE TABLE checklist_templates (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- What is to be done, a line for each.
    items TEXT NOT NULL,
    forked_from BIGINT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX checklist_templates_campus_id_idx ON checklist_templates (campus_id);

-- What is to be done for a cohort, or for one of its weeks.
CREATE TABLE checklists (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
    week_id BIGINT,
    template_id BIGINT REFERENCES checklist_templates (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX checklists_cohort_id_idx ON checklists (cohort_id, id);
CREATE INDEX checklists_template_id_idx ON checklists (template_id);

CREATE TABLE checklist_items (
    id BIGINT NOT NULL PRIMARY KEY,
    checklist_id BIGINT NOT NULL REFERENCES checklists (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    done_by BIGINT REFERENCES people (id),
    done_at TIMESTAMP
);
CREATE INDEX checklist_items_checklist_id_idx ON checklist_items (checklist_id, position);
CREATE INDEX checklist_items_done_by_idx ON checklist_items (done_by);
