//! The people of the story.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    accounts::actions as accounts,
    authz::{Actor, LiveSession},
    cli::demo::cast,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// A value from what a request would say.
pub fn of<T: DeserializeOwned>(said: Value) -> Result<T> {
    serde_json::from_value(said).map_err(Error::internal)
}

/// Somebody with a session, to act with.
#[derive(Clone, Copy)]
pub struct Player {
    pub person: Id,
    pub session: Id,
}

impl Player {
    pub fn enter(conn: &mut Conn, name: &str, password_hash: &str, now: Instant) -> Result<Self> {
        let (email, line) = (of(json!(cast::address(name)))?, of(json!(name))?);
        let new = accounts::Registration {
            email: &email,
            name: &line,
            password_hash,
            language: None,
        };
        let person = accounts::register(conn, &new, false, now)?.id;
        let session = accounts::begin_session(conn, person, &of(json!("The demonstration"))?, false, now)?.session;
        Ok(Self { person, session })
    }

    /// With all that they are by now.
    pub fn actor(self, conn: &mut Conn, now: Instant) -> Result<Actor> {
        let live = LiveSession::find(conn, self.session, self.person, now)?.ok_or_else(Error::not_found)?;
        Ok(live.actor)
    }
}
