DROP TABLE check_in_tries;
DROP TABLE attendances;
