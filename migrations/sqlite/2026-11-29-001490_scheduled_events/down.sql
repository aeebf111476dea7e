DROP TABLE scheduled_events;
DROP TABLE timetable_sessions;
