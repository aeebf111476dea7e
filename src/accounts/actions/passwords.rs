//! New passwords: of one's own account, and for who has forgotten theirs.

use super::codes;
use crate::{
    accounts::{
        events::{AccountChange, AccountEvent, CodeChange},
        model::{CodePurpose, Person},
        rules, store,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
    outbox,
    primitives::{Email, Id, Instant},
};

const RESETS: [CodePurpose; 2] = [CodePurpose::PasswordReset, CodePurpose::GrantedReset];

/// Mails a code for a new password if an account has the address; here nothing depends on whether one has.
pub fn request_reset(conn: &mut Conn, email: &Email, now: Instant) -> Result<()> {
    let code = codes::new(CodePurpose::PasswordReset, email, None, now);
    codes::send(conn, CodeChange::PasswordReset, code)
}

/// Whose password a code sets.
pub fn reset_by(conn: &mut Conn, code: &str, now: Instant) -> Result<Person> {
    let code = codes::current(conn, code, &RESETS, now)?;
    let person = match code.person_id {
        Some(person) => Some(store::person(conn, person)?),
        None => store::by_email(conn, &code.email)?,
    };
    person
        .filter(|person| person.email == code.email && person.disabled_at.is_none())
        .ok_or_else(rules::unusable)
}

/// Sets another password and ends all sessions. A code that was mailed proves the address; if nobody had proved it
/// before, whatever else was set up to get in is gone too.
pub fn reset(conn: &mut Conn, code: &str, password_hash: &str, now: Instant) -> Result<Person> {
    let person = reset_by(conn, code, now)?;
    let was_mailed = codes::current(conn, code, &RESETS, now)?.purpose == CodePurpose::PasswordReset;
    store::set_password(conn, person.id, Some(password_hash), now)?;
    store::end_sessions(conn, person.id, None, now)?;
    // Whoever got in before may have left themself other ways in.
    store::delete_api_tokens(conn, person.id)?;
    store::delete_sign_ons_of(conn, person.id)?;
    if was_mailed {
        prove(conn, &person, now)?;
    }
    store::void_codes_to(conn, &person.email, &RESETS, now)?;
    audit::touched("password");
    tell(conn, AccountChange::PasswordReset, person.id, now)?;
    Ok(person)
}

/// Notes that the address of an account is its owner's. Who had the account without having proved that loses it.
pub(super) fn prove(conn: &mut Conn, person: &Person, now: Instant) -> Result<()> {
    if person.email_verified_at.is_none() {
        store::prove_address(conn, person.id, now)?;
        audit::became("verified", false, true);
        store::end_sessions(conn, person.id, None, now)?;
        store::delete_second_factor(conn, person.id)?;
        store::delete_api_tokens(conn, person.id)?;
        let own = [
            CodePurpose::Verification,
            CodePurpose::GrantedReset,
            CodePurpose::EmailChange,
            CodePurpose::EmailChangeConsent,
        ];
        store::void_codes_of(conn, person.id, &own, now)?;
        store::delete_sign_ons_of(conn, person.id)?;
    }
    Ok(())
}

/// Sets another password, whose hash this is, and ends all other sessions.
pub fn change_password(conn: &mut Conn, actor: &Actor, password_hash: &str, now: Instant) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    store::set_password(conn, person.id, Some(password_hash), now)?;
    let session = actor.identity().and_then(|identity| identity.session);
    store::end_sessions(conn, person.id, session, now)?;
    store::void_codes_to(conn, &person.email, &RESETS, now)?;
    audit::touched("password");
    tell(conn, AccountChange::PasswordChanged, person.id, now)
}

/// Tells the owner of an account by mail.
pub fn tell(conn: &mut Conn, kind: AccountChange, person: Id, now: Instant) -> Result<()> {
    let event = AccountEvent {
        kind,
        person_id: person,
    };
    outbox::record(conn, &event, Some(person), now)
}

/// A code for a new password that an organiser hands to a member, and until when it is good.
pub fn grant_reset(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<(String, Instant)> {
    let (campus, _) = CampusOrganiser::of(conn, actor, campus)?;
    let standing = store::standing(conn, person, campus.id)?;
    let person = store::person(conn, person)?;
    rules::may_grant_reset(&person, standing)?;
    insert_granted(conn, &person, now)
}

/// The same, made by whoever runs the service.
pub fn insert_granted(conn: &mut Conn, person: &Person, now: Instant) -> Result<(String, Instant)> {
    let (secret, code) = codes::new(CodePurpose::GrantedReset, &person.email, Some(person.id), now);
    store::void_codes_of(conn, person.id, &[CodePurpose::GrantedReset], now)?;
    store::insert_code(conn, &code)?;
    Ok((secret.text, code.expires_at))
}
