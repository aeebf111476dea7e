DROP TABLE calendar_revisions;
