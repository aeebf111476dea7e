ALTER TABLE mentor_slots DROP COLUMN priority_until;
ALTER TABLE mentor_slots DROP COLUMN mentor_role;
ALTER TABLE mentor_slots DROP COLUMN url;
ALTER TABLE mentor_slots DROP COLUMN place;
ALTER TABLE mentor_slots DROP COLUMN part_of_week;
