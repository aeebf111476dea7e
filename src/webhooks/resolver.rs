//! Looks up the hosts of webhooks. What is connected to is what was looked at: between the two no other answer of the
//! name's owner counts.

use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

use super::rules;

/// Gives addresses of the public internet alone, but for hosts that the operator has named.
#[derive(Debug)]
pub struct PublicResolver {
    /// The hosts that the operator has named.
    pub named: Vec<String>,
    /// Asks the system.
    pub system: DefaultResolver,
}

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout);
        // Whether a private name is known is nobody's business either.
        let found = found.map_err(|error| match error {
            Error::Io(_) => Error::HostNotFound,
            other => other,
        })?;
        let host = uri.host().unwrap_or_default();
        let is_named = |port| rules::is_named(&self.named, host, port);
        let mut allowed = self.empty();
        for address in found.iter() {
            if rules::is_public(address.ip()) || is_named(address.port()) {
                allowed.push(*address);
            }
        }
        match allowed.is_empty() {
            true => Err(Error::HostNotFound),
            false => Ok(allowed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_for_a_private_address_has_none() {
        let resolve = |url: &str, named: &[&str]| {
            let resolver = PublicResolver {
                named: named.iter().map(|name| (*name).to_owned()).collect(),
                system: DefaultResolver::default(),
            };
            let soon = NextTimeout {
                after: std::time::Duration::from_secs(5).into(),
                reason: ureq::Timeout::Resolve,
                ..NextTimeout::default()
            };
            resolver.resolve(&url.parse().unwrap(), &Config::default(), soon)
        };
        for private in [
            "https://localhost/x",
            "https://127.0.0.1:9",
            "https://[::1]/",
            "https://10.0.0.1",
        ] {
            assert!(matches!(resolve(private, &[]), Err(Error::HostNotFound)), "{private}");
        }
        assert!(resolve("https://1.1.1.1", &[]).is_ok());
        assert!(resolve("http://localhost:99/x", &["localhost:99"]).is_ok());
        assert!(resolve("http://localhost:98/x", &["localhost:99"]).is_err());
    }
}
