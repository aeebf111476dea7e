ALTER TABLE campuses DROP COLUMN closed_at;
