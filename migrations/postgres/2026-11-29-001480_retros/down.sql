DROP TABLE actions;
DROP TABLE retro_votes;
DROP TABLE retro_items;
DROP TABLE retros;
