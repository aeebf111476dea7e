//! Accounts over HTTP.

mod operations;

pub use operations::operations;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    actions::{self, Exchange, Granted, Refreshed},
    keys::ACCESS_SECONDS,
    model::{AccountPatch, Person, Role},
    rules,
};
use crate::{
    error::{Code, Error, Result},
    primitives::{Email, GithubHandle, Id, Instant, Line},
    state::State,
    web::{self, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A new account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"}))]
pub struct NewAccount {
    /// The address to log in with and to get mail at. Stored in lower case.
    email: Email,
    /// What others call them.
    name: Line,
    /// 12 to 128 characters. Common passwords and one's own name or address are refused.
    #[schemars(length(min = 12, max = 128))]
    password: String,
    /// The code from an invitation's mail to this address. Required where registration is closed.
    #[serde(default)]
    invitation: Option<String>,
}

/// An account as its owner sees it.
#[derive(Serialize, JsonSchema)]
pub struct Account {
    /// The account's id; the same person has it everywhere.
    id: Id,
    /// The address they log in with. Others see it only in a roster's export.
    email: Email,
    /// What others call them.
    name: Line,
    /// User name on GitHub, without `@`.
    github: Option<GithubHandle>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When the account was opened.
    created_at: Instant,
}

impl From<Person> for Account {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            email: person.email,
            name: person.name,
            github: person.github,
            version: person.version,
            created_at: person.created_at,
        }
    }
}

/// `POST /v1/people`
pub async fn open_account(call: Call<NoPath, NoQuery, Json<NewAccount>>) -> Result<Reply<Account>> {
    let open = call.state.config.open_registration;
    let NewAccount {
        email,
        name,
        password,
        invitation,
    } = &call.body.0;
    let (address, code, now) = (email.clone(), invitation.clone(), call.now);
    // Before the work of hashing: whoever may not open an account shall not cost us any.
    call.state
        .db
        .read(move |conn| actions::may_register(conn, open, &address, code.as_deref(), now))
        .await?;
    rules::check_password(password, email, name).map_err(|why| Error::field("/password", "invalid", why))?;
    let hash = call.state.hasher.hash(password.clone()).await?;
    call.write(move |conn, call| {
        let person = actions::register(conn, &call.body.email, &call.body.name, &hash, call.now)?;
        let version = person.version;
        Ok(Reply::created("/v1/me", &Account::from(person))?.version(version))
    })
    .await
}

/// Who logs in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org", "password": "weaver lamp orbit"}))]
pub struct Credentials {
    /// The account's address. Any text is accepted; an unknown address is answered like a wrong password.
    email: String,
    /// The account's password.
    password: String,
}

/// How to go on with a session.
#[derive(Serialize, JsonSchema)]
pub struct Tokens {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: String,
    /// Seconds until the access token expires.
    expires_in: i64,
    /// Exchange it at `POST /v1/auth/refresh` for the next pair of tokens. If that answer is lost, the same token sent
    /// again within 30 seconds gives the same successor.
    refresh_token: String,
}

fn tokens(state: &State, granted: Granted, now: Instant) -> Result<Reply<Tokens>> {
    Reply::ok(&Tokens {
        access_token: state.keys.sign(granted.person, granted.session, now)?,
        token_type: "Bearer".into(),
        expires_in: ACCESS_SECONDS,
        refresh_token: granted.refresh_token,
    })
}

/// `POST /v1/auth/login`
pub async fn log_in(call: Call<NoPath, NoQuery, Json<Credentials>>) -> Result<Reply<Tokens>> {
    let wrong = || {
        Error::new(
            Code::InvalidCredentials,
            "Check the address and the password, and try again.",
        )
    };
    let (origin, now) = (call.origin(), call.now);
    let Credentials { email, password } = call.body.0;
    if password.len() > 1024 {
        return Err(wrong());
    }
    let tried = web::Account::tried(&email);
    call.state.limiter.count_attempt(tried, call.address.into())?;
    let found = match Email::parse(&email) {
        Ok(email) => {
            call.state
                .db
                .read(move |conn| actions::with_address(conn, &email))
                .await?
        }
        Err(_) => None,
    };
    let known = found.filter(|person| person.disabled_at.is_none());
    let fits = call
        .state
        .hasher
        .verify(password, known.as_ref().map(|person| person.password_hash.clone()))
        .await?;
    let who = known.map(|person| person.id);
    let logged_in = call.state.db.write(move |conn| {
        let Some(person) = who.filter(|_| fits) else {
            actions::note_session(conn, "log_in_failed", who, None, &origin, now)?;
            return Ok(None);
        };
        let granted = actions::begin_session(conn, person, now)?;
        actions::note_session(conn, "log_in", who, Some(granted.session), &origin, now)?;
        Ok(Some(granted))
    });
    let Some(granted) = logged_in.await? else {
        call.state.limiter.count_wrong_password(tried);
        return Err(wrong());
    };
    tokens(&call.state, granted, now)
}

/// A refresh token.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"refresh_token": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct Refresh {
    /// The refresh token of the latest log-in or refresh.
    refresh_token: String,
}

/// `POST /v1/auth/refresh`
pub async fn refresh_session(call: Call<NoPath, NoQuery, Json<Refresh>>) -> Result<Reply<Tokens>> {
    let (state, now, origin) = (call.state.clone(), call.now, call.origin());
    let token = call.body.0.refresh_token;
    let exchange = state.clone();
    let refreshed = state.db.write(move |conn| {
        let how = Exchange {
            key: exchange.keys.secret(),
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
        Refreshed::Granted(granted) => tokens(&state, granted, now),
        Refreshed::Reused { .. } | Refreshed::Refused => Err(Error::new(Code::InvalidRefreshToken, "Log in again.")),
    }
}

/// `POST /v1/auth/logout`
pub async fn log_out(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::log_out(conn, &call.actor, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// The caller.
#[derive(Serialize, JsonSchema)]
pub struct Me {
    #[serde(flatten)]
    account: Account,
    /// What the caller is, and where.
    roles: Vec<Role>,
}

fn me_reply((person, roles): (Person, Vec<Role>)) -> Result<Reply<Me>> {
    let version = person.version;
    Ok(Reply::ok(&Me {
        account: person.into(),
        roles,
    })?
    .version(version))
}

/// `GET /v1/me`
pub async fn get_me(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Me>> {
    call.read(|conn, call| me_reply(actions::me(conn, &call.actor, call.now)?))
        .await
}

/// `PATCH /v1/me`
pub async fn change_me(call: Call<NoPath, NoQuery, Json<AccountPatch>>) -> Result<Reply<Me>> {
    call.write(|conn, call| {
        me_reply(actions::change_me(
            conn,
            &call.actor,
            call.body.0.clone(),
            call.if_match,
            call.now,
        )?)
    })
    .await
}
