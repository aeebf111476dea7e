//! Logging in with passkeys, and one's own.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::sessions::{Tokens, Transport, tokens};
use crate::{
    accounts::{
        actions::{self, LoggedIn, PasskeyHolder},
        model::{Passkey, PasskeyPatch},
        rules,
    },
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line, Page, Secret},
    state::State,
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Origin, Reply},
    webauthn::{Assertion, CreationOptions, NewCredential, Owner, Refusal, RelyingParty, RequestOptions},
};

/// A passkey that the caller can log in with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Passkey")]
pub struct PasskeyView {
    /// The passkey's id.
    id: Id,
    /// What its owner knows it by.
    name: Line,
    /// Since when the caller can log in with it.
    created_at: Instant,
    /// When they last did; null if they never have.
    last_used_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<Passkey> for PasskeyView {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.id,
            name: passkey.name,
            created_at: passkey.created_at,
            last_used_at: passkey.last_used_at,
            version: passkey.version,
        }
    }
}

/// A new passkey, as the browser has made it.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({
    "name": "My phone",
    "credential": {
        "id": "5mFNnU3MRrUZoIvYd0B7Ng",
        "response": {
            "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
            "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQ",
            "publicKey": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE",
        },
    },
}))]
pub struct PasskeyConfirmation {
    /// What to know it by, such as the device that it is on.
    name: Line,
    /// `toJSON()` of what `navigator.credentials.create()` gave.
    credential: NewCredential,
}

/// Who logs in with a passkey.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({
    "credential": {
        "id": "5mFNnU3MRrUZoIvYd0B7Ng",
        "response": {
            "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
            "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
            "signature": "MEUCIQDl3kVZ5c8xq9m1",
            "userHandle": "MGRzOHgydjRmbWcwMA",
        },
    },
}))]
pub struct PasskeyLogIn {
    /// `toJSON()` of what `navigator.credentials.get()` gave.
    credential: Assertion,
    /// How the session's tokens are handed over, if not in the answer.
    #[serde(default)]
    transport: Option<Transport>,
}

fn timeout() -> i64 {
    rules::PASSKEY_TIME.num_milliseconds()
}

