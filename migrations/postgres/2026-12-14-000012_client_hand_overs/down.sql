DROP TABLE client_hand_over_items;
