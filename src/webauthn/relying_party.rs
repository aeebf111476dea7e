//! The service as browsers and authenticators know it.

use url::{Host, Url};

use crate::error::{Code, Error, Result};

/// For whom passkeys are made: the host of the public URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The host's name; passkeys are bound to it.
    pub id: String,
}

impl RelyingParty {
    /// Browsers know passkeys only of hosts with a name, over TLS or on the same machine.
    ///
    /// # Errors
    /// `409 passkeys_unavailable`
    pub fn at(public_url: &str) -> Result<Self> {
        let url = Url::parse(public_url).ok();
        let host = url.as_ref().and_then(|url| match url.host()? {
            Host::Domain(host) => Some((host, url.scheme() == "https")),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        });
        let is_here = |host: &str| host == "localhost" || host.ends_with(".localhost");
        match host {
            Some((host, is_secure)) if is_secure || is_here(host) => Ok(Self { id: host.into() }),
            _ => Err(Error::new(
                Code::PasskeysUnavailable,
                "Passkeys take a public URL with https and a name, or localhost. Whoever runs this service sets \
                 PEERLED_PUBLIC_URL.",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_over_tls_or_this_machine() {
        for (url, id) in [
            ("https://peerled.example", Some("peerled.example")),
            ("https://peerled.example:8443/api", Some("peerled.example")),
            ("http://localhost:8080", Some("localhost")),
            ("http://peerled.localhost", Some("peerled.localhost")),
            ("http://peerled.example", None),
            ("https://192.0.2.7", None),
            ("http://127.0.0.1:8080", None),
            ("http://[::1]", None),
        ] {
            let party = RelyingParty::at(url);
            assert_eq!(party.ok().map(|party| party.id).as_deref(), id, "{url}");
        }
    }
}
