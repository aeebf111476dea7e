//! Making one account of two.

use super::{me, passwords::prove, profile::OwnAccount, sessions::freshly_signed_in, telling::tell_at};
use crate::{
    accounts::{events::AccountChange, model::Person, rules, store},
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::{Email, Id, Instant},
    students::store as students,
};

/// Makes everything of another account the caller's. They have just proved that it is theirs too; that this one is, their
/// log-in must have shown lately, because the other one's passkeys and sign-ons get into it from now on.
pub fn merge(conn: &mut Conn, actor: &Actor, other: Id, now: Instant) -> Result<OwnAccount> {
    let proof = freshly_signed_in(conn, actor, now)?;
    // It may be gone since its password was right.
    let other = store::find_person(conn, other)?.ok_or_else(rules::no_such_account)?;
    let own = store::person(conn, proof.person())?;
    join(conn, &proof, &own, &other, now)?;
    me(conn, actor, now)
}

/// The caller has proved that an address is theirs: the account of whoever merely claimed it becomes part of their own, without
/// anything that got in to it, as it becomes the account of whoever registers with the address.
pub(super) fn take_claimed(
    conn: &mut Conn,
    proof: &SignedIn,
    own: &Person,
    address: &Email,
    now: Instant,
) -> Result<()> {
    let there = store::by_email(conn, address)?;
    let Some(claimed) = there.filter(|other| other.id != own.id && other.email_verified_at.is_none()) else {
        return Ok(());
    };
    rules::may_take_over(&claimed)?;
    prove(conn, &claimed, now)?;
    // What somebody else wrote of themself is not the caller's.
    students::delete_manual(conn, claimed.id)?;
    let proved = |person: &Person| Person {
        email_verified_at: Some(now),
        ..person.clone()
    };
    join(conn, proof, &proved(own), &proved(&claimed), now)
}

fn join(conn: &mut Conn, proof: &SignedIn, own: &Person, other: &Person, now: Instant) -> Result<()> {
    rules::may_merge(own, other, &students::cohorts_of_both(conn, own.id, other.id)?)?;
    if other.is_admin {
        store::set_admin(conn, own.id, true)?;
    }
    store::tell_of(conn, other.id)?;
    students::merge(conn, proof, other.id, now)?;
    store::tell_of(conn, own.id)?;
    audit::became("merged", None::<Id>, other.id);
    tell_at(conn, AccountChange::Merged, own.id, &other.email, now)?;
    tell_at(conn, AccountChange::MergedInto, own.id, &own.email, now)
}
