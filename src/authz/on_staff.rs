//! What somebody is on the staff of a campus that may require a second factor of it.

use diesel::prelude::*;

use super::{Actor, StaffRole, Standing};
use crate::{
    db::{
        Conn,
        schema::{second_factors, sessions},
    },
    error::{Code, Error, Result},
    primitives::Id,
};

/// Whether log-ins of a person want a code.
pub fn has_second_factor(conn: &mut Conn, person: Id) -> Result<bool> {
    let confirmed = second_factors::table
        .find(person)
        .filter(second_factors::confirmed_at.is_not_null());
    let found: Option<Id> = confirmed.select(second_factors::person_id).first(conn).optional()?;
    Ok(found.is_some())
}

/// Whether whoever asks has shown both factors, or their log-ins want a code. For a program the latter counts; work that is
/// done later for somebody was asked for by them, and asked then.
pub fn shows_both_factors(conn: &mut Conn, actor: &Actor) -> Result<bool> {
    let Some(identity) = actor.identity() else {
        return Ok(false);
    };
    let shown: Option<bool> = match (identity.session, identity.api_token) {
        (Some(session), _) => sessions::table
            .find(session)
            .select(sessions::both_factors)
            .first(conn)
            .optional()?,
        (None, Some(_)) => None,
        (None, None) => Some(true),
    };
    Ok(shown == Some(true) || has_second_factor(conn, identity.person)?)
}

/// Somebody's place on the staff of a campus.
#[derive(Clone, Copy, Debug)]
pub struct OnStaff {
    standing: Option<Standing>,
    lacks_second_factor: bool,
}

impl OnStaff {
    /// With this role there. Their second factor is asked for only where the campus requires one.
    ///
    /// # Errors
    /// `503`
    pub fn load(conn: &mut Conn, actor: &Actor, role: Option<StaffRole>, is_required: bool) -> Result<Self> {
        let standing = Standing::on_staff(actor, role);
        let is_asked = is_required && standing.is_some();
        Ok(Self {
            standing,
            lacks_second_factor: is_asked && !shows_both_factors(conn, actor)?,
        })
    }

    /// What they are there, unless they lack a second factor that it takes.
    pub fn standing(self) -> Option<Standing> {
        self.standing.filter(|_| !self.lacks_second_factor)
    }

    /// Whether a second factor is all that they lack.
    pub fn lacks_second_factor(self) -> bool {
        self.lacks_second_factor
    }

    /// What whoever may not do something is answered; `who` may.
    pub fn refusal(self, who: &str) -> Error {
        match self.lacks_second_factor {
            true => second_factor_required(),
            false => Error::forbidden(who),
        }
    }
}

/// What staff without a second factor are answered.
pub fn second_factor_required() -> Error {
    let detail = "This campus requires a second factor of its staff. Log in with a passkey; or set one up with \
                  `POST /v1/me/totp`, confirm it, and send the request again.";
    Error::new(Code::SecondFactorRequired, detail)
}
