//! Telling people by mail what was done with their accounts.

use crate::{
    accounts::events::{AccountChange, AccountEvent},
    db::Conn,
    error::Result,
    outbox,
    primitives::{Email, Id, Instant},
};

/// Tells the owner of an account.
pub fn tell(conn: &mut Conn, kind: AccountChange, person_id: Id, now: Instant) -> Result<()> {
    outbox::record(conn, &AccountEvent { kind, person_id }, Some(person_id), now)
}

/// The same at an address that the account does not have any more, or had not.
pub fn tell_at(conn: &mut Conn, kind: AccountChange, person_id: Id, address: &Email, now: Instant) -> Result<()> {
    let event = AccountEvent { kind, person_id };
    outbox::record_with_secret(conn, &event, Some(person_id), &address.to_string(), now)
}
