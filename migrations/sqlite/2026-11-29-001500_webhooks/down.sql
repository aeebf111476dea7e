DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
DELETE FROM event_consumers WHERE name = 'webhooks';
