ALTER TABLE team_plans DROP COLUMN planned_along;
