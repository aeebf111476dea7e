ALTER TABLE mail_messages DROP COLUMN unsubscribe;
DROP TABLE notification_settings;
DROP TABLE notifications;
DELETE FROM event_consumers WHERE name = 'notifications';
