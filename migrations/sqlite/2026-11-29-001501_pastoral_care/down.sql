DROP TABLE walk_places;
DROP TABLE walks;
DROP TABLE pastoral_notes;
DROP TABLE pastoral_carers;
