//! Making one account of two.

use super::{me, profile::OwnAccount, telling::tell_at};
use crate::{
    accounts::{events::AccountChange, rules, store},
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
    students::store as students,
};

/// Makes everything of another account the caller's. They have just proved that it is theirs too.
pub fn merge(conn: &mut Conn, actor: &Actor, other: Id, now: Instant) -> Result<OwnAccount> {
    let proof = SignedIn::prove(actor)?;
    let (own, other) = (store::person(conn, proof.person())?, store::person(conn, other)?);
    rules::may_merge(&own, &other, &students::cohorts_of_both(conn, own.id, other.id)?)?;
    if other.is_admin {
        store::set_admin(conn, own.id, true)?;
    }
    store::tell_of(conn, other.id)?;
    students::merge(conn, &proof, other.id)?;
    store::tell_of(conn, own.id)?;
    audit::became("merged", None::<Id>, other.id);
    tell_at(conn, AccountChange::Merged, own.id, &other.email, now)?;
    me(conn, actor, now)
}
