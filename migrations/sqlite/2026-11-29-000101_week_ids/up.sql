-- A week keeps its id when another is inserted before it; its number does not stay.
ALTER TABLE weeks ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
UPDATE weeks SET id = rowid;
