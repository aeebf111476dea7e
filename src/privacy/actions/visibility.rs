//! What people show of themselves.

use crate::{
    accounts::store as accounts,
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::{IfMatch, Instant},
    privacy::{
        model::{Visibility, VisibilityPatch},
        store,
    },
};

/// What the caller shows to whom.
pub fn visibility(conn: &mut Conn, actor: &Actor) -> Result<Visibility> {
    store::visibility(conn, &SignedIn::prove(actor)?)
}

/// Shows it to others from now on.
pub fn change_visibility(
    conn: &mut Conn,
    actor: &Actor,
    patch: VisibilityPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<Visibility> {
    let proof = SignedIn::prove(actor)?;
    let before = store::visibility(conn, &proof)?;
    seen.check(before.version)?;
    let after = before.patched(patch);
    if after == before {
        return Ok(before);
    }
    audit::changed(&before, &after);
    let shown = accounts::card(conn, proof.person())?;
    store::update_visibility(conn, &proof, &after, now)?;
    accounts::tell_of_change(conn, &shown)?;
    store::visibility(conn, &proof)
}
