DROP TABLE interview_slots;
