DROP TABLE mentor_thanks;
DROP TABLE hand_overs;
