-- Single days that students miss; whole weeks are in `absences`.
CREATE TABLE day_absences (
    cohort_id BIGINT NOT NULL,
    day DATE NOT NULL,
    person_id BIGINT NOT NULL,
    reason TEXT,
    noted_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, day, person_id),
    FOREIGN KEY (cohort_id) REFERENCES cohorts (id) ON DELETE CASCADE,
    FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
);
CREATE INDEX day_absences_person_id_idx ON day_absences (person_id);
CREATE INDEX day_absences_noted_by_idx ON day_absences (noted_by);
