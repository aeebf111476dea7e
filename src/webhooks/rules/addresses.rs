//! Which URLs and addresses webhooks may be sent to: not to what the service can reach and its callers cannot.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::{
    error::{Error, Result},
    primitives::Url,
};

/// From here on ports belong to no service by themselves.
const FIRST_FREE_PORT: u16 = 1024;

/// Whether the operator has named a host, or a host with its port, as one that need not be on the public internet.
pub fn is_named(named: &[String], host: &str, port: u16) -> bool {
    let with_port = format!("{host}:{port}");
    named
        .iter()
        .any(|one| one.eq_ignore_ascii_case(host) || one.eq_ignore_ascii_case(&with_port))
}

/// Whether a webhook may be at this URL, as far as that can be told without looking up its host.
///
/// # Errors
/// `422`
pub fn check_url(url: &Url, named: &[String]) -> Result<()> {
    let wrong = |why: &str| Err(Error::field("/url", "invalid", why));
    let Ok(parsed) = url::Url::parse(url.as_str()) else {
        return wrong("must be an absolute URL that begins with https://");
    };
    let host = parsed.host_str().unwrap_or_default();
    if is_named(named, host, parsed.port_or_known_default().unwrap_or_default()) {
        return Ok(());
    }
    if parsed.scheme() != "https" {
        return wrong(
            "must begin with https://, unless whoever runs this service names the host in PEERLED_WEBHOOK_HOSTS",
        );
    }
    // Below are other services, such as mail, which a request could be made to speak to.
    if parsed.port().is_some_and(|port| port < FIRST_FREE_PORT) {
        return wrong("must be at port 443, or at one from 1024 on");
    }
    let is_public = match parsed.host() {
        Some(url::Host::Ipv4(address)) => is_public(address.into()),
        Some(url::Host::Ipv6(address)) => is_public(address.into()),
        Some(url::Host::Domain(name)) => !name.trim_end_matches('.').ends_with("localhost"),
        None => false,
    };
    match is_public {
        true => Ok(()),
        false => wrong("must be on the public internet, not in a private network or on this machine"),
    }
}

/// Whether an address is on the public internet: none of a private network, of this machine or link, of many receivers,
/// or one that stands for another.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !PRIVATE_V4.iter().any(|range| range.has(address.to_bits())),
        IpAddr::V6(address) => {
            GLOBAL_V6.has(address.to_bits()) && !PRIVATE_V6.iter().any(|range| range.has(address.to_bits()))
        }
    }
}

/// Addresses whose first bits are those.
struct Range<T> {
    first: T,
    bits: u32,
}

const fn v4(a: u8, b: u8, c: u8, bits: u32) -> Range<u32> {
    let first = Ipv4Addr::new(a, b, c, 0).to_bits();
    Range { first, bits }
}

const fn v6(a: u16, b: u16, bits: u32) -> Range<u128> {
    let first = Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0).to_bits();
    Range { first, bits }
}

impl Range<u32> {
    fn has(&self, address: u32) -> bool {
        (address ^ self.first) >> (32 - self.bits) == 0
    }
}

impl Range<u128> {
    fn has(&self, address: u128) -> bool {
        (address ^ self.first) >> (128 - self.bits) == 0
    }
}

/// The special purposes of the IANA registry (RFC 6890), multicast and what is reserved.
const PRIVATE_V4: [Range<u32>; 15] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    v4(224, 0, 0, 4),
    v4(240, 0, 0, 4),
];

/// Everything else is not given out: unique-local, link-local and multicast addresses, IPv4 in IPv6, NAT64.
const GLOBAL_V6: Range<u128> = v6(0x2000, 0, 3);

/// Within it: protocols such as Teredo, examples, 6to4, which holds an IPv4 address.
const PRIVATE_V6: [Range<u128>; 4] = [
    v6(0x2001, 0, 23),
    v6(0x2001, 0xdb8, 32),
    v6(0x2002, 0, 16),
    v6(0x3fff, 0, 20),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.20.0.1",
            "223.255.255.1",
            "2606:4700::1111",
            "2a00::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::8.8.8.8",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "4000::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn a_webhook_is_on_the_public_internet_and_spoken_to_by_https() {
        let named = ["hooks.internal".to_owned(), "10.0.0.7:8080".to_owned()];
        let check = |url: &str| check_url(&Url::parse(url).unwrap(), &named);
        for good in [
            "https://example.org/hook?key=1",
            "https://1.1.1.1/",
            "https://example.org:8443",
            "http://hooks.internal/x",
            "https://HOOKS.internal:9/x",
            "http://10.0.0.7:8080",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.org",
            "https://localhost",
            "https://api.localhost.",
            "https://127.0.0.1",
            "https://2130706433",
            "https://0x7f.1",
            "https://0177.0.0.1",
            "https://10.0.0.7",
            "http://10.0.0.7:8081",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]",
            "https://[::ffff:10.0.0.1]",
            "https://[fd00::1]",
            "http://hooks.internal.example.org",
        ] {
            let refused = check(bad).unwrap_err();
            assert_eq!(refused.field_errors().first().unwrap().pointer, "/url", "{bad}");
        }
    }
}
