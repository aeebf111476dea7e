//! A copy of all that is stored about a person, and of all that belongs to a campus.

use std::io::Write;

use crate::{
    authz::{Actor, SignedIn},
    campuses::CampusKeeper,
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
    privacy::copies::{self, Export},
};

/// All that is stored about the caller.
pub fn export(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<Export> {
    Export::of(conn, &SignedIn::prove(actor)?, now)
}

/// Writes all that belongs to a campus, for those who govern it, or did until it closed. Returns its slug.
pub fn export_campus(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant, out: impl Write) -> Result<String> {
    let (campus, proof) = CampusKeeper::of(conn, actor, campus)?;
    copies::write_campus_data(conn, &proof, now, out)?;
    Ok(campus.slug.to_string())
}
