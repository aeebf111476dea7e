ALTER TABLE team_plans ADD COLUMN planned_along TEXT NOT NULL DEFAULT '[]';
