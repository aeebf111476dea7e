//! One's address: proving it, and changing it.

use super::{codes, merging::take_claimed, telling::tell_at};
use crate::{
    accounts::{
        events::{AccountChange, CodeChange},
        model::{CodePurpose, MailedCode, Person},
        rules, store,
    },
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Email, Instant},
};

/// Mails a code to the caller's address, unless it is proved.
pub fn request_verification(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    if person.email_verified_at.is_some() {
        return Err(Error::new(
            Code::Conflict,
            "The address of this account is verified already.",
        ));
    }
    let code = codes::new(CodePurpose::Verification, &person.email, Some(person.id), now);
    codes::send(conn, CodeChange::Verification, code)
}

/// Proves the caller's address by the code that was mailed there.
pub fn verify(conn: &mut Conn, actor: &Actor, code: &str, now: Instant) -> Result<Person> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    let code = codes::current(conn, code, &[CodePurpose::Verification], now)?;
    if code.person_id != Some(person.id) || code.email != person.email {
        return Err(rules::unusable());
    }
    store::void_codes_of(conn, person.id, &[CodePurpose::Verification], now)?;
    audit::became("verified", false, true);
    store::prove_address(conn, person.id, now)
}

/// How far a change of address has come.
pub struct AddressChange {
    /// The new address.
    pub email: Email,
    /// Whether a code that was mailed there is still to be sent back.
    pub waits_for_new: bool,
    /// The same for the address that the account has.
    pub waits_for_current: bool,
}

const CHANGE: [CodePurpose; 2] = [CodePurpose::EmailChange, CodePurpose::EmailChangeConsent];

/// Changes the caller's address. With a mail server it first has to be confirmed from the new address and, if the present
/// one is proved, from that one too.
pub fn request_change(
    conn: &mut Conn,
    actor: &Actor,
    email: &Email,
    can_mail: bool,
    now: Instant,
) -> Result<AddressChange> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    if person.email == *email {
        return Err(Error::field(
            "/email",
            "invalid",
            "is the address that the account has already",
        ));
    }
    store::void_codes_of(conn, person.id, &CHANGE, now)?;
    if !can_mail {
        set(conn, &person, email, None, now)?;
        return Ok(AddressChange {
            email: email.clone(),
            waits_for_new: false,
            waits_for_current: false,
        });
    }
    let new = codes::new(CodePurpose::EmailChange, email, Some(person.id), now);
    codes::send(conn, CodeChange::EmailChange, new)?;
    let is_proved = person.email_verified_at.is_some();
    if is_proved {
        let current = codes::new(CodePurpose::EmailChangeConsent, &person.email, Some(person.id), now);
        codes::send(conn, CodeChange::EmailChangeConsent, current)?;
    }
    Ok(AddressChange {
        email: email.clone(),
        waits_for_new: true,
        waits_for_current: is_proved,
    })
}

/// Sends back one of the codes for a change of the caller's address, and changes it if that was the last. An account with the new
/// address that nobody has proved yields to the proof.
pub fn confirm_change(conn: &mut Conn, actor: &Actor, code: &str, now: Instant) -> Result<AddressChange> {
    let proof = SignedIn::prove(actor)?;
    let person = store::person(conn, proof.person())?;
    let sent = codes::current(conn, code, &CHANGE, now)?;
    if sent.person_id != Some(person.id) {
        return Err(rules::unusable());
    }
    store::confirm_code(conn, sent.id, now)?;
    let asked = store::change_codes(conn, person.id, now)?;
    let waits_for = |purpose| {
        asked
            .iter()
            .any(|code| code.purpose == purpose && code.confirmed_at.is_none())
    };
    let new = asked.iter().find(|code| code.purpose == CodePurpose::EmailChange);
    let MailedCode { email, .. } = new.ok_or_else(rules::unusable)?;
    let change = AddressChange {
        email: email.clone(),
        waits_for_new: waits_for(CodePurpose::EmailChange),
        waits_for_current: waits_for(CodePurpose::EmailChangeConsent),
    };
    if !change.waits_for_new && !change.waits_for_current {
        take_claimed(conn, &proof, &person, email, now)?;
        set(conn, &person, email, Some(now), now)?;
        store::void_codes_of(conn, person.id, &CHANGE, now)?;
    }
    Ok(change)
}

/// Gives the account another address, and tells the one that it had.
fn set(conn: &mut Conn, person: &Person, email: &Email, verified_at: Option<Instant>, now: Instant) -> Result<()> {
    store::set_email(conn, person.id, email, verified_at, now)?;
    // Codes for the old address must not open the account any more.
    store::void_codes_of(
        conn,
        person.id,
        &[CodePurpose::Verification, CodePurpose::GrantedReset],
        now,
    )?;
    audit::touched("email");
    tell_at(conn, AccountChange::EmailChanged, person.id, &person.email, now)
}
