-- The application that an entry is about: who may not read that reads no such entry. Entries from before do not say about which, so
-- they are left to those who did it.
ALTER TABLE audit_entries ADD COLUMN application_id BIGINT;
ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_stay;
UPDATE audit_entries SET campus_id = NULL WHERE operation IN (
    'create_application', 'change_application', 'submit_application', 'withdraw_application', 'note_evidence', 'score_application',
    'stand_aside', 'lift_recusal', 'book_interview', 'cancel_interview', 'decide_application', 'note_trial', 'defer_application',
    'accept_offer', 'decline_offer', 'express_interest', 'withdraw_interest'
);
ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_stay;
