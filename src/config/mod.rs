//! Flags, environment and an optional file, in that order, into one typed [`Config`].
//!
//! Everything is looked at once, at the start: a wrong value stops the process with a sentence that
//! names it.

mod check;
mod mail;
mod settings;
mod sign_on;
mod values;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chrono::TimeDelta;

pub use mail::MailRoute;
pub use settings::{Settings, unknown_variables};
pub use sign_on::{Protocol, ProviderSettings, is_secure};

use crate::{authz::RequireSecondFactor, db};

/// The settings, looked at.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data lies.
    pub database_url: db::Url,
    /// Where to listen.
    pub bind: SocketAddr,
    /// Where to serve the metrics, if anywhere.
    pub metrics_bind: Option<SocketAddr>,
    /// For the database file and the signing keys.
    pub data_dir: PathBuf,
    /// Without a slash at the end.
    pub public_url: String,
    /// Exact origins of browser clients.
    pub cors_origins: Vec<String>,
    /// Whether pages on this machine may call from any port: only in the demonstration.
    pub cors_localhost: bool,
    /// Whether the console is served.
    pub console: bool,
    /// Whether requests are counted and limited.
    pub rate_limit: bool,
    /// Where mail is handed over, a [`MailRoute`]; `None` keeps it in the outbox.
    pub smtp_url: Option<String>,
    /// Who mail comes from.
    pub mail_from: String,
    /// How to log.
    pub log: Log,
    /// Whether anybody may open an account.
    pub open_registration: bool,
    /// Of whom a second factor is required.
    pub require_second_factor: RequireSecondFactor,
    /// How long a refresh token that comes again gives the same successor.
    pub refresh_grace: TimeDelta,
    /// How long to go on serving after having been told to stop.
    pub drain: Duration,
    /// How long a request may then go on.
    pub stop_timeout: Duration,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Hosts, with or without a port, that webhooks may be sent to although they are not on the public internet.
    pub webhook_hosts: Vec<String>,
    /// PEM of the signing key, if it does not lie in the data folder.
    pub signing_key: Option<String>,
    /// Where people may log in with an account that they have elsewhere.
    pub providers: Vec<ProviderSettings>,
}

/// The form of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// One JSON object a line, for machines.
    pub json: bool,
    /// As `tracing` filters: `info,peerled=debug`.
    pub filter: String,
}

impl Config {
    /// The path of the public URL, without a slash at its end: empty, or such as `/peerled`.
    pub fn base_path(&self) -> &str {
        let (_, rest) = self.public_url.split_once("://").unwrap_or_default();
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
    }

    /// Whether a page is one of our own: of the public URL, or of an origin that may call us.
    pub fn is_own_page(&self, url: &str) -> bool {
        let origin = |url: &str| url::Url::parse(url).ok().map(|url| url.origin());
        let Some(asked) = origin(url).filter(url::Origin::is_tuple) else {
            return false;
        };
        let own = self.cors_origins.iter().chain([&self.public_url]);
        own.filter_map(|own| origin(own)).any(|own| own == asked)
            || self.cors_localhost && is_localhost(&asked.ascii_serialization())
    }

    fn write_providers(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |protocol| {
            self.providers
                .iter()
                .filter(move |provider| provider.protocol == protocol)
        };
        let listed = |value: fn(&ProviderSettings) -> &str| {
            let values: Vec<&str> = of(Protocol::OpenId).map(value).collect();
            values.join(",")
        };
        if of(Protocol::OpenId).next().is_some() {
            writeln!(f, "oidc_issuer = {:?}", listed(|provider| &provider.url))?;
            writeln!(f, "oidc_client_id = {:?}", listed(|provider| &provider.client_id))?;
            writeln!(f, "oidc_client_secret = {:?}", listed(|_| "<redacted>"))?;
            writeln!(f, "oidc_name = {:?}", listed(|provider| &provider.name))?;
        }
        for github in of(Protocol::Github) {
            writeln!(f, "github_client_id = {:?}", github.client_id)?;
            writeln!(f, "github_client_secret = \"<redacted>\"")?;
            writeln!(f, "github_url = {:?}", github.url)?;
        }
        Ok(())
    }
}

/// Whether this is an origin on the same machine, at any port.
pub fn is_localhost(origin: &str) -> bool {
    let host = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    let is_port =
        |port: &str| port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    host.is_some_and(|host| {
        let known = ["localhost", "127.0.0.1", "[::1]"];
        known.iter().any(|name| host.strip_prefix(name).is_some_and(is_port))
    })
}

impl Config {
    /// Whether clients reach this service over TLS alone.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host of the public URL, such as `api.example.org`.
    pub fn host(&self) -> String {
        let url = url::Url::parse(&self.public_url).ok();
        url.and_then(|url| url.host_str().map(Into::into)).unwrap_or_default()
    }
}

impl std::fmt::Display for Config {
    /// As a file that could be given back, with secrets replaced by `<redacted>`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let database = match &self.database_url {
            db::Url::Sqlite(path) => format!("sqlite://{}", path.display()),
            db::Url::Postgres(url) => url_without_password(url),
        };
        let on = |yes: bool, a: &'static str, b: &'static str| if yes { a } else { b };
        writeln!(f, "database_url = {database:?}")?;
        writeln!(f, "bind = \"{}\"", self.bind)?;
        if let Some(address) = &self.metrics_bind {
            writeln!(f, "metrics_bind = \"{address}\"")?;
        }
        writeln!(f, "data_dir = {:?}", self.data_dir.display().to_string())?;
        writeln!(f, "public_url = {:?}", self.public_url)?;
        writeln!(f, "cors_origins = {:?}", self.cors_origins.join(","))?;
        writeln!(f, "console = \"{}\"", on(self.console, "on", "off"))?;
        writeln!(f, "rate_limit = \"{}\"", on(self.rate_limit, "on", "off"))?;
        if let Some(url) = &self.smtp_url {
            writeln!(f, "smtp_url = {:?}", url_without_password(url))?;
        }
        writeln!(f, "mail_from = {:?}", self.mail_from)?;
        writeln!(
            f,
            "log = \"{},{}\"",
            on(self.log.json, "json", "human"),
            self.log.filter
        )?;
        writeln!(f, "registration = \"{}\"", on(self.open_registration, "open", "closed"))?;
        let required = self.require_second_factor.as_str();
        writeln!(f, "require_second_factor = \"{required}\"")?;
        writeln!(f, "refresh_grace = {:?}", self.refresh_grace.num_seconds().to_string())?;
        writeln!(f, "drain = {:?}", self.drain.as_secs().to_string())?;
        writeln!(f, "stop_timeout = {:?}", self.stop_timeout.as_secs().to_string())?;
        let proxies: Vec<String> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        writeln!(f, "trusted_proxies = {:?}", proxies.join(","))?;
        writeln!(f, "webhook_hosts = {:?}", self.webhook_hosts.join(","))?;
        if self.signing_key.is_some() {
            writeln!(f, "signing_key = \"<redacted>\"")?;
        }
        self.write_providers(f)
    }
}

fn url_without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.into();
    };
    match rest.rsplit_once('@') {
        Some((user, host)) if user.contains(':') => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:<redacted>@{host}")
        }
        _ => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_redacted() {
        assert_eq!(
            url_without_password("postgres://me:pw@h/db"),
            "postgres://me:<redacted>@h/db"
        );
        assert_eq!(url_without_password("postgres://me@h/db"), "postgres://me@h/db");
    }
}
