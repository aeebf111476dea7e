//! The sign-ons of an account: linked, listed, taken away.

use crate::{
    accounts::{
        model::SignOn,
        rules::{self, WaysIn},
        sign_on_mail::{SignOnChange, SignOnEvent},
        store,
    },
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Id, Instant},
    providers::{Identity, Provider},
};

/// Links an account at a provider to that of a person.
pub(super) fn insert(
    conn: &mut Conn,
    person: Id,
    provider: &Provider,
    identity: &Identity,
    now: Instant,
) -> Result<SignOn> {
    let sign_on = SignOn {
        id: Id::new(),
        person_id: person,
        provider: provider.url().into(),
        subject: identity.subject.clone(),
        email: identity.email.clone(),
        created_at: now,
        last_used_at: now,
    };
    store::insert_sign_on(conn, &sign_on)?;
    Ok(sign_on)
}

/// Tells the owner of an account.
pub(super) fn tell(conn: &mut Conn, kind: SignOnChange, sign_on: &SignOn, provider: &str, now: Instant) -> Result<()> {
    let event = SignOnEvent {
        kind,
        sign_on_id: sign_on.id,
        person_id: sign_on.person_id,
        provider: provider.into(),
    };
    outbox::record(conn, &event, Some(sign_on.person_id), now)
}

/// What the caller logs in with.
pub fn sign_ons(conn: &mut Conn, actor: &Actor) -> Result<Vec<SignOn>> {
    store::sign_ons(conn, SignedIn::prove(actor)?.person())
}

/// Lets the caller log in with an account at a provider too. An address of theirs that it has verified is proved by that.
pub fn link(conn: &mut Conn, actor: &Actor, provider: &Provider, identity: &Identity, now: Instant) -> Result<SignOn> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    if identity.email.as_ref() == Some(&person.email) {
        store::prove_address(conn, person.id, now)?;
    }
    match store::sign_on(conn, provider.url(), &identity.subject)? {
        Some(linked) if linked.person_id == person.id => Ok(linked),
        Some(_) => Err(Error::new(
            Code::SignOnTaken,
            format!(
                "This account at {name} belongs to another account here. Log in with {name} to use that one, or take the \
                 sign-on away from it first.",
                name = provider.name()
            ),
        )),
        None => {
            let sign_on = insert(conn, person.id, provider, identity, now)?;
            tell(conn, SignOnChange::Linked, &sign_on, provider.name(), now)?;
            Ok(sign_on)
        }
    }
}

/// Whether it is the caller who has come back from a provider just now.
///
/// # Errors
/// `422` naming `/sign_on` if nobody can tell.
pub fn prove_by_sign_on(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    identity: &Identity,
    now: Instant,
) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    let linked = store::sign_on(conn, provider.url(), &identity.subject)?;
    rules::proves(linked.as_ref(), &person, provider.name(), now)
}

/// Takes a sign-on away from the caller. `name` gives the name of a provider that is still offered, by its URL.
pub fn unlink(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    name: impl Fn(&str) -> Option<String>,
    now: Instant,
) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    let (removed, kept): (Vec<_>, Vec<_>) = store::sign_ons(conn, person.id)?
        .into_iter()
        .partition(|sign_on| sign_on.id == id);
    let sign_on = removed.first().ok_or_else(Error::not_found)?;
    let ways = WaysIn {
        has_password: person.password_hash.is_some(),
        sign_ons: &kept,
        passkeys: store::passkeys(conn, person.id)?.len(),
    };
    rules::may_remain(ways, |url| name(url).is_some())?;
    store::delete_sign_on(conn, id)?;
    let provider = name(&sign_on.provider).unwrap_or_else(|| sign_on.provider.clone());
    tell(conn, SignOnChange::Unlinked, sign_on, &provider, now)
}
