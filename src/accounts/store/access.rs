//! Queries on who may use the service at all.

use diesel::prelude::*;

use super::sessions::end_sessions;
use crate::{
    accounts::events,
    db::{
        Conn,
        schema::{banned_addresses, people},
    },
    error::Result,
    primitives::{Email, Id, Instant, Secret},
};

/// What is kept of an address that is banned: it can be recognised, and not read.
fn address_hash(email: &Email) -> String {
    // Accounts from before addresses had one form may keep another.
    let email = Email::parse(email.as_str()).unwrap_or_else(|_| email.clone());
    Secret::hash(&format!("banned address: {email}"))
}

/// Whether no account may be opened with this address.
pub fn is_banned(conn: &mut Conn, email: &Email) -> Result<bool> {
    let found: Option<String> = banned_addresses::table
        .find(address_hash(email))
        .select(banned_addresses::address_hash)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// No account is opened with this address from now on.
pub fn ban(conn: &mut Conn, email: &Email, now: Instant) -> Result<()> {
    if is_banned(conn, email)? {
        return Ok(());
    }
    diesel::insert_into(banned_addresses::table)
        .values((
            banned_addresses::address_hash.eq(address_hash(email)),
            banned_addresses::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Accounts may be opened with this address again. `false` if they might before.
pub fn lift_ban(conn: &mut Conn, email: &Email) -> Result<bool> {
    let lifted = diesel::delete(banned_addresses::table.find(address_hash(email))).execute(conn)?;
    Ok(lifted > 0)
}

/// Nobody logs in to an account from now on, and whoever is logged in is so no longer. Its API tokens are refused until it
/// is enabled again.
pub fn disable(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    diesel::update(people::table.find(person).filter(people::disabled_at.is_null()))
        .set(people::disabled_at.eq(now))
        .execute(conn)?;
    end_sessions(conn, person, None, now)
}

/// Its owner may log in to an account again.
pub fn enable(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::update(people::table.find(person))
        .set(people::disabled_at.eq(None::<Instant>))
        .execute(conn)?;
    Ok(())
}

/// Says whether an account runs the whole service. Whoever listens with it is told, so that their stream asks again what
/// they may hear.
pub fn set_admin(conn: &mut Conn, person: Id, is_admin: bool) -> Result<()> {
    diesel::update(people::table.find(person))
        .set(people::is_admin.eq(is_admin))
        .execute(conn)?;
    events::account(person).updated(conn)
}
