-- Since when a campus is closed. Its staff keep their rows for as long as it can be opened again, and act for it no more.
ALTER TABLE campuses ADD COLUMN closed_at TIMESTAMP;
