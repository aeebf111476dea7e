//! Proof that whoever asks is who they are: a password, and the second factor of those who have one.

use crate::{
    accounts::{actions, model::Person},
    error::{Error, Result},
    state::State,
    web::{self, Call},
};

/// Longer ones are nobody's, and are not worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Whether a password is that of an account, which may be nobody's: a try at an address is counted, and takes as long,
/// whether or not it has an account.
///
/// # Errors
/// `429` after too many tries, `503` while too many wait.
pub(super) async fn fits(
    state: &State,
    (tried, network): (web::Account, std::net::IpAddr),
    account: Option<&Person>,
    password: String,
) -> Result<bool> {
    if password.len() > LONGEST_PASSWORD {
        return Ok(false);
    }
    state.limiter.count_attempt(tried, network.into())?;
    let hash = account.map(|person| person.password_hash.clone());
    let fits = state.hasher.verify(password, hash).await?;
    if !fits {
        state.limiter.count_wrong_password(tried);
    }
    Ok(fits)
}

/// Asks somebody who is logged in for their password again, and for their second factor if they have one: for what a
/// stolen session must not be enough.
///
/// # Errors
/// `422` naming the password, `401` for the second factor, `429` after too many tries.
pub(super) async fn prove_again<P, Q, B>(call: &Call<P, Q, B>, password: String, otp: Option<String>) -> Result<()>
where
    P: Send + Sync + 'static,
    Q: Send + Sync + 'static,
    B: Send + Sync + 'static,
{
    let (state, actor, now) = (call.state.clone(), call.actor, call.now);
    let person = state.db.read(move |conn| actions::account(conn, &actor)).await?;
    let tried = (web::Account::tried(person.email.as_str()), call.address);
    if !fits(&state, tried, Some(&person), password).await? {
        return Err(Error::field(
            "/password",
            "wrong",
            "is not the password of this account",
        ));
    }
    let vault = state.clone();
    let asked = state
        .db
        .write(move |conn| actions::ask_second_factor(conn, person.id, &vault.vault, otp.as_deref(), now));
    asked.await?.check()
}
