ALTER TABLE client_terms DROP COLUMN first_refusal_days;
DROP TABLE brief_members;
DROP TABLE brief_interests;
DROP TABLE brief_passes;
DROP TABLE client_briefs;
