//! Passkeys: added, listed, renamed, removed, and logged in with.

use super::{
    log_in::{Candidate, LoggedIn, log_in},
    sessions::freshly_signed_in,
    telling::tell,
};
use crate::{
    accounts::{
        Vault,
        events::AccountChange,
        model::{Passkey, PasskeyChallenge, PasskeyPatch, Person},
        rules::{self, WaysIn},
        store,
    },
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant, Line, Secret},
    web::Origin,
    webauthn::{Login, Refusal, Registered},
};

/// Makes a challenge for whoever wants to log in.
pub fn begin_passkey_log_in(conn: &mut Conn, challenge: &Secret, now: Instant) -> Result<()> {
    insert_challenge(conn, challenge, None, now)
}

/// Makes one for another passkey of the caller's; who they are, and the passkeys that they have.
pub fn begin_passkey(
    conn: &mut Conn,
    actor: &Actor,
    challenge: &Secret,
    now: Instant,
) -> Result<(Person, Vec<Passkey>)> {
    let person = freshly_signed_in(conn, actor, now)?.person();
    let known = store::passkeys(conn, person)?;
    rules::may_add_passkey(known.len())?;
    insert_challenge(conn, challenge, Some(person), now)?;
    Ok((store::person(conn, person)?, known))
}

fn insert_challenge(conn: &mut Conn, challenge: &Secret, person_id: Option<Id>, now: Instant) -> Result<()> {
    let row = PasskeyChallenge {
        id: Id::new(),
        challenge_hash: challenge.hash.clone(),
        person_id,
        created_at: now,
        expires_at: now.plus(rules::PASSKEY_TIME),
    };
    store::insert_passkey_challenge(conn, &row)
}

/// Takes a challenge that was answered, for a new passkey of `person` or, of nobody, for a log-in; whether it is one. Whatever
/// else is wrong with the answer, the challenge cannot be answered again: that must be committed, so a refusal is no error here.
pub fn take_passkey_challenge(conn: &mut Conn, challenge: &str, person: Option<Id>, now: Instant) -> Result<bool> {
    let taken = store::take_passkey_challenge(conn, &Secret::hash(challenge))?;
    Ok(taken.is_some_and(|challenge| rules::is_for(&challenge, person, now)))
}

/// Lets the caller log in with a new passkey, whose challenge they have just answered.
pub fn confirm_passkey(conn: &mut Conn, actor: &Actor, new: &Registered, name: &Line, now: Instant) -> Result<Passkey> {
    let person = SignedIn::prove(actor)?.person();
    rules::may_add_passkey(store::passkeys(conn, person)?.len())?;
    if store::passkey_by_credential(conn, &new.credential_id)?.is_some() {
        let detail = "This passkey is stored already. Log in with it, or make another one.";
        return Err(Error::new(Code::PasskeyTaken, detail));
    }
    let passkey = Passkey {
        id: Id::new(),
        person_id: person,
        credential_id: new.credential_id.clone(),
        user_handle: person.to_string(),
        public_key: new.public_key.clone(),
        sign_count: new.sign_count.into(),
        name: name.clone(),
        version: 1,
        created_at: now,
        last_used_at: None,
    };
    store::insert_passkey(conn, &passkey)?;
    tell(conn, AccountChange::PasskeyAdded, person, now)?;
    Ok(passkey)
}

/// Somebody who logs in with a passkey.
pub struct PasskeyHolder<'a> {
    /// What their browser has sent, answering a challenge for a log-in.
    pub login: &'a Login,
    /// What to call their session.
    pub session_name: &'a Line,
    /// Where they asked.
    pub origin: &'a Origin,
}

/// Begins a session for whoever holds a passkey; it is both factors in one.
///
/// # Errors
/// `401`, the same whether or not there is such a passkey; `403` for who has shown it, if the account is disabled.
pub fn log_in_with_passkey(conn: &mut Conn, holder: &PasskeyHolder, vault: &Vault, now: Instant) -> Result<LoggedIn> {
    let login = holder.login;
    let passkey = store::passkey_by_credential(conn, &login.credential_id)?
        .filter(|passkey| passkey.user_handle.as_bytes() == login.user_handle)
        .ok_or_else(|| unknown_passkey("there is no such passkey"))?;
    let is_latest = || rules::counts_on(passkey.sign_count, login.sign_count);
    let shown = login.verify(&passkey.public_key).and_then(|()| is_latest());
    shown.map_err(|refusal: Refusal| unknown_passkey(refusal.to_string()))?;
    rules::may_enter(&store::person(conn, passkey.person_id)?)?;
    store::use_passkey(conn, passkey.id, login.sign_count.into(), now)?;
    let candidate = Candidate {
        operation: "log_in_with_passkey",
        person: Some(passkey.person_id),
        // The passkey says who they are in its place.
        knows_password: true,
        password_hash: None,
        renewed: None,
        has_second_factor: true,
        otp: None,
        session_name: holder.session_name,
        origin: holder.origin,
    };
    log_in(conn, &candidate, vault, now)
}

fn unknown_passkey(cause: impl Into<String>) -> Error {
    let detail = "No account here can be logged in to with this passkey: it was removed, or its account has another one. Log \
                  in in another way.";
    Error::new(Code::InvalidPasskey, detail).because(cause)
}

/// What the caller logs in with, the oldest first.
pub fn passkeys(conn: &mut Conn, actor: &Actor) -> Result<Vec<Passkey>> {
    store::passkeys(conn, SignedIn::prove(actor)?.person())
}

/// Gives one of the caller's passkeys another name.
pub fn rename_passkey(conn: &mut Conn, actor: &Actor, id: Id, patch: PasskeyPatch, seen: IfMatch) -> Result<Passkey> {
    let person = SignedIn::prove(actor)?.person();
    let passkey = store::passkey(conn, person, id)?;
    seen.check(passkey.version)?;
    let name = patch.name.or(passkey.name.clone());
    if name == passkey.name {
        return Ok(passkey);
    }
    store::rename_passkey(conn, id, &name)?;
    let renamed = store::passkey(conn, person, id)?;
    audit::changed(&passkey, &renamed);
    Ok(renamed)
}

/// Takes a passkey away from the caller. `offered` says at which providers' URLs people can log in.
pub fn remove_passkey(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    offered: impl Fn(&str) -> bool,
    seen: IfMatch,
    now: Instant,
) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    seen.check(store::passkey(conn, person.id, id)?.version)?;
    let ways = WaysIn {
        has_password: person.password_hash.is_some(),
        sign_ons: &store::sign_ons(conn, person.id)?,
        passkeys: store::passkeys(conn, person.id)?.len() - 1,
    };
    rules::may_remain(ways, offered)?;
    store::delete_passkey(conn, id)?;
    tell(conn, AccountChange::PasskeyRemoved, person.id, now)
}
