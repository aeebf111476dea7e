DROP TABLE plan_version_seats;
DROP TABLE plan_versions;
