//! The settings for identity providers.

use url::{Host, Url};

use super::values::{listed, wrong};

/// Where people may log in with an account that they have elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderSettings {
    /// What callers name it by, such as `keycloak`.
    pub id: String,
    /// What people read on the button.
    pub name: String,
    /// How to speak to it.
    pub protocol: Protocol,
    /// Its issuer; of a GitHub the URL of its pages.
    pub url: String,
    /// Who we are there.
    pub client_id: String,
    /// How we prove it.
    pub client_secret: String,
}

/// How to speak to an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// OpenID Connect.
    OpenId,
    /// GitHub's OAuth.
    Github,
}

/// The settings as they are given.
pub(super) struct Given {
    pub oidc_issuer: Option<String>,
    pub oidc_client_id: Option<String>,
    pub oidc_client_secret: Option<String>,
    pub oidc_name: Option<String>,
    pub github_client_id: Option<String>,
    pub github_client_secret: Option<String>,
    pub github_url: Option<String>,
}

const GITHUB: &str = "https://github.com";

impl Given {
    pub fn check(self) -> Result<Vec<ProviderSettings>, String> {
        let mut providers = self.open_id()?;
        providers.extend(self.github()?);
        for (at, provider) in providers.iter().enumerate() {
            if providers.iter().take(at).any(|other| other.id == provider.id) {
                let why = "must give each provider another name, and none of them `GitHub` where GitHub is set up too";
                return Err(wrong("OIDC_NAME", provider.name.clone(), why));
            }
        }
        Ok(providers)
    }

    fn open_id(&self) -> Result<Vec<ProviderSettings>, String> {
        let issuers = listed(self.oidc_issuer.as_deref());
        if issuers.is_empty() {
            let lone = [&self.oidc_client_id, &self.oidc_client_secret, &self.oidc_name];
            if lone.into_iter().any(Option::is_some) {
                let why = "must be set where the other PEERLED_OIDC_… settings are: it is the provider's URL";
                return Err(wrong("OIDC_ISSUER", String::new(), why));
            }
            return Ok(Vec::new());
        }
        let hosts = issuers.iter().map(|issuer| host_of_issuer(issuer));
        let hosts = hosts.collect::<Result<Vec<_>, _>>()?;
        let ids = each(&issuers, "OIDC_CLIENT_ID", self.oidc_client_id.as_deref())?;
        let secrets = each(&issuers, "OIDC_CLIENT_SECRET", self.oidc_client_secret.as_deref())?;
        let names = match &self.oidc_name {
            Some(names) => each(&issuers, "OIDC_NAME", Some(names))?,
            None => hosts,
        };
        let clients = ids.into_iter().zip(secrets);
        let all = issuers.into_iter().zip(clients).zip(names);
        Ok(all
            .map(|((url, (client_id, client_secret)), name)| ProviderSettings {
                id: id_of(&name),
                name,
                protocol: Protocol::OpenId,
                url,
                client_id,
                client_secret,
            })
            .collect())
    }

    fn github(&self) -> Result<Option<ProviderSettings>, String> {
        let url = self.github_url.as_deref().unwrap_or(GITHUB).trim_end_matches('/');
        if !is_secure(url) {
            return Err(wrong("GITHUB_URL", url.into(), NOT_SECURE));
        }
        let missing = |name| {
            wrong(
                name,
                String::new(),
                "must be set where the other PEERLED_GITHUB_… settings are",
            )
        };
        match (&self.github_client_id, &self.github_client_secret) {
            (Some(id), Some(secret)) => Ok(Some(ProviderSettings {
                id: "github".into(),
                name: "GitHub".into(),
                protocol: Protocol::Github,
                url: url.into(),
                client_id: id.clone(),
                client_secret: secret.clone(),
            })),
            (None, None) if self.github_url.is_none() => Ok(None),
            (None, _) => Err(missing("GITHUB_CLIENT_ID")),
            (Some(_), None) => Err(missing("GITHUB_CLIENT_SECRET")),
        }
    }
}

const NOT_SECURE: &str = "must be a URL that begins with https:// (http:// only on this machine)";

/// Whether what is sent there can be read by nobody else: over TLS, or on this machine.
pub fn is_secure(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.scheme() == "https" || url.scheme() == "http" && is_here
}

