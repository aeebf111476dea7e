DROP TABLE career_profiles;
