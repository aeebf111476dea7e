DROP TABLE peer_feedback;
DROP TABLE progress_logs;
DROP TABLE manuals;
