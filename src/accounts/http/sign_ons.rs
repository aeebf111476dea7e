//! Logging in with an account at an identity provider, and linking one.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sessions::{Tokens, Transport, tokens};
use crate::{
    accounts::{
        actions::{self, Admission, Returning},
        model::{SignOn, SignOnAttempt},
    },
    config::Config,
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant, Page, Secret, Url},
    providers::{Answer, Challenge, Identity, Provider, Providers},
    state::State,
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An identity provider that people can log in with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SignOnProvider")]
pub struct ProviderView {
    /// Send it as `provider`.
    id: String,
    /// What people call it: the text of a button.
    name: String,
}

/// With whom somebody wants to sign on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"provider": "github", "return_to": "https://app.example.org/signed-on"}))]
pub struct NewSignOn {
    /// The `id` of one of `GET /v1/auth/providers`.
    provider: String,
    /// The page of yours that the provider sends the browser back to, exactly as it is registered there.
    return_to: Url,
}

/// A sign-on that has begun.
#[derive(Serialize, JsonSchema)]
pub struct BegunSignOn {
    /// Send the browser there. It comes back to `return_to` with `code` and `state`, or with `error`.
    authorization_url: String,
    /// What `state` must be when the browser comes back.
    state: String,
    /// Keep it in this browser, for example in `sessionStorage`, and send it with the code: nobody without it can
    /// finish the sign-on.
    secret: String,
    /// Until when the sign-on can be finished.
    expires_at: Instant,
}

/// What the browser brought back from the provider.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "state": "kAHMJBHMNAiuUBYRSMxVsqYPIKWF9dWVUoQGlP6wLSU",
    "code": "SplxlOBeZQQYbYS6WxSbIA",
    "secret": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E",
}))]
pub struct SignOnRedemption {
    /// The query parameter `state` that the browser came back with.
    state: String,
    /// The query parameter `code`.
    #[schemars(length(min = 1, max = 4096))]
    code: String,
    /// The `secret` that the sign-on began with.
    secret: String,
    /// The query parameter `iss`, if there is one.
    #[serde(default)]
    iss: Option<String>,
    /// The code of the account's second factor, or a recovery code. Without it those who have one are answered
    /// `otp_required`; send the same again with it.
    #[serde(default)]
    otp: Option<String>,
    /// The code of an invitation to the address, where registration is closed and there is no account yet.
    #[serde(default)]
    invitation: Option<String>,
    /// How the session's tokens are handed over, if not in the answer.
    #[serde(default)]
    transport: Option<Transport>,
}

/// The same for a sign-on that is to be linked to the caller's account.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "state": "kAHMJBHMNAiuUBYRSMxVsqYPIKWF9dWVUoQGlP6wLSU",
    "code": "SplxlOBeZQQYbYS6WxSbIA",
    "secret": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E",
}))]
pub struct LinkRedemption {
    /// The query parameter `state` that the browser came back with.
    state: String,
    /// The query parameter `code`.
    #[schemars(length(min = 1, max = 4096))]
    code: String,
    /// The `secret` that the linking began with.
    secret: String,
    /// The query parameter `iss`, if there is one.
    #[serde(default)]
    iss: Option<String>,
}

/// An account at an identity provider that the caller can log in with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SignOn")]
pub struct SignOnView {
    /// The sign-on's id.
    id: Id,
    /// The provider's id; null if it is not offered any more.
    provider: Option<String>,
    /// What the provider is called, or its URL if it is not offered any more.
    name: String,
    /// The address that the provider had verified when the sign-on was last used.
    email: Option<Email>,
    /// Since when the caller can log in with it.
    created_at: Instant,
    /// When they last did.
    last_used_at: Instant,
}

