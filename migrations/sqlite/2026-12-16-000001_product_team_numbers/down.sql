ALTER TABLE product_team_members DROP COLUMN number;
