-- A template can belong to a programme; it is offered to each of its cohorts then.
ALTER TABLE checklist_templates ADD COLUMN programme_id BIGINT REFERENCES programmes (id) ON DELETE CASCADE;
CREATE INDEX checklist_templates_programme_id_idx ON checklist_templates (programme_id);
