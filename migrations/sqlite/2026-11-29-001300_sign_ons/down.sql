DROP TABLE sign_on_attempts;
DROP TABLE sign_ons;