/// The host of an issuer, which has neither query nor fragment (OpenID Connect Discovery 1.0).
fn host_of_issuer(issuer: &str) -> Result<String, String> {
    let url = Url::parse(issuer).ok().filter(|url| {
        let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        bare && is_secure(issuer)
    });
    let host = url.as_ref().and_then(Url::host_str).map(Into::into);
    host.ok_or_else(|| wrong("OIDC_ISSUER", issuer.into(), NOT_SECURE))
}

/// A value for each issuer. Where there is one issuer, the value may hold commas.
fn each(issuers: &[String], name: &str, value: Option<&str>) -> Result<Vec<String>, String> {
    let values = match (issuers, value) {
        ([_], Some(value)) => vec![value.trim().to_owned()],
        _ => listed(value),
    };
    if values.len() == issuers.len() {
        return Ok(values);
    }
    // The value may be a secret.
    let why = "must have a value for each of PEERLED_OIDC_ISSUER, in the same order, separated by commas";
    Err(wrong(name, "…".into(), why))
}

/// A name for requests, of letters, digits and hyphens.
fn id_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let id = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    if id.is_empty() { "oidc".into() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(issuer: &str, id: &str, secret: &str, name: Option<&str>) -> Given {
        Given {
            oidc_issuer: Some(issuer.into()),
            oidc_client_id: Some(id.into()),
            oidc_client_secret: Some(secret.into()),
            oidc_name: name.map(Into::into),
            github_client_id: None,
            github_client_secret: None,
            github_url: None,
        }
    }

    #[test]
    fn several_providers_are_told_in_one_order() {
        let both = given(
            "https://a.example/realms/x, https://b.example/",
            "one,two",
            "s,t",
            Some("Our School, Ö"),
        );
        let providers = both.check().unwrap();
        let told: Vec<[&str; 5]> = providers
            .iter()
            .map(|p| [&p.id, &p.name, &p.url, &p.client_id, &p.client_secret].map(String::as_str))
            .collect();
        assert_eq!(
            told,
            [
                ["our-school", "Our School", "https://a.example/realms/x", "one", "s"],
                ["oidc", "Ö", "https://b.example/", "two", "t"],
            ]
        );
        let one = given("https://login.example.org", "id", "a,secret", None)
            .check()
            .unwrap();
        assert_eq!(
            (one[0].id.as_str(), one[0].client_secret.as_str()),
            ("login-example-org", "a,secret")
        );
    }

    #[test]
    fn a_github_is_that_of_everybody_unless_another_is_named() {
        let github = |url: Option<&str>| Given {
            oidc_issuer: None,
            oidc_client_id: None,
            oidc_client_secret: None,
            oidc_name: None,
            github_client_id: Some("id".into()),
            github_client_secret: Some("secret".into()),
            github_url: url.map(Into::into),
        };
        assert_eq!(github(None).check().unwrap()[0].url, "https://github.com");
        assert_eq!(
            github(Some("https://git.example.org/")).check().unwrap()[0].url,
            "https://git.example.org"
        );
        assert!(github(Some("http://git.example.org")).check().is_err());
    }

    #[test]
    fn what_does_not_go_together_is_named() {
        let lone = Given {
            oidc_issuer: None,
            ..given("", "id", "secret", None)
        };
        assert!(lone.check().unwrap_err().starts_with("PEERLED_OIDC_ISSUER: "));
        let two = "https://a.example,https://b.example";
        for (given, name) in [
            (given(two, "one", "s,t", None), "OIDC_CLIENT_ID"),
            (given(two, "one,two", "s", None), "OIDC_CLIENT_SECRET"),
            (given(two, "one,two", "s,t", Some("A")), "OIDC_NAME"),
            (given(two, "one,two", "s,t", Some("Same, same")), "OIDC_NAME"),
            (given("http://a.example", "id", "s", None), "OIDC_ISSUER"),
            (given("https://a.example?x", "id", "s", None), "OIDC_ISSUER"),
        ] {
            let sentence = given.check().unwrap_err();
            assert!(sentence.starts_with(&format!("PEERLED_{name}: ")), "{sentence}");
        }
        for here in [
            "http://localhost:8080",
            "http://127.0.0.1:1/x",
            "http://[::1]:2",
            "https://x",
        ] {
            assert!(is_secure(here), "{here}");
        }
        for elsewhere in [
            "http://localhost.example",
            "ftp://x",
            "x",
            "http://10.0.0.1",
            "https://",
        ] {
            assert!(!is_secure(elsewhere), "{elsewhere}");
        }
    }
}
