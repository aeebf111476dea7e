ALTER TABLE team_plans ADD COLUMN status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'discarded'));
UPDATE team_plans SET status = 'published'
WHERE NOT EXISTS (SELECT 1 FROM rounds WHERE rounds.plan_id = team_plans.id AND rounds.published_at IS NULL);
