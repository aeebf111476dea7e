-- What is secret stands in the person's own trail alone.
ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_stay;
UPDATE audit_entries SET campus_id = NULL, object = NULL, changes = '', difference = NULL, request_id = ''
WHERE operation IN (
    'write_retro_item', 'change_retro_item', 'delete_retro_item', 'vote_for_retro_item', 'withdraw_retro_vote',
    'give_feedback', 'withdraw_feedback', 'create_pastoral_note', 'change_pastoral_note', 'delete_pastoral_note',
    'take_walk_place', 'give_up_walk_place'
);
ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_stay;
