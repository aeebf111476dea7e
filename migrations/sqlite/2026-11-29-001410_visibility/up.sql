-- The widest audience that a person shows something of themself to: staff, cohort, campus or network.
ALTER TABLE people ADD COLUMN email_audience TEXT NOT NULL DEFAULT 'staff';
ALTER TABLE people ADD COLUMN github_audience TEXT NOT NULL DEFAULT 'cohort';
ALTER TABLE people ADD COLUMN time_zone_audience TEXT NOT NULL DEFAULT 'staff';
