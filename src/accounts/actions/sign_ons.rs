//! Logging in with an account elsewhere, and linking one.

use std::sync::Arc;

use super::{
    log_in::{Candidate, LoggedIn, log_in},
    passwords::prove,
    registration::may_register,
};
use crate::{
    accounts::{
        Vault,
        model::{NewPerson, SignOn, SignOnAttempt},
        rules::{self, WayIn},
        sign_on_mail::{SignOnChange, SignOnEvent},
        store,
    },
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Email, Id, Instant, Line, Secret},
    providers::{Challenge, Identity, Provider},
    web::Origin,
};

/// Begins a sign-on, or a linking to the account of `person`. Returns until when it can be finished.
pub fn begin_sign_on(
    conn: &mut Conn,
    (provider, return_to): (&str, &str),
    secret_hash: &str,
    person: Option<Id>,
    now: Instant,
) -> Result<Instant> {
    let attempt = SignOnAttempt {
        id: Id::new(),
        secret_hash: secret_hash.into(),
        provider: provider.into(),
        return_to: return_to.into(),
        person_id: person,
        sign_on_id: None,
        created_at: now,
        expires_at: now.plus(rules::SIGN_ON_TIME),
    };
    store::insert_attempt(conn, &attempt)?;
    Ok(attempt.expires_at)
}

/// Takes a sign-on that has begun, with what had to come back from the provider. Whatever is wrong with it, it cannot be
/// tried again: that must be committed, so a refusal is no error here.
pub fn take_attempt(
    conn: &mut Conn,
    (state, secret): (&str, &str),
    person: Option<Id>,
    now: Instant,
) -> Result<Option<(SignOnAttempt, Challenge)>> {
    let attempt = store::take_attempt(conn, &Secret::hash(secret))?;
    let began = attempt.map(|attempt| {
        let challenge = Challenge::of(secret, &attempt.return_to);
        (attempt, challenge)
    });
    Ok(began.filter(|(attempt, challenge)| {
        challenge.state == state && attempt.person_id == person && rules::is_in_time(attempt.expires_at, now)
    }))
}

/// Whom an account may be opened for.
pub struct Admission<'a> {
    /// Whether for anybody.
    pub is_open: bool,
    /// Otherwise for whoever has a code.
    pub invitation: Option<&'a str>,
}

/// How somebody who comes back has shown who they are.
pub enum Shown {
    /// The provider says so.
    Now(Arc<Provider>, Identity),
    /// The provider has said so already; what was missing was their second factor.
    Before(Id),
}

/// Somebody who comes back.
pub struct Returning<'a> {
    /// The sign-on that they began.
    pub attempt: &'a SignOnAttempt,
    /// Who they are.
    pub shown: &'a Shown,
    /// The code of the second factor that they sent.
    pub otp: Option<&'a str>,
    /// What to call their session.
    pub session_name: &'a Line,
    /// Where they asked.
    pub origin: &'a Origin,
}

/// Begins a session in the account that a sign-on leads into. Without the second factor, where there is one, it can be
/// redeemed again.
pub fn sign_on(
    conn: &mut Conn,
    returning: &Returning,
    admission: &Admission,
    vault: &Vault,
    now: Instant,
) -> Result<LoggedIn> {
    let (sign_on, has_second_factor) = match returning.shown {
        Shown::Now(provider, identity) => {
            let sign_on = enter(conn, (provider, identity), admission, now)?;
            (sign_on, identity.has_second_factor)
        }
        Shown::Before(id) => (store::sign_on_with_id(conn, *id)?, false),
    };
    rules::may_enter(&store::person(conn, sign_on.person_id)?)?;
    let candidate = Candidate {
        operation: "redeem_sign_on",
        person: Some(sign_on.person_id),
        // The provider says who they are in its place.
        knows_password: true,
        password_hash: None,
        renewed: None,
        has_second_factor,
        otp: returning.otp,
        session_name: returning.session_name,
        origin: returning.origin,
    };
    let logged_in = log_in(conn, &candidate, vault, now)?;
    if let LoggedIn::NotYet(_) = logged_in {
        let waiting = SignOnAttempt {
            sign_on_id: Some(sign_on.id),
            ..returning.attempt.clone()
        };
        store::insert_attempt(conn, &waiting)?;
    }
    Ok(logged_in)
}

/// The sign-on that somebody comes in by, whose account is opened or becomes theirs if need be.
fn enter(
    conn: &mut Conn,
    (provider, identity): (&Provider, &Identity),
    admission: &Admission,
    now: Instant,
) -> Result<SignOn> {
    let linked = store::sign_on(conn, provider.url(), &identity.subject)?;
    let account = match &identity.email {
        Some(email) if linked.is_none() => store::by_email(conn, email)?,
        _ => None,
    };
    let way = rules::way_in(
        linked.as_ref(),
        identity.email.is_some(),
        account.as_ref(),
        provider.name(),
    )?;
    let (person, change) = match (linked, account, &identity.email) {
        (Some(linked), ..) => {
            store::use_sign_on(conn, linked.id, identity.email.as_ref(), now)?;
            return Ok(linked);
        }
        (None, Some(person), _) => {
            rules::may_enter(&person)?;
            let is_proved = way == WayIn::SameAddress;
            if !is_proved {
                // Whoever opened it may be somebody else: nothing that they could get in with stays.
                store::set_password(conn, person.id, None, now)?;
                prove(conn, &person, now)?;
            }
            let change = if is_proved {
                SignOnChange::Linked
            } else {
                SignOnChange::ClaimEnded
            };
            (person.id, Some(change))
        }
        (None, None, Some(email)) => (open(conn, email, identity, admission, now)?, None),
        (None, None, None) => return Err(Error::internal("a way in without an account")),
    };
    let sign_on = insert(conn, person, provider, identity, now)?;
    if let Some(change) = change {
        tell(conn, change, &sign_on, provider.name(), now)?;
    }
    Ok(sign_on)
}

fn open(conn: &mut Conn, email: &Email, identity: &Identity, admission: &Admission, now: Instant) -> Result<Id> {
    may_register(conn, admission.is_open, email, admission.invitation, now)?;
    let new = NewPerson {
        id: Id::new(),
        email: email.clone(),
        name: rules::first_name(&identity.names)?,
        password_hash: None,
        email_verified_at: Some(now),
        created_at: now,
        updated_at: now,
    };
    Ok(store::insert(conn, &new)?.id)
}

fn insert(conn: &mut Conn, person: Id, provider: &Provider, identity: &Identity, now: Instant) -> Result<SignOn> {
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

fn tell(conn: &mut Conn, kind: SignOnChange, sign_on: &SignOn, provider: &str, now: Instant) -> Result<()> {
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
    let all = store::sign_ons(conn, person.id)?;
    let sign_on = all
        .iter()
        .find(|sign_on| sign_on.id == id)
        .ok_or_else(Error::not_found)?;
    rules::may_unlink(sign_on, &all, person.password_hash.is_some(), |url| name(url).is_some())?;
    store::delete_sign_on(conn, id)?;
    let provider = name(&sign_on.provider).unwrap_or_else(|| sign_on.provider.clone());
    tell(conn, SignOnChange::Unlinked, sign_on, &provider, now)
}
