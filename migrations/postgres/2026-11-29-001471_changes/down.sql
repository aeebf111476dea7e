DROP TABLE event_channels;
DELETE FROM event_consumers WHERE name = 'changes';
