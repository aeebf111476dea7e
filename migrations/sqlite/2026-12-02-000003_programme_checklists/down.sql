DROP INDEX checklist_templates_programme_id_idx;
ALTER TABLE checklist_templates DROP COLUMN programme_id;
