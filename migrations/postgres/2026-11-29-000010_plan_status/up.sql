-- How far a plan has come is told by its rounds.
ALTER TABLE team_plans DROP COLUMN status;
