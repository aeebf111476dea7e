//! Whoever runs the whole service, and who has shown both factors.

use diesel::{dsl::exists, prelude::*};

use super::{Actor, SignedIn, has_second_factor, second_factor_required};
use crate::{
    db::{
        Conn,
        schema::{passkeys, sessions, sign_ons},
    },
    error::{Error, Result},
};

/// Runs the whole service.
#[derive(Clone, Copy, Debug)]
pub struct Administrator(());

impl Administrator {
    /// # Errors
    /// `401` for nobody, `403` for everybody else, and for whoever lacks the second factor that the operator requires.
    pub fn prove(conn: &mut Conn, actor: &Actor) -> Result<Self> {
        SignedIn::prove(actor)?;
        if !actor.is_admin() {
            return Err(Error::forbidden("an administrator of the service"));
        }
        match !actor.needs_second_factor() || shows_both_factors(conn, actor)? {
            true => Ok(Self(())),
            false => Err(second_factor_required()),
        }
    }

    /// For the command line, and for nothing that answers over a network.
    pub fn at_the_console() -> Self {
        Self(())
    }
}

/// Whether whoever asks has shown both factors, or their log-ins want a code. For a program only the latter counts. Work that
/// is done later for somebody was asked for by them, and asked then: it counts that they still have a code or a passkey, or,
/// if they had shown both factors, the account at an identity provider that may have asked for them.
pub fn shows_both_factors(conn: &mut Conn, actor: &Actor) -> Result<bool> {
    let Some(identity) = actor.identity() else {
        return Ok(false);
    };
    let shown = match (identity.session, identity.api_token) {
        (Some(session), _) => sessions::table
            .find(session)
            .select(sessions::both_factors)
            .first(conn)
            .optional()?
            .unwrap_or(false),
        (None, Some(_)) => false,
        (None, None) => {
            let own_passkeys = passkeys::table.filter(passkeys::person_id.eq(identity.person));
            let own_sign_ons = sign_ons::table.filter(sign_ons::person_id.eq(identity.person));
            diesel::select(exists(own_passkeys)).get_result(conn)?
                || actor.showed_both_factors() && diesel::select(exists(own_sign_ons)).get_result(conn)?
        }
    };
    Ok(shown || has_second_factor(conn, identity.person)?)
}