/// `POST /v1/auth/passkeys`
pub async fn begin_passkey_log_in(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<RequestOptions>> {
    let party = RelyingParty::at(&call.state.config.public_url)?;
    call.write(move |conn, call| {
        let challenge = Secret::new();
        actions::begin_passkey_log_in(conn, &challenge, call.now)?;
        let options = RequestOptions::new(&party, challenge.text, timeout());
        Reply::created("/v1/auth/passkeys/log-ins", &options)
    })
    .await
}

/// `POST /v1/auth/passkeys/log-ins`
pub async fn log_in_with_passkey(call: Call<NoPath, NoQuery, Json<PasskeyLogIn>>) -> Result<Reply<Tokens>> {
    let (state, now, origin) = (call.state.clone(), call.now, call.origin());
    let session_name = actions::session_name(&call.user_agent)?;
    let PasskeyLogIn { credential, transport } = call.body.0;
    match enter(&state, credential, session_name, origin.clone(), now).await {
        Ok(logged_in) => tokens(&state, logged_in.granted()?, transport.unwrap_or(Transport::Body), now),
        Err(error) => {
            let operation = "log_in_with_passkey_failed";
            let note = move |conn: &mut _| actions::note_session(conn, operation, None, None, &origin, now);
            state.db.write(note).await?;
            Err(error)
        }
    }
}

async fn enter(
    state: &Arc<State>,
    credential: Assertion,
    session_name: Line,
    origin: Origin,
    now: Instant,
) -> Result<LoggedIn> {
    let party = RelyingParty::at(&state.config.public_url)?;
    let wrong = |why: String| Error::new(Code::InvalidPasskey, format!("`credential` {why}."));
    let refused = |refusal: Refusal| wrong(refusal.to_string());
    let challenge = credential
        .challenge(|page| state.config.is_own_page(page))
        .map_err(refused)?;
    take(state, challenge, None, now)
        .await?
        .ok_or_else(|| wrong(NO_CHALLENGE.into()))?;
    let login = credential.check(&party).map_err(refused)?;
    let vault = state.clone();
    let logged_in = state.db.write(move |conn| {
        let holder = PasskeyHolder {
            login: &login,
            session_name: &session_name,
            origin: &origin,
        };
        actions::log_in_with_passkey(conn, &holder, &vault.vault, now)
    });
    logged_in.await
}

/// What is said of an answer to a challenge that does not wait.
const NO_CHALLENGE: &str = "answers no challenge that waits for it: it was answered before, has run out after five minutes, \
                            or was made for something else. Begin again";

/// Takes the challenge that a browser has answered: nobody answers it again, whatever comes of it.
async fn take(state: &State, challenge: String, person: Option<Id>, now: Instant) -> Result<Option<()>> {
    let taken = state
        .db
        .write(move |conn| actions::take_passkey_challenge(conn, &challenge, person, now));
    Ok(taken.await?.then_some(()))
}

/// `POST /v1/me/passkeys`
pub async fn begin_passkey(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<CreationOptions>> {
    let party = RelyingParty::at(&call.state.config.public_url)?;
    call.write(move |conn, call| {
        let challenge = Secret::new();
        let (person, known) = actions::begin_passkey(conn, &call.actor, &challenge, call.now)?;
        let owner = Owner {
            handle: &person.id.to_string(),
            address: person.email.as_str(),
            name: person.name.as_str(),
        };
        let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
        let options = CreationOptions::new(&party, &owner, known, challenge.text, timeout());
        Reply::created("/v1/me/passkeys/confirmation", &options)
    })
    .await
}

/// `POST /v1/me/passkeys/confirmation`
pub async fn confirm_passkey(call: Call<NoPath, NoQuery, Json<PasskeyConfirmation>>) -> Result<Reply<PasskeyView>> {
    let party = RelyingParty::at(&call.state.config.public_url)?;
    let wrong = |why: &str| Error::field("/credential", "invalid", why);
    let refused = |refusal: Refusal| wrong(&refusal.to_string());
    let (state, credential) = (&call.state, &call.body.credential);
    let challenge = credential
        .challenge(|page| state.config.is_own_page(page))
        .map_err(refused)?;
    let person = call.actor.person();
    take(state, challenge, person, call.now)
        .await?
        .ok_or_else(|| wrong(NO_CHALLENGE))?;
    let new = credential.check(&party).map_err(refused)?;
    call.write(move |conn, call| {
        let passkey = actions::confirm_passkey(conn, &call.actor, &new, &call.body.name, call.now)?;
        let (location, version) = (format!("/v1/me/passkeys/{}", passkey.id), passkey.version);
        Ok(Reply::created(location, &PasskeyView::from(passkey))?.version(version))
    })
    .await
}

/// `GET /v1/me/passkeys`
pub async fn list_passkeys(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<PasskeyView>>> {
    call.read(|conn, call| {
        let all = actions::passkeys(conn, &call.actor)?;
        call.page(Page::whole(all).map(PasskeyView::from))
    })
    .await
}

/// `PATCH /v1/me/passkeys/{id}`
pub async fn change_passkey(call: Call<ById, NoQuery, Json<PasskeyPatch>>) -> Result<Reply<PasskeyView>> {
    call.write(|conn, call| {
        let patch = call.body.0.clone();
        let passkey = actions::rename_passkey(conn, &call.actor, call.path.id, patch, call.if_match)?;
        let version = passkey.version;
        Ok(Reply::ok(&PasskeyView::from(passkey))?.version(version))
    })
    .await
}

/// `DELETE /v1/me/passkeys/{id}`
pub async fn delete_passkey(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let offered = |url: &str| call.state.providers.at(url).is_some();
        actions::remove_passkey(conn, &call.actor, call.path.id, offered, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
