DROP TABLE hint_texts;
ALTER TABLE project_hints DROP COLUMN changed_at;
ALTER TABLE project_hints DROP COLUMN version;
