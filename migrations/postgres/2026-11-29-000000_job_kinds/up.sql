-- Which kinds of jobs there are is for the application to say; a new one needs no migration.
ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check;
ALTER TABLE jobs RENAME COLUMN asked TO request;
