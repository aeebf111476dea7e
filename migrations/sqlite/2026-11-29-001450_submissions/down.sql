DROP TABLE submissions;
DROP TABLE due_extensions;
ALTER TABLE projects DROP COLUMN due_local;
