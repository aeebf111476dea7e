DROP TABLE product_owner_invitations;
DROP TABLE product_owners;
DROP TABLE client_steps;
DROP TABLE clients;
DROP TABLE client_terms;
