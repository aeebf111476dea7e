//! Proof that whoever asks is who they are: a password, and the second factor of those who have one.

use crate::{
    accounts::{
        actions::{self, Tried},
        hasher::Verified,
        model::Person,
    },
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    state::State,
    web::Call,
};

/// Longer ones are nobody's, and are not worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Whether a password is that of an account, which may be nobody's: a try at an address is counted, and takes as long,
/// whether or not it has an account.
///
/// # Errors
/// `429` after too many tries, `503` while too many wait.
pub(super) async fn verified(
    state: &State,
    tried: &Tried,
    account: Option<&Person>,
    password: String,
    now: Instant,
) -> Result<Verified> {
    if password.len() > LONGEST_PASSWORD {
        return Ok(Verified::default());
    }
    if state.limiter.is_on() {
        let tried = tried.clone();
        let wait = state
            .db
            .write(move |conn| actions::count_try(conn, &tried, now))
            .await?;
        if let Some(seconds) = wait {
            let detail = format!("There were too many tries to log in to this account. Try again in {seconds} s.");
            return Err(Error::new(Code::TooManyRequests, detail).retry_after(seconds));
        }
    }
    let hash = account.and_then(|person| person.password_hash.clone());
    let verified = state.hasher.verify_and_renew(password, hash).await?;
    if !verified.fits {
        count_wrong(state, tried, now).await?;
    }
    Ok(verified)
}

/// Counts a wrong password, or a wrong code of the second factor.
pub(super) async fn count_wrong(state: &State, tried: &Tried, now: Instant) -> Result<()> {
    if !state.limiter.is_on() {
        return Ok(());
    }
    let tried = tried.clone();
    state
        .db
        .write(move |conn| actions::count_wrong(conn, &tried, now))
        .await
}

/// The caller's account, if this is its password. Tries count like those at log-in.
///
/// # Errors
/// `422` naming the password's field, `429` after too many tries.
pub(super) async fn proved<P, Q, B>(call: &Call<P, Q, B>, pointer: &str, password: &str) -> Result<Person> {
    let actor = call.actor;
    let person = call.state.db.read(move |conn| actions::account(conn, &actor)).await?;
    if person.password_hash.is_none() {
        let detail = "the account has no password yet; choose one by a password reset";
        return Err(Error::field(pointer, "wrong", detail));
    }
    let tried = Tried::of(person.email.as_str(), call.address.into());
    let verified = verified(&call.state, &tried, Some(&person), password.to_owned(), call.now).await?;
    match verified.fits {
        true => Ok(person),
        false => Err(Error::field(pointer, "wrong", "is not the password of this account")),
    }
}

/// The same with the second factor, of those who have one: for what neither a stolen session nor a stolen password must be
/// enough for.
///
/// # Errors
/// As [`proved`], and `401` for the second factor.
pub(super) async fn proved_with_otp<P, Q, B>(
    call: &Call<P, Q, B>,
    pointer: &str,
    password: &str,
    otp: Option<String>,
) -> Result<Person> {
    let person = proved(call, pointer, password).await?;
    second_factor_shown(call, person.id, otp).await?;
    Ok(person)
}

/// Asks a person for their second factor, if they have one.
///
/// # Errors
/// `401`, or `429` after too many wrong codes.
pub(super) async fn second_factor_shown<P, Q, B>(call: &Call<P, Q, B>, person: Id, otp: Option<String>) -> Result<()> {
    let (state, now) = (call.state.clone(), call.now);
    let asked = call
        .state
        .db
        .write(move |conn| actions::ask_second_factor(conn, person, &state.vault, otp.as_deref(), now));
    asked.await?.check()
}
