//! GitHub's OAuth, with PKCE (RFC 7636). It is no OpenID provider: who somebody is, and which addresses it has verified,
//! its API says.

use serde::Deserialize;
use url::Url;

use super::{
    challenge::Challenge,
    client::Client,
    failure::Failure,
    identity::{Answer, Identity},
};
use crate::{config::ProviderSettings, primitives::Email};

/// Addresses that GitHub makes up for commits: no mail reaches them.
const MADE_UP: &str = "@users.noreply.github.com";

/// GitHub, or a GitHub Enterprise Server.
pub struct Github {
    settings: ProviderSettings,
    client: Client,
    api: String,
}

/// A refusal has the status of a success.
#[derive(Deserialize)]
struct Exchanged {
    access_token: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

impl Github {
    pub fn new(settings: ProviderSettings, client: Client) -> Self {
        let api = match settings.url.as_str() {
            "https://github.com" => "https://api.github.com".into(),
            url => format!("{url}/api/v3"),
        };
        Self { settings, client, api }
    }

    pub fn authorization_url(&self, challenge: &Challenge) -> Result<String, Failure> {
        let url = format!("{}/login/oauth/authorize", self.settings.url);
        let mut url = Url::parse(&url).map_err(|error| Failure::Odd(error.to_string()))?;
        url.query_pairs_mut().extend_pairs([
            ("client_id", self.settings.client_id.as_str()),
            ("redirect_uri", &challenge.return_to),
            ("scope", "user:email"),
            ("state", &challenge.state),
            ("code_challenge", &challenge.code_challenge()),
            ("code_challenge_method", "S256"),
        ]);
        Ok(url.into())
    }

    pub fn identify(&self, challenge: &Challenge, answer: &Answer) -> Result<Identity, Failure> {
        let url = &self.settings.url;
        if let Some(issuer) = &answer.issuer
            && issuer != url
            && *issuer != format!("{url}/login/oauth")
        {
            return Err(Failure::Refused);
        }
        let token = self.exchange(challenge, &answer.code)?;
        let get = |path: &str| self.client.get(&format!("{}{path}", self.api), Some(&token));
        let user: User = get("/user")?.success("the user")?;
        let mut addresses: Vec<Address> = get("/user/emails")?.success("the user's addresses")?;
        addresses.sort_by_key(|address| !address.primary);
        let verified = addresses.iter().filter(|address| address.verified);
        let mut emails = verified.filter_map(|address| Email::parse(&address.email).ok());
        Ok(Identity {
            subject: user.id.to_string(),
            email: emails.find(|email| !email.as_str().ends_with(MADE_UP)),
            names: user.name.into_iter().chain([user.login]).collect(),
            has_second_factor: false,
        })
    }

    fn exchange(&self, challenge: &Challenge, code: &str) -> Result<String, Failure> {
        let url = format!("{}/login/oauth/access_token", self.settings.url);
        let form = [
            ("client_id", self.settings.client_id.as_str()),
            ("client_secret", &self.settings.client_secret),
            ("code", code),
            ("redirect_uri", &challenge.return_to),
            ("code_verifier", &challenge.verifier),
        ];
        let what = "the exchange of the code";
        let exchanged: Exchanged = self.client.post(&url, &form, None)?.success(what)?;
        match (exchanged.access_token, exchanged.error.as_deref()) {
            (Some(token), _) => Ok(token),
            (None, Some("bad_verification_code")) => Err(Failure::Refused),
            (None, error) => {
                let error: String = error.unwrap_or("no token").chars().take(60).collect();
                Err(Failure::Odd(format!("{what}: {error}")))
            }
        }
    }
}
