//! A copy of all that is stored about a person.

use crate::{
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::Instant,
    privacy::{model::Export, store},
};

/// All that is stored about the caller.
pub fn export(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<Export> {
    store::export(conn, &SignedIn::prove(actor)?, now)
}
