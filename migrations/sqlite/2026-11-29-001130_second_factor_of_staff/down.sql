ALTER TABLE campuses DROP COLUMN require_second_factor;
