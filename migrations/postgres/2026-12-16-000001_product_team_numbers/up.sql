-- Which of the teams of a product somebody is in, from 1.
ALTER TABLE product_team_members ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
