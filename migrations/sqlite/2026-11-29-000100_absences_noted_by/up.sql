-- Students take back what they have noted themselves, not what staff have.
ALTER TABLE absences ADD COLUMN noted_by BIGINT REFERENCES people (id) ON DELETE SET NULL;
