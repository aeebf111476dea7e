-- The application that an entry is about: who may not read that reads no such entry. Paths name it in Crockford's base 32. What
-- names none, such as a booked interview, is left to those who did it.
ALTER TABLE audit_entries ADD COLUMN application_id BIGINT;
ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_stay;
UPDATE audit_entries SET application_id = (
    SELECT sum((position(substr(named.id, digits.n, 1) IN '0123456789abcdefghjkmnpqrstvwxyz')::bigint - 1) << (5 * (13 - digits.n)))::bigint
    FROM (SELECT lower(substr(
        CASE WHEN target LIKE '/v1/applications/%' THEN target ELSE object END, 18, 13
    )) AS id) AS named
    CROSS JOIN (
        SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
        UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13
    ) AS digits
)
WHERE target LIKE '/v1/applications/%' OR object LIKE '/v1/applications/%';
UPDATE audit_entries SET campus_id = NULL WHERE application_id IS NULL AND operation IN (
    'create_application', 'change_application', 'submit_application', 'withdraw_application', 'note_evidence', 'score_application',
    'stand_aside', 'lift_recusal', 'book_interview', 'cancel_interview', 'decide_application', 'note_trial', 'defer_application',
    'accept_offer', 'decline_offer', 'express_interest', 'withdraw_interest'
);
ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_stay;
