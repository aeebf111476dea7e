DROP TABLE evidence_readings;
DROP TABLE applications;
DROP TABLE admission_interests;
DROP TABLE application_forms;
DROP TABLE intakes;
