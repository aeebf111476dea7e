ALTER TABLE client_briefs DROP COLUMN opened_to_all_at;
