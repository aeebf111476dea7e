-- SQLite drops no column that refers to another table.
CREATE TABLE absences_before (
    cohort_id BIGINT NOT NULL,
    week_number INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    reason TEXT,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (cohort_id, week_number, person_id),
    FOREIGN KEY (cohort_id, week_number) REFERENCES weeks (cohort_id, number) ON DELETE CASCADE,
    FOREIGN KEY (cohort_id, person_id) REFERENCES enrolments (cohort_id, person_id) ON DELETE CASCADE
);
INSERT INTO absences_before SELECT cohort_id, week_number, person_id, reason, created_at FROM absences;
DROP TABLE absences;
ALTER TABLE absences_before RENAME TO absences;
