//! Flags, environment and an optional file, in that order, into one typed [`Config`].
//!
//! Everything is looked at once, at the start: a wrong value stops the process with a sentence that
//! names it.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chrono::TimeDelta;
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::db;

/// The settings as they may be given: every one a flag, a `PEERLED_…` variable or a key of the file.
#[derive(Args, Clone, Debug, Default, Serialize)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// TOML file with these settings in lower case, such as `bind = "0.0.0.0:8080"`
    #[arg(long, env = "PEERLED_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// `sqlite://PATH` or `postgres://USER@HOST/DATABASE` [default: a SQLite file in the data folder]
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,

    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bind: Option<String>,

    /// Address and port to serve `/metrics` on, for Prometheus; without it nobody can read them
    #[arg(long, value_name = "ADDRESS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_bind: Option<String>,

    /// Folder for the database and the signing keys [default: data]
    #[arg(long, value_name = "FOLDER", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<String>,

    /// The URL under which clients reach this service [default: http:// and the address]
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,

    /// Origins of browser clients, separated by commas, such as `https://app.example.org`
    #[arg(long, value_name = "ORIGINS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors_origins: Option<String>,

    /// `on` or `off` [default: on]
    #[arg(long, value_name = "SWITCH", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,

    /// `smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT`; without it mail stays in the outbox
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_url: Option<String>,

    /// Sender of mail [default: peerled@localhost]
    #[arg(long, value_name = "ADDRESS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,

    /// `human` or `json`, with a filter if wanted: `json,peerled=debug` [default: human]
    #[arg(long, value_name = "FORM", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,

    /// `open`, or `closed`: then accounts come by invitation only [default: open]
    #[arg(long, value_name = "SWITCH", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,

    /// For how many seconds, up to 60, a refresh token that comes again gives the same successor; 0 for never [default: 30]
    #[arg(long, value_name = "SECONDS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_grace: Option<String>,

    /// When told to stop, for how many seconds to go on serving while `/readyz` says so, up to 300 [default: 0]
    #[arg(long, value_name = "SECONDS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drain: Option<String>,

    /// For how many seconds, up to 300, a request may then go on before it is cut off [default: 30]
    #[arg(long, value_name = "SECONDS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_timeout: Option<String>,

    /// Addresses of proxies whose `X-Forwarded-For` counts, separated by commas
    #[arg(long, value_name = "ADDRESSES", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_proxies: Option<String>,

    /// Private signing key as PEM, instead of the files in the data folder; for several processes on one database
    #[arg(long, value_name = "PEM", global = true, hide = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_key: Option<String>,
}

/// What the file and the environment may hold; flags come from [`Settings`].
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Merged {
    database_url: Option<String>,
    bind: Option<String>,
    metrics_bind: Option<String>,
    data_dir: Option<String>,
    public_url: Option<String>,
    cors_origins: Option<String>,
    rate_limit: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    log: Option<String>,
    registration: Option<String>,
    refresh_grace: Option<String>,
    drain: Option<String>,
    stop_timeout: Option<String>,
    trusted_proxies: Option<String>,
    signing_key: Option<String>,
}

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
    /// Whether requests are counted and limited.
    pub rate_limit: bool,
    /// Where mail is handed over; `None` keeps it in the outbox.
    pub smtp_url: Option<String>,
    /// Who mail comes from.
    pub mail_from: String,
    /// How to log.
    pub log: Log,
    /// Whether anybody may open an account.
    pub open_registration: bool,
    /// How long a refresh token that comes again gives the same successor.
    pub refresh_grace: TimeDelta,
    /// How long to go on serving after having been told to stop.
    pub drain: Duration,
    /// How long a request may then go on.
    pub stop_timeout: Duration,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// PEM of the signing key, if it does not lie in the data folder.
    pub signing_key: Option<String>,
}

/// The form of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// One JSON object a line, for machines.
    pub json: bool,
    /// As `tracing` filters: `info,peerled=debug`.
    pub filter: String,
}

