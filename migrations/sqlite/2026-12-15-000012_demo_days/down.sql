DROP TABLE demo_day_invitations;
DROP TABLE demo_days;
