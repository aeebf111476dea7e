DROP TABLE client_availabilities;
