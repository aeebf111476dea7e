DROP TABLE client_offers;
ALTER TABLE clients DROP COLUMN may_be_passed_on;