impl Settings {
    /// Joins flags, environment (`PEERLED_…`) and file, and looks at every value.
    ///
    /// # Errors
    /// A sentence that names the wrong setting.
    pub fn load(&self) -> Result<Config, String> {
        let mut builder = config::Config::builder();
        if let Some(file) = &self.config {
            builder = builder.add_source(config::File::from(file.as_path()).format(config::FileFormat::Toml));
        }
        let environment = known_environment();
        builder = builder.add_source(environment);
        let flags = serde_json::to_string(self).map_err(|error| error.to_string())?;
        let flags: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&flags).map_err(|error| error.to_string())?;
        for (name, value) in flags {
            builder = builder.set_override(name, value).map_err(|error| error.to_string())?;
        }
        let merged: Merged = builder
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|error| format!("the configuration cannot be read: {error}"))?;
        merged.check()
    }
}

/// Only the variables that are ours: `PEERLED_TEST_…` and the like are somebody else's.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn known_environment() -> config::Environment {
    let names = [
        "database_url",
        "bind",
        "metrics_bind",
        "data_dir",
        "public_url",
        "cors_origins",
        "rate_limit",
        "smtp_url",
        "mail_from",
        "log",
        "registration",
        "refresh_grace",
        "drain",
        "stop_timeout",
        "trusted_proxies",
        "signing_key",
    ];
    let given = std::env::vars()
        .filter_map(|(name, value)| {
            let name = name.strip_prefix("PEERLED_")?.to_lowercase();
            (names.contains(&name.as_str()) && !value.is_empty()).then_some((name, value))
        })
        .collect();
    config::Environment::default().source(Some(given))
}

impl Merged {
    fn check(self) -> Result<Config, String> {
        let data_dir = PathBuf::from(self.data_dir.unwrap_or_else(|| "data".into()));
        let database_url = match &self.database_url {
            Some(url) => {
                db::Url::parse(url).map_err(|error| wrong("DATABASE_URL", url_without_password(url), &error))?
            }
            None => db::Url::Sqlite(data_dir.join("peerled.db")),
        };
        let bind = address("BIND", self.bind.unwrap_or_else(|| "127.0.0.1:8080".into()))?;
        let metrics_bind = self
            .metrics_bind
            .map(|text| address("METRICS_BIND", text))
            .transpose()?;
        let public_url = self.public_url.unwrap_or_else(|| format!("http://{bind}"));
        if !is_origin(&public_url) {
            return Err(wrong(
                "PUBLIC_URL",
                public_url,
                "must be an absolute URL such as https://api.example.org",
            ));
        }
        let cors_origins: Vec<String> = listed(self.cors_origins.as_deref());
        if let Some(origin) = cors_origins.iter().find(|origin| !is_origin(origin)) {
            return Err(wrong(
                "CORS_ORIGINS",
                origin.clone(),
                "each must be an exact origin such as https://app.example.org",
            ));
        }
        let trusted_proxies = listed(self.trusted_proxies.as_deref())
            .into_iter()
            .map(|text| {
                text.parse()
                    .map_err(|_| wrong("TRUSTED_PROXIES", text, "each must be an IP address"))
            })
            .collect::<Result<_, _>>()?;
        if let Some(url) = &self.smtp_url {
            lettre::SmtpTransport::from_url(url).map_err(|error| {
                wrong(
                    "SMTP_URL",
                    "…".into(),
                    &format!("must be smtps://USER:PASSWORD@HOST or smtp://HOST:PORT ({error})"),
                )
            })?;
        }
        let mail_from = self.mail_from.unwrap_or_else(|| "peerled@localhost".into());
        mail_from
            .parse::<lettre::message::Mailbox>()
            .map_err(|_| wrong("MAIL_FROM", mail_from.clone(), "must be an e-mail address"))?;
        Ok(Config {
            database_url,
            bind,
            metrics_bind,
            data_dir,
            public_url: public_url.trim_end_matches('/').into(),
            cors_origins,
            cors_localhost: false,
            rate_limit: switch("RATE_LIMIT", self.rate_limit, "on", "off")?,
            smtp_url: self.smtp_url,
            mail_from,
            log: Log::parse(&self.log.unwrap_or_else(|| "human".into()))?,
            open_registration: switch("REGISTRATION", self.registration, "open", "closed")?,
            refresh_grace: TimeDelta::seconds(seconds("REFRESH_GRACE", self.refresh_grace, 30, 60)?.into()),
            drain: Duration::from_secs(seconds("DRAIN", self.drain, 0, 300)?.into()),
            stop_timeout: Duration::from_secs(seconds("STOP_TIMEOUT", self.stop_timeout, 30, 300)?.into()),
            trusted_proxies,
            signing_key: self.signing_key,
        })
    }
}

