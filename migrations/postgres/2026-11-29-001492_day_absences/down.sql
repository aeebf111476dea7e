DROP TABLE day_absences;
