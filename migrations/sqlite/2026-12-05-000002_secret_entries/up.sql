-- What is secret stands in the person's own trail alone.
DROP TRIGGER audit_entries_stay;
UPDATE audit_entries SET campus_id = NULL, object = NULL, changes = '', difference = NULL, request_id = ''
WHERE operation IN (
    'write_retro_item', 'change_retro_item', 'delete_retro_item', 'vote_for_retro_item', 'withdraw_retro_vote',
    'give_feedback', 'withdraw_feedback', 'create_pastoral_note', 'change_pastoral_note', 'delete_pastoral_note',
    'take_walk_place', 'give_up_walk_place'
);
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries are not changed');
END;
