-- Carers read what is written from when they were named on, and earlier notes that another carer has shared since.
ALTER TABLE pastoral_notes ADD COLUMN shared_at TIMESTAMP;
-- Whoever is a carer now goes on to read what they have read.
UPDATE pastoral_notes SET shared_at = (SELECT max(created_at) FROM pastoral_carers);
