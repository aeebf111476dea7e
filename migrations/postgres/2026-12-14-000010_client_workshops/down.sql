DROP TABLE client_workshop_bookings;
DROP TABLE client_workshops;
