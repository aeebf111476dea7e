-- What employers owe a campus for a hire. It stays when the graduate withdraws the consent or is erased.
CREATE TABLE referral_fees (
    id BIGINT NOT NULL PRIMARY KEY,
    campus_id BIGINT NOT NULL REFERENCES campuses (id) ON DELETE CASCADE,
    employer_id BIGINT NOT NULL REFERENCES employers (id) ON DELETE CASCADE,
    introduction_id BIGINT NOT NULL REFERENCES introductions (id) ON DELETE CASCADE,
    -- In minor units of the currency.
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    due_on DATE NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('due', 'paid', 'waived')),
    -- Why it was waived.
    reason TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX referral_fees_campus_id_due_on_idx ON referral_fees (campus_id, due_on);
CREATE INDEX referral_fees_employer_id_idx ON referral_fees (employer_id);
CREATE INDEX referral_fees_introduction_id_idx ON referral_fees (introduction_id);