impl SignOnView {
    fn of(sign_on: SignOn, providers: &Providers) -> Self {
        let provider = providers.at(&sign_on.provider);
        let provider = provider.as_ref();
        Self {
            id: sign_on.id,
            provider: provider.map(|provider| provider.id().to_owned()),
            name: provider.map_or(sign_on.provider, |provider| provider.name().to_owned()),
            email: sign_on.email,
            created_at: sign_on.created_at,
            last_used_at: sign_on.last_used_at,
        }
    }
}

/// `GET /v1/auth/providers`
pub async fn list_sign_on_providers(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<ProviderView>>> {
    call.page(Page::whole(providers(&call.state.providers)))
}

pub(super) fn providers(providers: &Providers) -> Vec<ProviderView> {
    let view = |provider: &Provider| ProviderView {
        id: provider.id().into(),
        name: provider.name().into(),
    };
    providers.iter().map(view).collect()
}

/// `POST /v1/auth/sign-ons`
pub async fn begin_sign_on(call: Call<NoPath, NoQuery, Json<NewSignOn>>) -> Result<Reply<BegunSignOn>> {
    begin(call, "/v1/auth/sign-ons/redemptions").await
}

/// `POST /v1/me/sign-ons`
pub async fn begin_sign_on_link(call: Call<NoPath, NoQuery, Json<NewSignOn>>) -> Result<Reply<BegunSignOn>> {
    begin(call, "/v1/me/sign-ons/redemptions").await
}

/// For a log-in, or for whose session it is.
async fn begin(call: Call<NoPath, NoQuery, Json<NewSignOn>>, location: &'static str) -> Result<Reply<BegunSignOn>> {
    let provider = call.state.providers.named(&call.body.provider).ok_or_else(|| {
        let detail = "must be the id of one of the service's identity providers";
        Error::field("/provider", "not_found", detail)
    })?;
    check_page(&call.state.config, &call.body.return_to)?;
    let (secret, return_to) = (Secret::new(), call.body.return_to.to_string());
    let challenge = Challenge::of(&secret.text, &return_to);
    let state = challenge.state.clone();
    let authorization_url = provider.clone().authorization_url(challenge).await?;
    call.write(move |conn, call| {
        let asked = (provider.url(), return_to.as_str());
        let expires_at = actions::begin_sign_on(conn, asked, &secret.hash, &call.actor, call.now)?;
        let begun = BegunSignOn {
            authorization_url: authorization_url.clone(),
            state: state.clone(),
            secret: secret.text.clone(),
            expires_at,
        };
        Reply::created(location, &begun)
    })
    .await
}

/// A code that came to somebody else's page would be theirs to redeem.
fn check_page(config: &Config, page: &Url) -> Result<()> {
    let wrong = |detail| Err(Error::field("/return_to", "invalid", detail));
    if page.as_str().contains('#') {
        return wrong("must not have a fragment (`#…`)");
    }
    match config.is_own_page(page.as_str()) {
        true => Ok(()),
        false => wrong(
            "must be a page of this service's public URL or of an origin that may call it; whoever runs this service \
             adds origins to PEERLED_CORS_ORIGINS",
        ),
    }
}

/// What came back, to be redeemed for a log-in or, of a linking, by whose session it is.
struct Back {
    state: String,
    secret: String,
    answer: Answer,
    person: Option<Id>,
}

impl Back {
    /// Takes the sign-on, and asks the provider who it is unless it has said so already. Whatever comes of it, the code
    /// is not redeemed a second time.
    async fn identified(self, state: &State, now: Instant) -> Result<(SignOnAttempt, Arc<Provider>, Identity)> {
        let Self {
            state: sent,
            secret,
            answer,
            person,
        } = self;
        if !(1..=4096).contains(&answer.code.len()) {
            let detail = "must be the query parameter `code` that the browser came back with";
            return Err(Error::field("/code", "invalid", detail));
        }
        let taken = state
            .db
            .write(move |conn| actions::take_attempt(conn, (&sent, &secret), person, now))
            .await?;
        let (attempt, challenge) = taken.ok_or_else(unknown)?;
        let provider = state.providers.at(&attempt.provider).ok_or_else(unknown)?;
        let identity = match actions::waiting(&attempt) {
            Some(identity) => identity,
            None => provider.clone().identify(challenge, answer, now).await?,
        };
        Ok((attempt, provider, identity))
    }
}

fn unknown() -> Error {
    let detail = "No sign-on waits for this `state` and `secret`: it was redeemed, has run out after ten minutes, or began \
                  elsewhere. Begin again.";
    Error::new(Code::InvalidSignOn, detail)
}

/// `POST /v1/auth/sign-ons/redemptions`
pub async fn redeem_sign_on(call: Call<NoPath, NoQuery, Json<SignOnRedemption>>) -> Result<Reply<Tokens>> {
    let (state, now, origin) = (call.state.clone(), call.now, call.origin());
    let session_name = actions::session_name(&call.user_agent)?;
    let SignOnRedemption {
        state: sent,
        code,
        secret,
        iss,
        otp,
        invitation,
        transport,
    } = call.body.0;
    let back = Back {
        state: sent,
        secret,
        answer: Answer { code, issuer: iss },
        person: None,
    };
    let entered = match back.identified(&state, now).await {
        Err(error) => Err(error),
        Ok((attempt, provider, identity)) => {
            let (entered, origin) = (state.clone(), origin.clone());
            let enter = state.db.write(move |conn| {
                let returning = Returning {
                    attempt: &attempt,
                    provider: &provider,
                    identity: &identity,
                    otp: otp.as_deref(),
                    session_name: &session_name,
                    origin: &origin,
                };
                let admission = Admission {
                    is_open: entered.config.open_registration,
                    invitation: invitation.as_deref(),
                };
                actions::sign_on(conn, &returning, &admission, &entered.vault, now)
            });
            enter.await
        }
    };
    match entered {
        Ok(logged_in) => {
            state.outbox_notifier.notify();
            tokens(&state, logged_in.granted()?, transport.unwrap_or(Transport::Body), now)
        }
        Err(error) => {
            let note =
                move |conn: &mut _| actions::note_session(conn, "redeem_sign_on_failed", None, None, &origin, now);
            state.db.write(note).await?;
            Err(error)
        }
    }
}

/// `GET /v1/me/sign-ons`
pub async fn list_my_sign_ons(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<SignOnView>>> {
    call.read(|conn, call| {
        let all = actions::sign_ons(conn, &call.actor)?.into_iter();
        let all = all.map(|sign_on| SignOnView::of(sign_on, &call.state.providers));
        call.page(Page::whole(all.collect()))
    })
    .await
}

/// Who the caller is at the provider that they come back from.
///
/// # Errors
/// `401` for what did not begin in their session, `502`, `503`.
pub(super) async fn returned<P, Q, B>(call: &Call<P, Q, B>, back: LinkRedemption) -> Result<(Arc<Provider>, Identity)> {
    let back = Back {
        state: back.state,
        secret: back.secret,
        answer: Answer {
            code: back.code,
            issuer: back.iss,
        },
        person: call.actor.person(),
    };
    let (_, provider, identity) = back.identified(&call.state, call.now).await?;
    Ok((provider, identity))
}

/// `POST /v1/me/sign-ons/redemptions`
pub async fn redeem_sign_on_link(call: Call<NoPath, NoQuery, Json<LinkRedemption>>) -> Result<Reply<SignOnView>> {
    let (provider, identity) = returned(&call, call.body.0.clone()).await?;
    call.write(move |conn, call| {
        let sign_on = actions::link(conn, &call.actor, &provider, &identity, call.now)?;
        let location = format!("/v1/me/sign-ons/{}", sign_on.id);
        Reply::created(location, &SignOnView::of(sign_on, &call.state.providers))
    })
    .await
}

/// `DELETE /v1/me/sign-ons/{id}`
pub async fn delete_my_sign_on(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let name = |url: &str| Some(call.state.providers.at(url)?.name().to_owned());
        actions::unlink(conn, &call.actor, call.path.id, name, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
