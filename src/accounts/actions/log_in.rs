//! Logging in.

use super::{
    renewal::renew_password_hash,
    second_factor::{Asked, ask_second_factor},
    sessions::{Granted, begin_session, note_session},
};
use crate::{
    accounts::{Vault, hasher::Renewed, model::Person, store},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line},
    web::Origin,
};

/// Somebody who wants to log in.
pub struct Candidate<'a> {
    /// The operation by which they do, for the audit trail.
    pub operation: &'static str,
    /// The account with their address.
    pub person: Option<Id>,
    /// Whether their password is that of the account.
    pub knows_password: bool,
    /// The hash that their password fits; none where an identity provider or a passkey has said who they are.
    pub password_hash: Option<&'a str>,
    /// Whether they have shown a second factor already: an identity provider says so, or their passkey.
    pub has_second_factor: bool,
    /// A better hash of it, if the account has a weak one.
    pub renewed: Option<&'a Renewed>,
    /// The code of the second factor that they sent.
    pub otp: Option<&'a str>,
    /// What to call their session.
    pub session_name: &'a Line,
    /// Where they asked.
    pub origin: &'a Origin,
}

/// What came of a log-in. A refusal is noted, so it is a value, which is committed, and no error.
pub enum LoggedIn {
    /// A session has begun.
    Granted(Granted),
    /// There is no such account, or it has another password.
    WrongCredentials,
    /// The second factor is missing or wrong.
    NotYet(Asked),
}

impl LoggedIn {
    /// # Errors
    /// `401`, or `429` with the seconds to wait.
    pub fn granted(self) -> Result<Granted> {
        let wrong = || {
            let detail = "Check the address and the password, and try again.";
            Error::new(Code::InvalidCredentials, detail)
        };
        match self {
            Self::Granted(granted) => Ok(granted),
            Self::WrongCredentials => Err(wrong()),
            Self::NotYet(asked) => Err(asked.check().err().unwrap_or_else(wrong)),
        }
    }
}

/// Begins a session for whoever proves who they are.
pub fn log_in(conn: &mut Conn, candidate: &Candidate, vault: &Vault, now: Instant) -> Result<LoggedIn> {
    let Candidate { person, origin, .. } = *candidate;
    let note = |conn: &mut Conn, what, session| note_session(conn, what, person, session, origin, now);
    // The password was looked at before this transaction began: it may be another by now.
    let account = match person.filter(|_| candidate.knows_password) {
        Some(person) => store::find_person(conn, person)?,
        None => None,
    };
    let may_enter = |account: &Person| {
        let is_same = |hash: &str| account.password_hash.as_deref() == Some(hash);
        account.disabled_at.is_none() && candidate.password_hash.is_none_or(is_same)
    };
    let Some(person) = account.filter(may_enter).map(|account| account.id) else {
        note(conn, "log_in_failed", None)?;
        return Ok(LoggedIn::WrongCredentials);
    };
    let asked = match candidate.has_second_factor {
        true => Asked::Passed,
        false => ask_second_factor(conn, person, vault, candidate.otp, now)?,
    };
    match asked {
        Asked::Passed => {}
        asked => {
            let what = match asked {
                Asked::Wanted => "otp_required",
                _ => "otp_failed",
            };
            note(conn, what, None)?;
            return Ok(LoggedIn::NotYet(asked));
        }
    }
    if let Some(renewed) = candidate.renewed {
        renew_password_hash(conn, person, renewed)?;
    }
    let granted = begin_session(conn, person, candidate.session_name, candidate.has_second_factor, now)?;
    note(conn, candidate.operation, Some(granted.session))?;
    Ok(LoggedIn::Granted(granted))
}
