//! New passwords: of one's own account, and for who has forgotten theirs.

use super::{codes, telling::tell};
use crate::{
    accounts::{
        events::{AccountChange, CodeChange},
        model::{CodePurpose, MailedCode, Person},
        rules, store,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
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
    Ok(reset_of(conn, code, now)?.0)
}

/// The account, and whether the code was mailed. What permitted a granted code is asked again: who it is for may be more by
/// now than they were.
fn reset_of(conn: &mut Conn, code: &str, now: Instant) -> Result<(Person, bool)> {
    let code = codes::current(conn, code, &RESETS, now)?;
    let person = match code.person_id {
        Some(person) => store::person(conn, person).ok(),
        None => store::by_email(conn, &code.email)?,
    };
    let person = person
        .filter(|person| person.email == code.email && person.disabled_at.is_none())
        .ok_or_else(rules::unusable)?;
    let was_mailed = code.purpose == CodePurpose::PasswordReset;
    if let Some(campus) = code.campus_id {
        let standing = store::standing(conn, person.id, campus)?;
        rules::may_grant_reset(&person, standing).map_err(|_| rules::unusable())?;
    }
    if was_mailed && person.email_verified_at.is_none() {
        rules::may_take_over(&person).map_err(|_| rules::unusable())?;
    }
    Ok((person, was_mailed))
}

/// Sets another password, ends all sessions and removes the other ways in that somebody may have left. A code that was
/// mailed proves the address. If nobody has proved it, the second factor is whoever's that had the account, and goes too.
pub fn reset(conn: &mut Conn, code: &str, password_hash: &str, now: Instant) -> Result<Person> {
    let (person, was_mailed) = reset_of(conn, code, now)?;
    store::set_password(conn, person.id, Some(password_hash), now)?;
    if was_mailed && person.email_verified_at.is_none() {
        prove(conn, &person, now)?;
    } else {
        clear_ways_in(conn, &person, now)?;
    }
    store::void_codes_to(conn, &person.email, &RESETS, now)?;
    audit::touched("password");
    tell(conn, AccountChange::PasswordReset, person.id, now)?;
    Ok(person)
}

fn clear_ways_in(conn: &mut Conn, person: &Person, now: Instant) -> Result<()> {
    store::end_sessions(conn, person.id, None, now)?;
    store::delete_api_tokens(conn, person.id)?;
    store::delete_calendar_feeds(conn, person.id)?;
    store::delete_sign_ons_of(conn, person.id)?;
    store::delete_passkeys_of(conn, person.id)?;
    let own = [
        CodePurpose::Verification,
        CodePurpose::GrantedReset,
        CodePurpose::EmailChange,
        CodePurpose::EmailChangeConsent,
    ];
    store::void_codes_of(conn, person.id, &own, now)?;
    Ok(())
}

/// Notes that the address of an account is its owner's. Who had the account without having proved that loses it.
pub(super) fn prove(conn: &mut Conn, person: &Person, now: Instant) -> Result<()> {
    if person.email_verified_at.is_none() {
        store::prove_address(conn, person.id, now)?;
        audit::became("verified", false, true);
        clear_ways_in(conn, person, now)?;
        // What somebody else chose must not decide who sees the owner's address, nor what is done with what is known of them.
        store::forget_choices(conn, person.id)?;
        store::delete_second_factor(conn, person.id)?;
    }
    Ok(())
}

/// What whoever knows somebody would try as their password.
pub fn known_words(conn: &mut Conn, person: &Person) -> Result<Vec<String>> {
    let own = [person.email.to_string(), person.name.to_string()];
    Ok(own.into_iter().chain(store::place_names(conn, person.id)?).collect())
}

/// Sets another password, whose hash this is, and ends all other sessions and the feeds of calendars: whoever knew the old one
/// may have made some.
pub fn change_password(conn: &mut Conn, actor: &Actor, password_hash: &str, now: Instant) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    store::set_password(conn, person.id, Some(password_hash), now)?;
    let session = actor.identity().and_then(|identity| identity.session);
    store::end_sessions(conn, person.id, session, now)?;
    store::delete_calendar_feeds(conn, person.id)?;
    store::void_codes_to(conn, &person.email, &RESETS, now)?;
    audit::touched("password");
    tell(conn, AccountChange::PasswordChanged, person.id, now)
}

/// A code for a new password that an organiser hands to a member, and until when it is good.
pub fn grant_reset(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<(String, Instant)> {
    let (campus, _) = CampusOrganiser::of(conn, actor, campus)?;
    let standing = store::standing(conn, person, campus.id)?;
    let person = store::person(conn, person)?;
    rules::may_grant_reset(&person, standing)?;
    insert_granted(conn, &person, Some(campus.id), now)
}

/// The same, made by whoever runs the service.
pub fn insert_granted(
    conn: &mut Conn,
    person: &Person,
    campus_id: Option<Id>,
    now: Instant,
) -> Result<(String, Instant)> {
    let (secret, code) = codes::new(CodePurpose::GrantedReset, &person.email, Some(person.id), now);
    let code = MailedCode { campus_id, ..code };
    store::void_codes_of(conn, person.id, &[CodePurpose::GrantedReset], now)?;
    store::insert_code(conn, &code)?;
    Ok((secret.text, code.expires_at))
}
