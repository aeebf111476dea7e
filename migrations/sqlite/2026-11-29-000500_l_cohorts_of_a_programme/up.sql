CREATE INDEX cohorts_programme_id_idx ON cohorts (programme_id);
