//! Opening accounts.

use crate::{
    accounts::{
        model::{NewPerson, Person},
        store,
    },
    campuses::store as campuses,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant, Line, Secret},
    students::store as students,
};

/// Whether an account may be opened: by anybody, or by whom an approved campus sent an invitation.
pub fn may_register(
    conn: &mut Conn,
    is_open: bool,
    email: &Email,
    invitation: Option<&str>,
    now: Instant,
) -> Result<()> {
    let closed = |detail| Error::new(Code::RegistrationClosed, detail);
    let Some(token) = invitation else {
        let detail = "Ask the staff of your campus for an invitation, and send its code with the address it went to.";
        return if is_open { Ok(()) } else { Err(closed(detail)) };
    };
    let campus = students::invited_by(conn, email, &Secret::hash(token.trim()), now)?.ok_or_else(|| {
        Error::field(
            "/invitation",
            "not_found",
            "must be the code of a current invitation to this address; this one is unknown, was used or revoked, or has expired",
        )
    })?;
    if !is_open && campuses::campus(conn, campus)?.approved_at.is_none() {
        return Err(closed(
            "The campus that invited you may not open accounts here yet. Its staff can ask whoever runs this service \
             to approve it; the same code works then.",
        ));
    }
    Ok(())
}

pub fn register(conn: &mut Conn, email: &Email, name: &Line, password_hash: &str, now: Instant) -> Result<Person> {
    let new = NewPerson {
        id: Id::new(),
        email: email.clone(),
        name: name.clone(),
        password_hash: Some(password_hash.into()),
        email_verified_at: None,
        created_at: now,
        updated_at: now,
    };
    store::insert(conn, &new)
}
