-- When a brief was opened to all graduates, who are told of it then. Of those that there are nobody is told anew.
ALTER TABLE client_briefs ADD COLUMN opened_to_all_at TIMESTAMP;
UPDATE client_briefs SET opened_to_all_at = opened_at;
