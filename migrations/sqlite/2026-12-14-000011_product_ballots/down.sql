DROP TABLE product_team_members;
DROP TABLE product_wishes;
DROP TABLE product_votes;
DROP TABLE product_ballots;
DROP TABLE client_products;
