DROP TABLE employer_roles;
