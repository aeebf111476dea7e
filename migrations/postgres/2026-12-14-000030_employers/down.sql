DROP TABLE employer_contacts;
DROP TABLE employers;
