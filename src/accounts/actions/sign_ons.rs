//! Logging in with an account elsewhere.

use super::{
    log_in::{Candidate, LoggedIn, log_in},
    own_sign_ons::{insert, tell},
    passwords::prove,
    registration::may_register,
    sessions::freshly_signed_in,
};
use crate::{
    accounts::{
        Vault,
        model::{NewPerson, SignOnAttempt},
        rules::{self, WayIn},
        sign_on_mail::SignOnChange,
        store,
    },
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    primitives::{Email, Id, Instant, Line, Secret},
    providers::{Challenge, Identity, Provider},
    web::Origin,
};

/// Begins a sign-on or, for whoever is logged in, a linking to their account. Returns until when it can be finished.
pub fn begin_sign_on(
    conn: &mut Conn,
    (provider, return_to): (&str, &str),
    secret_hash: &str,
    actor: &Actor,
    now: Instant,
) -> Result<Instant> {
    let person = match actor.person() {
        Some(_) => Some(freshly_signed_in(conn, actor, now)?.person()),
        None => None,
    };
    let attempt = SignOnAttempt {
        id: Id::new(),
        secret_hash: secret_hash.into(),
        provider: provider.into(),
        return_to: return_to.into(),
        person_id: person,
        subject: None,
        email: None,
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

/// Somebody who comes back.
pub struct Returning<'a> {
    /// The sign-on that they began.
    pub attempt: &'a SignOnAttempt,
    /// Where they come from.
    pub provider: &'a Provider,
    /// Who they are there.
    pub identity: &'a Identity,
    /// The code of the second factor that they sent.
    pub otp: Option<&'a str>,
    /// What to call their session.
    pub session_name: &'a Line,
    /// Where they asked.
    pub origin: &'a Origin,
}

/// Who has come back by a sign-on before, and waits for a second factor.
pub fn waiting(attempt: &SignOnAttempt) -> Option<Identity> {
    Some(Identity {
        subject: attempt.subject.clone()?,
        email: attempt.email.clone(),
        names: Vec::new(),
        has_second_factor: false,
    })
}

/// Begins a session in the account that a sign-on leads into, which is linked to it by that. Without the second factor, where
/// there is one, nothing is linked, and it can be redeemed again.
pub fn sign_on(
    conn: &mut Conn,
    returning: &Returning,
    admission: &Admission,
    vault: &Vault,
    now: Instant,
) -> Result<LoggedIn> {
    let Returning { provider, identity, .. } = *returning;
    let entrance = enter(conn, (provider, identity), admission, now)?;
    rules::may_enter(&store::person(conn, entrance.person)?)?;
    let candidate = Candidate {
        operation: "redeem_sign_on",
        person: Some(entrance.person),
        // The provider says who they are in its place.
        knows_password: true,
        password_hash: None,
        renewed: None,
        has_second_factor: identity.has_second_factor,
        otp: returning.otp,
        session_name: returning.session_name,
        origin: returning.origin,
    };
    let logged_in = log_in(conn, &candidate, vault, now)?;
    match &logged_in {
        LoggedIn::Granted(_) => keep(conn, &entrance, (provider, identity), now)?,
        LoggedIn::WrongCredentials => {}
        LoggedIn::NotYet(_) => {
            let waiting = SignOnAttempt {
                subject: Some(identity.subject.clone()),
                email: identity.email.clone(),
                ..returning.attempt.clone()
            };
            store::insert_attempt(conn, &waiting)?;
        }
    }
    Ok(logged_in)
}

/// The account that a sign-on leads into.
struct Entrance {
    person: Id,
    /// The sign-on, if it is linked already.
    linked: Option<Id>,
    /// What its owner is told once it is.
    change: Option<SignOnChange>,
}

/// The account that somebody comes into, which is opened or becomes theirs if need be.
fn enter(
    conn: &mut Conn,
    (provider, identity): (&Provider, &Identity),
    admission: &Admission,
    now: Instant,
) -> Result<Entrance> {
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
    let unlinked = |person, change| Entrance {
        person,
        linked: None,
        change,
    };
    Ok(match (linked, account, &identity.email) {
        (Some(linked), ..) => Entrance {
            person: linked.person_id,
            linked: Some(linked.id),
            change: None,
        },
        (None, Some(person), _) if way == WayIn::SameAddress => unlinked(person.id, Some(SignOnChange::Linked)),
        (None, Some(person), _) => {
            rules::may_enter(&person)?;
            // Whoever opened it may be somebody else: nothing that they could get in with stays.
            store::set_password(conn, person.id, None, now)?;
            prove(conn, &person, now)?;
            unlinked(person.id, Some(SignOnChange::ClaimEnded))
        }
        (None, None, Some(email)) => unlinked(open(conn, email, identity, admission, now)?, None),
        (None, None, None) => return Err(Error::internal("a way in without an account")),
    })
}

/// Links a sign-on to the account that it led into, or notes that it was used.
fn keep(
    conn: &mut Conn,
    entrance: &Entrance,
    (provider, identity): (&Provider, &Identity),
    now: Instant,
) -> Result<()> {
    if let Some(linked) = entrance.linked {
        return store::use_sign_on(conn, linked, identity.email.as_ref(), now);
    }
    let sign_on = insert(conn, entrance.person, provider, identity, now)?;
    match entrance.change {
        Some(change) => tell(conn, change, &sign_on, provider.name(), now),
        None => Ok(()),
    }
}

fn open(conn: &mut Conn, email: &Email, identity: &Identity, admission: &Admission, now: Instant) -> Result<Id> {
    may_register(conn, admission.is_open, email, admission.invitation, now)?;
    let new = NewPerson {
        id: Id::new(),
        email: email.clone(),
        name: rules::first_name(&identity.names)?,
        password_hash: None,
        email_verified_at: Some(now),
        language: None,
        created_at: now,
        updated_at: now,
    };
    Ok(store::insert(conn, &new)?.id)
}
