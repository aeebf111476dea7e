//! Logging in, going on, logging out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::proof;
use crate::{
    accounts::{
        actions::{self, Asked, Candidate, Exchange, Granted, LoggedIn, Refreshed, Tried},
        keys::ACCESS_SECONDS,
    },
    error::{Code, Error, Result},
    primitives::{Email, Instant, text_enum},
    state::State,
    web::{Call, Json, NoBody, NoPath, NoQuery, OptionalJson, Reply},
};

/// Who logs in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org", "password": "weaver lamp orbit"}))]
pub struct Credentials {
    /// The account's address. Any text is accepted; an unknown address is answered like a wrong password.
    email: String,
    /// The account's password.
    password: String,
    /// The six digits that the authenticator app shows now, or a recovery code. Required of those who have a second
    /// factor: without it, they are answered `otp_required` once the password is right.
    #[serde(default)]
    otp: Option<String>,
    /// How to carry the session: `body` for tokens in the answer, `cookie` for a web page that leaves them to the browser.
    /// `body` if left out.
    #[serde(default)]
    transport: Option<Transport>,
}

text_enum! {
    /// How the tokens of a session are handed over.
    pub enum Transport {
        /// In the answer; the client keeps them and sends them.
        Body = "body",
        /// In cookies, which no script can read; the browser keeps and sends them.
        Cookie = "cookie",
    }
}

/// How to go on with a session.
#[derive(Serialize, JsonSchema)]
pub struct Tokens {
    /// Send it as `Authorization: Bearer …`. Left out where the session is kept in cookies.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    /// Always `Bearer`.
    token_type: String,
    /// Seconds until the access token expires.
    expires_in: i64,
    /// Exchange it at `POST /v1/auth/refresh` for the next pair of tokens. If that answer is lost, the same token sent
    /// again within 30 seconds gives the same successor. Left out where the session is kept in cookies.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

pub(super) fn tokens(state: &State, granted: Granted, transport: Transport, now: Instant) -> Result<Reply<Tokens>> {
    let access = state.keys.sign(granted.person, granted.session, now)?;
    let in_body = |token: &str| (transport == Transport::Body).then(|| token.to_owned());
    let reply = Reply::ok(&Tokens {
        access_token: in_body(&access),
        token_type: "Bearer".into(),
        expires_in: ACCESS_SECONDS,
        refresh_token: in_body(&granted.refresh_token),
    })?;
    Ok(match transport {
        Transport::Body => reply,
        Transport::Cookie => {
            let refresh = (granted.refresh_token.as_str(), actions::SESSION.num_seconds());
            reply.session_cookies(&state.config, (&access, ACCESS_SECONDS), refresh)
        }
    })
}

/// `POST /v1/auth/login`
pub async fn log_in(call: Call<NoPath, NoQuery, Json<Credentials>>) -> Result<Reply<Tokens>> {
    let (state, origin, now) = (call.state.clone(), call.origin(), call.now);
    let session_name = actions::session_name(&call.user_agent)?;
    let Credentials {
        email,
        password,
        otp,
        transport,
    } = call.body.0;
    let tried = Tried::of(&email, call.address.into());
    let found = match Email::parse(&email) {
        Ok(email) => state.db.read(move |conn| actions::with_address(conn, &email)).await?,
        Err(_) => None,
    };
    let verified = proof::verified(&state, &tried, found.as_ref(), password, now).await?;
    let is_disabled = found.as_ref().is_some_and(|person| person.disabled_at.is_some());
    if verified.fits && is_disabled {
        let detail = "The account was disabled by whoever runs this service. Ask them, or the staff of your campus.";
        return Err(Error::new(Code::AccountDisabled, detail));
    }
    let (person, vault) = (found.as_ref().map(|person| person.id), state.clone());
    let hash = found.and_then(|person| person.password_hash);
    let logged_in = state.db.write(move |conn| {
        let candidate = Candidate {
            operation: "log_in",
            person,
            knows_password: verified.fits,
            password_hash: hash.as_deref(),
            renewed: verified.renewed.as_ref(),
            has_second_factor: false,
            otp: otp.as_deref(),
            session_name: &session_name,
            origin: &origin,
        };
        actions::log_in(conn, &candidate, &vault.vault, now)
    });
    let logged_in = logged_in.await?;
    if matches!(logged_in, LoggedIn::NotYet(Asked::Wrong)) {
        proof::count_wrong(&state, &tried, now).await?;
    }
    tokens(&state, logged_in.granted()?, transport.unwrap_or(Transport::Body), now)
}

/// A refresh token.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"refresh_token": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct Refresh {
    /// The refresh token of the latest log-in or refresh. Left out where the session is kept in cookies.
    #[serde(default)]
    refresh_token: Option<String>,
}

/// `POST /v1/auth/refresh`
pub async fn refresh_session(call: Call<NoPath, NoQuery, OptionalJson<Refresh>>) -> Result<Reply<Tokens>> {
    let (state, now, origin) = (call.state.clone(), call.now, call.origin());
    let (token, transport) = match (&call.body.refresh_token, call.refresh_cookie()) {
        (Some(token), _) => (token.clone(), Transport::Body),
        (None, cookie) => (cookie?.ok_or_else(no_refresh_token)?, Transport::Cookie),
    };
    let exchange = state.clone();
    let refreshed = state.db.write(move |conn| {
        let how = Exchange {
            key: exchange.vault.secret(),
            grace: exchange.config.refresh_grace,
        };
        let refreshed = actions::refresh(conn, &token, &how, now)?;
        let (operation, person, session) = match &refreshed {
            Refreshed::Granted(granted) => ("refresh_session", granted.person, granted.session),
            Refreshed::Reused { person, session } => ("refresh_token_reused", *person, *session),
            Refreshed::Refused => return Ok(refreshed),
        };
        actions::note_session(conn, operation, Some(person), Some(session), &origin, now)?;
        Ok(refreshed)
    });
    match refreshed.await? {
        Refreshed::Granted(granted) => tokens(&state, granted, transport, now),
        Refreshed::Reused { .. } | Refreshed::Refused => Err(Error::new(Code::InvalidRefreshToken, "Log in again.")),
    }
}

fn no_refresh_token() -> Error {
    let detail = "must be sent, unless the session is kept in cookies";
    Error::field("/refresh_token", "required", detail)
}

/// `POST /v1/auth/logout`
pub async fn log_out(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let cookie = call.refresh_cookie();
        match call.actor.person() {
            Some(_) => actions::log_out(conn, &call.actor, call.now)?,
            None => match cookie.clone()? {
                Some(token) => actions::log_out_by(conn, &token, call.now)?,
                None => actions::log_out(conn, &call.actor, call.now)?,
            },
        }
        let reply = Reply::no_content();
        Ok(match cookie {
            Ok(None) => reply,
            _ => reply.no_session_cookies(&call.state.config),
        })
    })
    .await
}
