DROP TABLE useful_marks;
DROP TABLE discoveries;
