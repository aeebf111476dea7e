//! Opening accounts.

use crate::{
    accounts::{
        actions::{codes, passwords},
        events::CodeChange,
        model::{CodePurpose, MailedCode, NewPerson, Person},
        rules, store,
    },
    authz::StaffRole,
    campuses::{
        model::{Campus, Sender, is_backed},
        store as campuses,
    },
    clients::store as clients,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant, Language, Line, Secret},
    students::store as students,
};

/// Whether an account may be opened: by anybody, or by whom an approved campus sent an invitation. The campus that
/// invites, if one does.
pub fn may_register(
    conn: &mut Conn,
    is_open: bool,
    email: &Email,
    invitation: Option<&str>,
    now: Instant,
) -> Result<Option<Campus>> {
    let closed = |detail| Error::new(Code::RegistrationClosed, detail);
    let Some(token) = invitation else {
        let detail = "Ask the staff of your campus for an invitation, and send its code with the address it went to.";
        return if is_open { Ok(None) } else { Err(closed(detail)) };
    };
    let hash = Secret::hash_of_code(token);
    let invited_by = invited_by(conn, email, &hash, now)?;
    let campus = invited_by.ok_or_else(|| {
        Error::field(
            "/invitation",
            "not_found",
            "must be the code of a current invitation to this address; this one is unknown, was used or revoked, or has expired; \
             ask for a new one",
        )
    })?;
    let campus = campuses::campus(conn, campus)?;
    if !is_open && campus.approved_at.is_none() {
        return Err(closed(
            "The campus that invited you may not open accounts here yet. Its staff can ask whoever runs this service \
             to approve it; the same code works then.",
        ));
    }
    Ok(Some(campus))
}

/// The campus of a current invitation to an address. None outlives the right of whoever sent it.
fn invited_by(conn: &mut Conn, email: &Email, hash: &str, now: Instant) -> Result<Option<Id>> {
    if let Some(sent) = students::invited_by(conn, email, hash, now)? {
        let is_held = sent.person.is_none() || acting_role(conn, &sent)?.is_some();
        return Ok(is_held.then_some(sent.campus));
    }
    if let Some(sent) = campuses::invited_to_staff_by(conn, email, hash, now)? {
        let role = acting_role(conn, &sent)?;
        return Ok(is_backed(sent.person, role).then_some(sent.campus));
    }
    clients::invited_by(conn, email, hash, now)
}

/// What whoever sent an invitation acts as for the campus by now.
fn acting_role(conn: &mut Conn, sent: &Sender) -> Result<Option<StaffRole>> {
    match sent.person {
        Some(sender) => campuses::acting_role(conn, sent.campus, sender),
        None => Ok(None),
    }
}

/// What an account is made of.
pub struct Registration<'a> {
    pub email: &'a Email,
    pub name: &'a Line,
    /// Argon2id, in PHC form.
    pub password_hash: &'a str,
    /// In which its mail is written.
    pub language: Option<Language>,
}

/// Opens an account at once. Whoever has the code of an invitation to the address has shown that it is theirs: if there
/// is an account with it that nobody has proved, it is that one.
pub fn register(conn: &mut Conn, new: &Registration, is_proved: bool, now: Instant) -> Result<Person> {
    let unproved = store::by_email(conn, new.email)?.filter(|person| is_proved && person.email_verified_at.is_none());
    if let Some(person) = unproved {
        rules::may_take_over(&person)?;
        return take_over(conn, &person, new, now);
    }
    let row = NewPerson {
        id: Id::new(),
        email: new.email.clone(),
        name: new.name.clone(),
        password_hash: Some(new.password_hash.into()),
        email_verified_at: is_proved.then_some(now),
        language: new.language,
        created_at: now,
        updated_at: now,
    };
    store::insert(conn, &row)
}

/// Gives an account that nobody has proved to whoever has proved its address.
fn take_over(conn: &mut Conn, person: &Person, new: &Registration, now: Instant) -> Result<Person> {
    store::set_password(conn, person.id, Some(new.password_hash), now)?;
    passwords::prove(conn, person, now)?;
    let renamed = Person {
        name: new.name.clone(),
        language: new.language.or(person.language),
        ..person.clone()
    };
    store::update(conn, &renamed, now)
}

/// Mails a code that opens the account, or what else there is to say to whoever has the address. Returns until when the
/// code is good.
pub fn request_account(conn: &mut Conn, new: &Registration, now: Instant) -> Result<Instant> {
    let (secret, code) = codes::new(CodePurpose::Registration, new.email, None, now);
    let code = MailedCode {
        name: Some(new.name.clone()),
        password_hash: Some(new.password_hash.into()),
        language: new.language,
        ..code
    };
    let expires_at = code.expires_at;
    codes::send(conn, CodeChange::Registration, (secret, code))?;
    Ok(expires_at)
}

/// The address and the name that a mailed code opens an account for.
pub fn requested_account(conn: &mut Conn, code: &str, now: Instant) -> Result<(Email, Line)> {
    let code = codes::current(conn, code, &[CodePurpose::Registration], now)?;
    let name = code.name.ok_or_else(rules::unusable)?;
    Ok((code.email, name))
}

/// Opens the account that a mailed code is for, with the password whose hash this is, or else with the one of the
/// request that the code belongs to. Where several have asked for the address, nobody can tell from the mail whose
/// request it was: then only the password of whoever has the mail counts.
pub fn open_requested(conn: &mut Conn, code: &str, password_hash: Option<&str>, now: Instant) -> Result<Person> {
    let code = codes::current(conn, code, &[CodePurpose::Registration], now)?;
    let is_only = store::count_current_codes(conn, &code.email, CodePurpose::Registration, now)? == 1;
    let own = code.password_hash.as_deref().filter(|_| is_only);
    let password_hash = password_hash.or(own).ok_or_else(|| {
        Error::field(
            "/password",
            "required",
            "must be sent: an account for this address was asked for more than once. Send the password that it is to have",
        )
    })?;
    let name = code.name.as_ref().ok_or_else(rules::unusable)?;
    let new = Registration {
        email: &code.email,
        name,
        password_hash,
        language: code.language,
    };
    let person = register(conn, &new, true, now)?;
    store::assign_code(conn, code.id, person.id)?;
    store::void_codes_to(conn, &code.email, &[CodePurpose::Registration], now)?;
    Ok(person)
}
