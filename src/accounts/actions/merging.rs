//! Making one account of two.

use super::{me, profile::OwnAccount, sessions::freshly_signed_in, telling::tell_at};
use crate::{
    accounts::{events::AccountChange, rules, store},
    audit,
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
    students::store as students,
};

/// Makes everything of another account the caller's. They have just proved that it is theirs too; that this one is, their
/// log-in must have shown lately, because the other one's passkeys and sign-ons get into it from now on.
pub fn merge(conn: &mut Conn, actor: &Actor, other: Id, now: Instant) -> Result<OwnAccount> {
    let proof = freshly_signed_in(conn, actor, now)?;
    let (own, other) = (store::person(conn, proof.person())?, store::person(conn, other)?);
    rules::may_merge(&own, &other, &students::cohorts_of_both(conn, own.id, other.id)?)?;
    if other.is_admin {
        store::set_admin(conn, own.id, true)?;
    }
    store::tell_of(conn, other.id)?;
    students::merge(conn, &proof, other.id, now)?;
    store::tell_of(conn, own.id)?;
    audit::became("merged", None::<Id>, other.id);
    tell_at(conn, AccountChange::Merged, own.id, &other.email, now)?;
    tell_at(conn, AccountChange::MergedInto, own.id, &own.email, now)?;
    me(conn, actor, now)
}
