//! A person's own account.

use crate::{
    accounts::{
        model::{AccountPatch, Person, Represented, Role},
        store,
    },
    audit,
    authz::{Actor, SignedIn, has_second_factor},
    db::Conn,
    error::Result,
    primitives::{IfMatch, Instant},
};

/// The caller, and what only they see of themselves.
pub struct OwnAccount {
    pub person: Person,
    /// What they are where.
    pub roles: Vec<Role>,
    /// The clients whose product owner they are.
    pub clients: Vec<Represented>,
    /// The employers whose contact they are.
    pub employers: Vec<Represented>,
    /// Whether their log-ins want a code.
    pub second_factor: bool,
    /// How many recovery codes they have left, if so.
    pub recovery_codes_left: Option<i64>,
}

/// The account of the caller.
pub fn account(conn: &mut Conn, actor: &Actor) -> Result<Person> {
    store::person(conn, SignedIn::prove(actor)?.person())
}

/// The caller, and what they are where.
pub fn me(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<OwnAccount> {
    let person = account(conn, actor)?;
    let second_factor = has_second_factor(conn, person.id)?;
    Ok(OwnAccount {
        roles: store::roles(conn, &person, now)?,
        clients: store::owned_clients(conn, person.id)?,
        employers: store::represented_employers(conn, person.id)?,
        second_factor,
        recovery_codes_left: match second_factor {
            true => Some(store::count_recovery_codes(conn, person.id)?),
            false => None,
        },
        person,
    })
}

pub fn change_me(
    conn: &mut Conn,
    actor: &Actor,
    patch: AccountPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<OwnAccount> {
    let own = me(conn, actor, now)?;
    let person = &own.person;
    seen.check(person.version)?;
    let patched = Person {
        name: patch.name.or(person.name.clone()),
        github: patch.github.or(person.github.clone()),
        time_zone: patch.time_zone.or(person.time_zone),
        language: patch.language.or(person.language),
        ..person.clone()
    };
    if patched == *person {
        return Ok(own);
    }
    let changed = store::update(conn, &patched, now)?;
    audit::changed(person, &changed);
    Ok(OwnAccount { person: changed, ..own })
}
