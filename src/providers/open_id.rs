//! OpenID Connect: the authorisation code flow (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC 7636).

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use url::Url;

use super::{
    cached::Cached,
    challenge::Challenge,
    client::{Answered, Client},
    failure::Failure,
    id_token::{self, Expected, Profile, Unfit},
    identity::{Answer, Identity},
};
use crate::{
    config::{ProviderSettings, is_secure},
    primitives::Instant,
};

/// How long metadata and keys are kept.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// Keys that lack the one that is asked for are fetched again, but not more often than this.
const FETCHED_AGAIN: Duration = Duration::from_secs(60);

/// An OpenID provider.
pub struct OpenId {
    settings: ProviderSettings,
    client: Client,
    metadata: Cached<Metadata>,
    keys: Cached<JwkSet>,
}

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3; RFC 9207).
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// An endpoint to which nothing can be sent that others must not read.
    fn insecure(&self) -> Option<&String> {
        let endpoints = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        let mut all = endpoints.into_iter().chain(&self.userinfo_endpoint);
        all.find(|url| !is_secure(url))
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: String,
}

/// A refusal (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl OpenId {
    pub fn new(settings: ProviderSettings, client: Client) -> Self {
        Self {
            settings,
            client,
            metadata: Cached::default(),
            keys: Cached::default(),
        }
    }

    pub fn authorization_url(&self, challenge: &Challenge) -> Result<String, Failure> {
        let metadata = self.metadata.get(KEPT, || self.discover())?;
        let mut url = Url::parse(&metadata.authorization_endpoint).map_err(|error| Failure::Odd(error.to_string()))?;
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &challenge.return_to),
            ("scope", "openid email profile"),
            ("state", &challenge.state),
            ("nonce", &challenge.nonce),
            ("code_challenge", &challenge.code_challenge()),
            ("code_challenge_method", "S256"),
        ]);
        Ok(url.into())
    }

    pub fn identify(&self, challenge: &Challenge, answer: &Answer, now: Instant) -> Result<Identity, Failure> {
        let metadata = self.metadata.get(KEPT, || self.discover())?;
        match &answer.issuer {
            Some(issuer) if *issuer != metadata.issuer => return Err(Failure::Refused),
            None if metadata.authorization_response_iss_parameter_supported => return Err(Failure::Refused),
            _ => {}
        }
        let tokens = self.exchange(&metadata, challenge, &answer.code)?;
        let claims = self.verify(&metadata, &tokens.id_token, challenge, now)?;
        let mut profile = claims.profile;
        if profile.email.is_none()
            && let Some(url) = &metadata.userinfo_endpoint
        {
            profile = self.user_info(url, &tokens.access_token, &claims.sub)?;
        }
        Ok(Identity {
            email: profile.verified_email(),
            names: profile.names(),
            has_second_factor: claims.amr.iter().any(|method| method == "mfa"),
            subject: claims.sub,
        })
    }

    fn discover(&self) -> Result<Metadata, Failure> {
        let issuer = &self.settings.url;
        let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let metadata: Metadata = self.client.get(&url, None)?.success("its metadata")?;
        if metadata.issuer != *issuer {
            let named: String = metadata.issuer.chars().take(200).collect();
            let cause = format!("its metadata name the issuer {named}; PEERLED_OIDC_ISSUER must be the same");
            return Err(Failure::Odd(cause));
        }
        match metadata.insecure() {
            Some(url) => {
                let named: String = url.chars().take(200).collect();
                Err(Failure::Odd(format!("its metadata name {named}, which is not https")))
            }
            None => Ok(metadata),
        }
    }

    fn exchange(&self, metadata: &Metadata, challenge: &Challenge, code: &str) -> Result<Tokens, Failure> {
        let ProviderSettings {
            client_id,
            client_secret,
            ..
        } = &self.settings;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &challenge.return_to),
            ("code_verifier", &challenge.verifier),
        ];
        // Basic is what there is where nothing is said (OpenID Connect Discovery 1.0, section 3).
        let takes = |method: &str| {
            let methods = metadata.token_endpoint_auth_methods_supported.as_ref();
            methods.is_some_and(|methods| methods.iter().any(|one| one == method))
        };
        let authorization = if takes("client_secret_post") && !takes("client_secret_basic") {
            form.extend([("client_id", client_id.as_str()), ("client_secret", client_secret)]);
            None
        } else {
            Some(basic(client_id, client_secret))
        };
        let answered = self.client.post(&metadata.token_endpoint, &form, authorization)?;
        match refusal(&answered) {
            Some(refusal) if refusal == "invalid_grant" => Err(Failure::Refused),
            Some(refusal) => Err(Failure::Odd(format!("the code was not exchanged: {refusal}"))),
            None => answered.success("the exchange of the code"),
        }
    }

    fn verify(
        &self,
        metadata: &Metadata,
        token: &str,
        challenge: &Challenge,
        now: Instant,
    ) -> Result<id_token::Claims, Failure> {
        let expected = Expected {
            issuer: &metadata.issuer,
            client_id: &self.settings.client_id,
            nonce: &challenge.nonce,
            now,
        };
        let fetch = || self.client.get(&metadata.jwks_uri, None)?.success("its keys");
        let verified = match id_token::verify(token, &*self.keys.get(KEPT, fetch)?, &expected) {
            Err(Unfit::Key) => id_token::verify(token, &*self.keys.get(FETCHED_AGAIN, fetch)?, &expected),
            verified => verified,
        };
        verified.map_err(|unfit| Failure::Odd(format!("the id token is refused: {unfit:?}")))
    }

    fn user_info(&self, url: &str, token: &str, subject: &str) -> Result<Profile, Failure> {
        #[derive(Deserialize)]
        struct UserInfo {
            sub: String,
            #[serde(flatten)]
            profile: Profile,
        }
        let info: UserInfo = self.client.get(url, Some(token))?.success("the user info")?;
        // It may be of somebody else (OpenID Connect Core 1.0, section 5.3.2).
        match info.sub == subject {
            true => Ok(info.profile),
            false => Err(Failure::Odd("the user info is of another subject".into())),
        }
    }
}

fn refusal(answered: &Answered) -> Option<String> {
    let is_refusal = matches!(answered.status, 400 | 401);
    let refusal = is_refusal
        .then(|| answered.json::<Refusal>("the refusal").ok())
        .flatten();
    refusal.map(|refusal| refusal.error.chars().take(60).collect())
}

/// Each part is encoded as in a form first (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let both = format!("{}:{}", encoded(id), encoded(secret));
    format!("Basic {}", STANDARD.encode(both))
}
