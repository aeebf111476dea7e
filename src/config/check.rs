//! Every setting, looked at.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chrono::TimeDelta;

use super::{
    Config, Log,
    mail::MailRoute,
    settings::Merged,
    sign_on, url_without_password,
    values::{listed, wrong},
};
use crate::{authz::RequireSecondFactor, db};

impl Merged {
    pub fn check(self) -> Result<Config, String> {
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
        let webhook_hosts: Vec<String> = listed(self.webhook_hosts.as_deref());
        if let Some(host) = webhook_hosts.iter().find(|host| !is_host(host)) {
            return Err(wrong(
                "WEBHOOK_HOSTS",
                host.clone(),
                "each must be a host such as hooks.internal or 10.0.0.7:8080",
            ));
        }
        if let Some(url) = &self.smtp_url {
            MailRoute::parse(url).map_err(|why| wrong("SMTP_URL", "…".into(), &why))?;
        }
        let mail_from = self.mail_from.unwrap_or_else(|| "peerled@localhost".into());
        mail_from
            .parse::<lettre::message::Mailbox>()
            .map_err(|_| wrong("MAIL_FROM", mail_from.clone(), "must be an e-mail address"))?;
        let providers = sign_on::Given {
            oidc_issuer: self.oidc_issuer,
            oidc_client_id: self.oidc_client_id,
            oidc_client_secret: self.oidc_client_secret,
            oidc_name: self.oidc_name,
            github_client_id: self.github_client_id,
            github_client_secret: self.github_client_secret,
            github_url: self.github_url,
        };
        Ok(Config {
            database_url,
            bind,
            metrics_bind,
            data_dir,
            public_url: public_url.trim_end_matches('/').into(),
            cors_origins,
            cors_localhost: false,
            console: switch("CONSOLE", self.console, "on", "off")?,
            rate_limit: switch("RATE_LIMIT", self.rate_limit, "on", "off")?,
            smtp_url: self.smtp_url,
            mail_from,
            log: Log::parse(&self.log.unwrap_or_else(|| "human".into()))?,
            open_registration: switch("REGISTRATION", self.registration, "open", "closed")?,
            require_second_factor: required_of(self.require_second_factor)?,
            refresh_grace: TimeDelta::seconds(seconds("REFRESH_GRACE", self.refresh_grace, 30, 60)?.into()),
            drain: Duration::from_secs(seconds("DRAIN", self.drain, 0, 300)?.into()),
            stop_timeout: Duration::from_secs(seconds("STOP_TIMEOUT", self.stop_timeout, 30, 300)?.into()),
            trusted_proxies,
            webhook_hosts,
            signing_key: self.signing_key,
            providers: providers.check()?,
        })
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

fn required_of(value: Option<String>) -> Result<RequireSecondFactor, String> {
    let Some(value) = value else {
        return Ok(RequireSecondFactor::default());
    };
    RequireSecondFactor::parse(&value)
        .map_err(|_| wrong("REQUIRE_SECOND_FACTOR", value, "must be `nobody`, `admins` or `staff`"))
}

fn seconds(name: &str, text: Option<String>, default: u32, most: u32) -> Result<u32, String> {
    let Some(text) = text else { return Ok(default) };
    let seconds = text.parse().ok().filter(|seconds| *seconds <= most);
    seconds.ok_or_else(|| wrong(name, text, &format!("must be a number of seconds from 0 to {most}")))
}

fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.trim_end_matches('/').is_empty() && !rest.contains([' ', '*', '@', '?', '#']))
}

/// A host as URLs have it, perhaps with a port.
fn is_host(text: &str) -> bool {
    let url = url::Url::parse(&format!("http://{text}/"));
    url.is_ok_and(|url| url.path() == "/" && url.username().is_empty() && url.query().is_none() && !text.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_value_is_named() {
        type Set = fn(&mut Merged, String);
        let cases: [(&str, &str, Set); 15] = [
            ("DATABASE_URL", "mysql://x", |m, v| m.database_url = Some(v)),
            ("BIND", "8080", |m, v| m.bind = Some(v)),
            ("METRICS_BIND", "9090", |m, v| m.metrics_bind = Some(v)),
            ("PUBLIC_URL", "example.org", |m, v| m.public_url = Some(v)),
            ("CORS_ORIGINS", "*", |m, v| m.cors_origins = Some(v)),
            ("CONSOLE", "0", |m, v| m.console = Some(v)),
            ("RATE_LIMIT", "maybe", |m, v| m.rate_limit = Some(v)),
            ("REQUIRE_SECOND_FACTOR", "all", |m, v| m.require_second_factor = Some(v)),
            ("REFRESH_GRACE", "61", |m, v| m.refresh_grace = Some(v)),
            ("DRAIN", "-1", |m, v| m.drain = Some(v)),
            ("STOP_TIMEOUT", "301", |m, v| m.stop_timeout = Some(v)),
            ("SMTP_URL", "http://x", |m, v| m.smtp_url = Some(v)),
            ("LOG", "loud", |m, v| m.log = Some(v)),
            ("TRUSTED_PROXIES", "proxy", |m, v| m.trusted_proxies = Some(v)),
            ("WEBHOOK_HOSTS", "https://x", |m, v| m.webhook_hosts = Some(v)),
        ];
        for (name, value, set) in cases {
            let mut merged = Merged::default();
            set(&mut merged, value.into());
            let error = merged.check().unwrap_err();
            assert!(error.starts_with(&format!("PEERLED_{name}: ")), "{error}");
        }
        assert!(Merged::default().check().is_ok());
    }
}
