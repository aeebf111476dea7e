-- A week keeps its id when another is inserted before it; its number does not stay.
ALTER TABLE weeks ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
UPDATE weeks SET id = counted.id
FROM (SELECT cohort_id, number, row_number() OVER (ORDER BY cohort_id, number) AS id FROM weeks) AS counted
WHERE weeks.cohort_id = counted.cohort_id AND weeks.number = counted.number;
