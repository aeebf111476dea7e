ALTER TABLE people DROP COLUMN time_zone_audience;
ALTER TABLE people DROP COLUMN github_audience;
ALTER TABLE people DROP COLUMN email_audience;
