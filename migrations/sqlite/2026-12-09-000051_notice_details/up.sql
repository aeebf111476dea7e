-- What a notice says besides its title, such as the commitment of a draw.
ALTER TABLE notifications ADD COLUMN detail TEXT;
