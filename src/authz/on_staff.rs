//! What somebody is on the staff of a campus that may require a second factor of it.

use diesel::prelude::*;

use super::{Actor, StaffRole, Standing};
use crate::{
    db::{Conn, schema::second_factors},
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
        let asked = actor.person().filter(|_| is_required && standing.is_some());
        let has = asked.map(|person| has_second_factor(conn, person)).transpose()?;
        Ok(Self {
            standing,
            lacks_second_factor: has == Some(false),
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
    let detail = "This campus requires a second factor of its staff. Set yours up with `POST /v1/me/totp`, confirm it, and \
                  send the request again.";
    Error::new(Code::SecondFactorRequired, detail)
}
