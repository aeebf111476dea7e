DROP TABLE application_recusals;
DROP TABLE application_scores;
DROP TABLE admission_panels;
ALTER TABLE intakes DROP COLUMN is_blind;
ALTER TABLE intakes DROP COLUMN rubric;
