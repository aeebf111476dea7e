DROP TABLE mentor_allocations;
DROP TABLE mentor_companions;
DROP TABLE mentor_wishes;
DROP TABLE mentor_preferences;
