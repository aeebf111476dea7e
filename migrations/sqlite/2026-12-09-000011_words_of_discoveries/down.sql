-- What is searched stays as it is: earlier versions find by it what they can.
SELECT 1;
