-- Who may know of an event, and where its object is read.
ALTER TABLE events ADD COLUMN audience TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN href TEXT;
