//! What somebody is on the staff of a campus, and what hinders them.

use super::{Actor, StaffRole, Standing, second_factor_required, shows_both_factors};
use crate::{
    db::Conn,
    error::{Code, Error, Result},
};

/// What a campus lets its staff act by.
#[derive(Clone, Copy, Debug)]
pub struct CampusTerms {
    /// Whether they need a second factor.
    pub require_second_factor: bool,
    /// Whether nobody acts for it any more.
    pub is_closed: bool,
}

impl CampusTerms {
    /// Whether whoever acts for it needs a second factor, by the campus or by the operator of the service.
    pub fn ask_second_factor(self, actor: &Actor) -> bool {
        self.require_second_factor || actor.needs_second_factor()
    }
}

/// Somebody's place on the staff of a campus.
#[derive(Clone, Copy, Debug)]
pub struct OnStaff {
    standing: Option<Standing>,
    lacks_second_factor: bool,
}

impl OnStaff {
    /// With this role there. Their second factor is asked for only where the campus or the operator requires one.
    ///
    /// # Errors
    /// `503`
    pub fn load(conn: &mut Conn, actor: &Actor, role: Option<StaffRole>, terms: CampusTerms) -> Result<Self> {
        let standing = Standing::on_staff(actor, role, terms.is_closed);
        let is_asked = standing.is_some() && terms.ask_second_factor(actor);
        Ok(Self {
            standing,
            lacks_second_factor: is_asked && !shows_both_factors(conn, actor)?,
        })
    }

    /// What they are there, unless they lack a second factor that it takes.
    pub fn standing(self) -> Option<Standing> {
        self.standing.filter(|_| !self.lacks_second_factor)
    }

    /// What keeps them from what their role would permit.
    fn hindrance(self) -> Option<Error> {
        match self.standing {
            Some(_) if self.lacks_second_factor => Some(second_factor_required()),
            Some(Standing::FormerStaff(_)) => Some(campus_closed()),
            _ => None,
        }
    }

    /// What whoever may not do something is answered; `who` may.
    pub fn refusal(self, who: &str) -> Error {
        self.hindrance().unwrap_or_else(|| Error::forbidden(who))
    }

    /// The same for what does not exist for others: staff who are hindered know that it is there.
    pub fn hidden(self) -> Error {
        self.hindrance().unwrap_or_else(Error::not_found)
    }
}

/// That a campus is not closed: in a closed one nobody makes or changes anything, and nobody joins it.
///
/// # Errors
/// `403 campus_closed`
pub fn campus_must_be_open(is_closed: bool) -> Result<()> {
    match is_closed {
        true => Err(campus_closed()),
        false => Ok(()),
    }
}

fn campus_closed() -> Error {
    let detail = "The campus is closed: nothing is made or changed there any more. Within 30 days one of its organisers can \
                  open it again, later an administrator of the service.";
    Error::new(Code::CampusClosed, detail)
}
