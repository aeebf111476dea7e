-- Where and in which part of the week; as what the mentors come; until when the previous cohort comes first.
ALTER TABLE mentor_slots ADD COLUMN part_of_week TEXT
    CHECK (part_of_week IN ('first_half', 'second_half', 'mornings', 'afternoons', 'evenings'));
ALTER TABLE mentor_slots ADD COLUMN place TEXT;
ALTER TABLE mentor_slots ADD COLUMN url TEXT;
ALTER TABLE mentor_slots ADD COLUMN mentor_role TEXT CHECK (mentor_role IN ('lead', 'support'));
ALTER TABLE mentor_slots ADD COLUMN priority_until TIMESTAMP;
