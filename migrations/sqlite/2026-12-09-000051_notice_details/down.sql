ALTER TABLE notifications DROP COLUMN detail;
