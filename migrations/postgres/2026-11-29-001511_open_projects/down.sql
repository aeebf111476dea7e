DROP TABLE hint_requests;
DROP TABLE project_hints;
ALTER TABLE programme_weeks DROP COLUMN project_question;
ALTER TABLE programme_weeks DROP COLUMN project_is_open;
ALTER TABLE projects DROP COLUMN question;
ALTER TABLE projects DROP COLUMN is_open;
