//! The settings as they are given: flags, environment and file, joined.

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::Config;

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

    /// Whether to serve the console in the browser: `on` or `off` [default: on]
    #[arg(long, value_name = "SWITCH", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub console: Option<String>,

    /// `on` or `off` [default: on]
    #[arg(long, value_name = "SWITCH", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,

    /// `smtps://USER:PASSWORD@HOST`, `smtp://HOST:PORT`, or `file:FOLDER` to write it there; without it mail stays in the outbox
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

    /// Who needs a second factor: `nobody`, `admins`, or `staff` of all campuses as well [default: nobody]
    #[arg(long, value_name = "WHO", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_second_factor: Option<String>,

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

    /// Hosts that webhooks may be sent to although they are not on the public internet, separated by commas; `HOST` or `HOST:PORT`
    #[arg(long, value_name = "HOSTS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_hosts: Option<String>,

    /// Private signing key as PEM, instead of the files in the data folder; for several processes on one database
    #[arg(long, value_name = "PEM", global = true, hide = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_key: Option<String>,

    /// Issuer URLs of OpenID providers that people may log in with, separated by commas
    #[arg(long, value_name = "URLS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc_issuer: Option<String>,

    /// The client id at each of them
    #[arg(long, value_name = "IDS", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc_client_id: Option<String>,

    /// The client secret at each of them
    #[arg(long, value_name = "SECRETS", global = true, hide = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc_client_secret: Option<String>,

    /// What people read on the button of each of them [default: the host of the issuer]
    #[arg(long, value_name = "NAMES", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oidc_name: Option<String>,

    /// Client id of an OAuth app at GitHub, for people to log in with
    #[arg(long, value_name = "ID", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub github_client_id: Option<String>,

    /// The secret of that app
    #[arg(long, value_name = "SECRET", global = true, hide = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub github_client_secret: Option<String>,

    /// The URL of a GitHub Enterprise Server [default: https://github.com]
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub github_url: Option<String>,
}

/// What the file and the environment may hold; flags come from [`Settings`].
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Merged {
    pub database_url: Option<String>,
    pub bind: Option<String>,
    pub metrics_bind: Option<String>,
    pub data_dir: Option<String>,
    pub public_url: Option<String>,
    pub cors_origins: Option<String>,
    pub console: Option<String>,
    pub rate_limit: Option<String>,
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub log: Option<String>,
    pub registration: Option<String>,
    pub require_second_factor: Option<String>,
    pub refresh_grace: Option<String>,
    pub drain: Option<String>,
    pub stop_timeout: Option<String>,
    pub trusted_proxies: Option<String>,
    pub webhook_hosts: Option<String>,
    pub signing_key: Option<String>,
    pub oidc_issuer: Option<String>,
    pub oidc_client_id: Option<String>,
    pub oidc_client_secret: Option<String>,
    pub oidc_name: Option<String>,
    pub github_client_id: Option<String>,
    pub github_client_secret: Option<String>,
    pub github_url: Option<String>,
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

/// The settings that a variable can give.
const NAMES: [&str; 26] = [
    "database_url",
    "bind",
    "metrics_bind",
    "data_dir",
    "public_url",
    "cors_origins",
    "console",
    "rate_limit",
    "smtp_url",
    "mail_from",
    "log",
    "registration",
    "require_second_factor",
    "refresh_grace",
    "drain",
    "stop_timeout",
    "trusted_proxies",
    "webhook_hosts",
    "signing_key",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_name",
    "github_client_id",
    "github_client_secret",
    "github_url",
];

/// Only the variables that are ours: `PEERLED_TEST_…` and the like are somebody else's.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn known_environment() -> config::Environment {
    let given = std::env::vars()
        .filter_map(|(name, value)| {
            let name = name.strip_prefix("PEERLED_")?.to_lowercase();
            (NAMES.contains(&name.as_str()) && !value.is_empty()).then_some((name, value))
        })
        .collect();
    config::Environment::default().source(Some(given))
}

/// Variables that look like settings and are none: most likely misspelt.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub fn unknown_variables() -> Vec<String> {
    let is_known = |name: &str| name == "config" || name.starts_with("test_") || NAMES.contains(&name);
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = |name: &String| {
        let own = name.strip_prefix("PEERLED_").map(str::to_lowercase);
        own.is_some_and(|own| !is_known(&own))
    };
    names.filter(unknown).collect()
}
