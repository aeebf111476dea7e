//! Who needs a second factor, and who has one.

use diesel::prelude::*;

use crate::{
    db::{Conn, schema::second_factors},
    error::{Code, Error, Result},
    primitives::{Id, text_enum},
};

text_enum! {
    /// Of whom the operator of the service requires a second factor; a campus can require one of its staff as well.
    #[derive(Default)]
    pub enum RequireSecondFactor {
        /// Of nobody.
        #[default]
        Nobody = "nobody",
        /// Of administrators.
        Admins = "admins",
        /// Of administrators and the staff of all campuses.
        Staff = "staff",
    }
}

/// Whether log-ins of a person want a code.
pub fn has_second_factor(conn: &mut Conn, person: Id) -> Result<bool> {
    let confirmed = second_factors::table
        .find(person)
        .filter(second_factors::confirmed_at.is_not_null());
    let found: Option<Id> = confirmed.select(second_factors::person_id).first(conn).optional()?;
    Ok(found.is_some())
}

/// What whoever lacks the second factor that their role takes is answered.
pub fn second_factor_required() -> Error {
    let detail = "Your role here requires a second factor. Log in with a passkey; or set one up in your account, \
                  confirm it, and send the request again.";
    Error::new(Code::SecondFactorRequired, detail)
}
