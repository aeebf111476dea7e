-- Once an invitation has been accepted or taken back, what it noted of the student is in their enrolment or nowhere.
UPDATE invitations SET experience = NULL, attributes = '{}' WHERE status <> 'pending';
