//! Mailed codes: how they are made, and found again when they come back.

use chrono::TimeDelta;

use crate::{
    accounts::{
        events::{CodeChange, CodeEvent},
        model::{CodePurpose, MailedCode},
        rules, store,
    },
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Email, Id, Instant, Secret},
};

/// A code for this purpose, which is not stored yet, and the row that will be.
pub(super) fn new(purpose: CodePurpose, email: &Email, person: Option<Id>, now: Instant) -> (Secret, MailedCode) {
    let secret = Secret::new();
    let code = MailedCode {
        id: Id::new(),
        purpose,
        code_hash: secret.hash.clone(),
        email: email.clone(),
        person_id: person,
        name: None,
        password_hash: None,
        created_at: now,
        expires_at: now.plus(rules::good_for(purpose)),
        confirmed_at: None,
        voided_at: None,
        campus_id: None,
        language: None,
    };
    (secret, code)
}

/// Stores a code and has it mailed. An address that was sent many for this purpose already gets no more. Whoever asks
/// from within an account is told; nobody else is: what is answered must not depend on what others have asked for.
pub(super) fn send(conn: &mut Conn, kind: CodeChange, (secret, code): (Secret, MailedCode)) -> Result<()> {
    let (id, now) = (code.id, code.created_at);
    if let Some(person) = code.person_id
        && store::codes_of_since(conn, person, now.plus(-TimeDelta::days(1)))? >= rules::MOST_A_DAY
    {
        let detail = "You can ask for at most 20 codes a day. Ask again tomorrow.";
        return Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600));
    }
    if store::codes_since(conn, &code.email, code.purpose, now.plus(-TimeDelta::hours(1)))? >= rules::MOST_AN_HOUR {
        let detail = "This address was sent five codes for this within an hour. Ask again in an hour.";
        let told = Error::new(Code::TooManyRequests, detail).retry_after(3600);
        return code.person_id.map_or(Ok(()), |_| Err(told));
    }
    store::insert_code(conn, &code)?;
    let event = CodeEvent { kind, code_id: id };
    outbox::record_with_secret(conn, &event, code.person_id, &secret.text, now)
}

/// The code that was sent back.
///
/// # Errors
/// `422` at `/code`.
pub(super) fn current(conn: &mut Conn, code: &str, purposes: &[CodePurpose], now: Instant) -> Result<MailedCode> {
    store::current_code(conn, &Secret::hash_of_code(code), purposes, now)?.ok_or_else(rules::unusable)
}
