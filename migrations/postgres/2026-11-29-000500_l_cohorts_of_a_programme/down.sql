DROP INDEX cohorts_programme_id_idx;
