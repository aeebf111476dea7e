ALTER TABLE campuses DROP COLUMN approved_at;