impl Config {
    /// The path of the public URL, without a slash at its end: empty, or such as `/peerled`.
    pub fn base_path(&self) -> &str {
        let (_, rest) = self.public_url.split_once("://").unwrap_or_default();
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
    }
}

impl Log {
    fn parse(text: &str) -> Result<Self, String> {
        let (form, filter) = text.split_once(',').unwrap_or((text, "info"));
        let json = match form {
            "human" => false,
            "json" => true,
            _ => return Err(wrong("LOG", text.into(), "must begin with `human` or `json`")),
        };
        tracing_subscriber::EnvFilter::try_new(filter).map_err(|error| {
            wrong(
                "LOG",
                text.into(),
                &format!("has a filter that cannot be read: {error}"),
            )
        })?;
        Ok(Self {
            json,
            filter: filter.into(),
        })
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
        writeln!(f, "refresh_grace = {:?}", self.refresh_grace.num_seconds().to_string())?;
        writeln!(f, "drain = {:?}", self.drain.as_secs().to_string())?;
        writeln!(f, "stop_timeout = {:?}", self.stop_timeout.as_secs().to_string())?;
        let proxies: Vec<String> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        writeln!(f, "trusted_proxies = {:?}", proxies.join(","))?;
        if self.signing_key.is_some() {
            writeln!(f, "signing_key = \"<redacted>\"")?;
        }
        Ok(())
    }
}

fn wrong(name: &str, value: String, why: &str) -> String {
    format!("PEERLED_{name}: `{value}` {why}")
}

fn address(name: &str, text: String) -> Result<SocketAddr, String> {
    let why = "must be an address and a port such as 127.0.0.1:8080";
    text.parse().map_err(|_| wrong(name, text, why))
}

fn switch(name: &str, value: Option<String>, yes: &str, no: &str) -> Result<bool, String> {
    match value {
        None => Ok(true),
        Some(value) if value == yes => Ok(true),
        Some(value) if value == no => Ok(false),
        Some(value) => Err(wrong(name, value, &format!("must be `{yes}` or `{no}`"))),
    }
}

fn seconds(name: &str, text: Option<String>, default: u32, most: u32) -> Result<u32, String> {
    let Some(text) = text else { return Ok(default) };
    let seconds = text.parse().ok().filter(|seconds| *seconds <= most);
    seconds.ok_or_else(|| wrong(name, text, &format!("must be a number of seconds from 0 to {most}")))
}

fn listed(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(Into::into).collect()
}

fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.trim_end_matches('/').is_empty() && !rest.contains([' ', '*', '@', '?', '#']))
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
    fn each_wrong_value_is_named() {
        type Set = fn(&mut Merged, String);
        let cases: [(&str, &str, Set); 12] = [
            ("DATABASE_URL", "mysql://x", |m, v| m.database_url = Some(v)),
            ("BIND", "8080", |m, v| m.bind = Some(v)),
            ("METRICS_BIND", "9090", |m, v| m.metrics_bind = Some(v)),
            ("PUBLIC_URL", "example.org", |m, v| m.public_url = Some(v)),
            ("CORS_ORIGINS", "*", |m, v| m.cors_origins = Some(v)),
            ("RATE_LIMIT", "maybe", |m, v| m.rate_limit = Some(v)),
            ("REFRESH_GRACE", "61", |m, v| m.refresh_grace = Some(v)),
            ("DRAIN", "-1", |m, v| m.drain = Some(v)),
            ("STOP_TIMEOUT", "301", |m, v| m.stop_timeout = Some(v)),
            ("SMTP_URL", "http://x", |m, v| m.smtp_url = Some(v)),
            ("LOG", "loud", |m, v| m.log = Some(v)),
            ("TRUSTED_PROXIES", "proxy", |m, v| m.trusted_proxies = Some(v)),
        ];
        for (name, value, set) in cases {
            let mut merged = Merged::default();
            set(&mut merged, value.into());
            let error = merged.check().unwrap_err();
            assert!(error.starts_with(&format!("PEERLED_{name}: ")), "{error}");
        }
        assert!(Merged::default().check().is_ok());
    }

    #[test]
    fn passwords_are_redacted() {
        assert_eq!(
            url_without_password("postgres://me:pw@h/db"),
            "postgres://me:<redacted>@h/db"
        );
        assert_eq!(url_without_password("postgres://me@h/db"), "postgres://me@h/db");
    }
}
