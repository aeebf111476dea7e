ALTER TABLE absences DROP COLUMN noted_by;
