//! A person's own account.

use crate::{
    accounts::{
        model::{AccountPatch, Person, Role},
        store,
    },
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::{IfMatch, Instant},
};

/// The caller, and what they are where.
pub fn me(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<(Person, Vec<Role>)> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    let roles = store::roles(conn, &person, now)?;
    Ok((person, roles))
}

pub fn change_me(
    conn: &mut Conn,
    actor: &Actor,
    patch: AccountPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<(Person, Vec<Role>)> {
    let (person, roles) = me(conn, actor, now)?;
    seen.check(person.version)?;
    let name = patch.name.or(person.name.clone());
    let github = patch.github.or(person.github.clone());
    if (&name, &github) == (&person.name, &person.github) {
        return Ok((person, roles));
    }
    let changed = store::update(conn, person.id, &name, github.as_ref(), now)?;
    audit::changed(&person, &changed);
    Ok((changed, roles))
}
