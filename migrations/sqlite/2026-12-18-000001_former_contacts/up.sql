-- Whoever acted for an employer has nothing to do with applications of those who do, also when they have left.
ALTER TABLE employer_contacts ADD COLUMN left_at TIMESTAMP;
