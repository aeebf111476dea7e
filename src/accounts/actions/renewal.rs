//! Passwords as they are kept.

use crate::{
    accounts::{hasher::Renewed, store},
    db::Conn,
    error::Result,
    primitives::Id,
};

/// Keeps a better hash of the password that somebody has just logged in with, unless they have another one meanwhile.
pub fn renew_password_hash(conn: &mut Conn, person: Id, renewed: &Renewed) -> Result<()> {
    store::renew_password_hash(conn, person, &renewed.from, &renewed.to)
}
