//! Tries to log in, counted by account.

use crate::{
    accounts::rules,
    db::Conn,
    error::Result,
    primitives::{Email, Instant, Secret},
    tries,
    web::Network,
};

/// Who tries to log in to which account: hashes of both, so that no address is kept.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The account, from one network.
    pub from_network: String,
    /// The account, from wherever.
    pub account: String,
}

impl Tried {
    /// By the address as it was sent, in the form in which addresses are compared; whether there is an account shows
    /// nowhere.
    pub fn of(email: &str, network: Network) -> Self {
        let one = Email::parse(email).map_or_else(|_| email.trim().to_lowercase(), |email| email.to_string());
        Self {
            from_network: Secret::hash(&format!("{network} {one}")),
            account: Secret::hash(&one),
        }
    }
}

/// Counts a try, unless there were too many: then the seconds to wait.
pub fn count_try(conn: &mut Conn, tried: &Tried, now: Instant) -> Result<Option<u32>> {
    let wrong = tries::tries_since(conn, &tried.account, tries::minute(now) - rules::MINUTES)?;
    let wrong = wrong.iter().map(|(_, tries)| tries).sum();
    tries::count_within(conn, &tried.from_network, rules::most_tries(wrong), now)
}

/// Counts a wrong password, or a wrong code of the second factor.
pub fn count_wrong(conn: &mut Conn, tried: &Tried, now: Instant) -> Result<()> {
    tries::count_try(conn, &tried.account, tries::minute(now))
}

/// Removes what is counted no more. Returns how many rows.
pub fn forget_tries(conn: &mut Conn, now: Instant) -> Result<usize> {
    tries::forget_tries(conn, tries::minute(now) - rules::MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_one_however_its_address_is_written() {
        let network: Network = "203.0.113.7".parse::<std::net::IpAddr>().unwrap().into();
        let account = |email: &str| Tried::of(email, network).account;
        for same in [" Amal@Example.org", "AMAL@EXAMPLE.ORG\n", "amal@example.org "] {
            assert_eq!(account(same), account("amal@example.org"), "{same}");
        }
        assert_eq!(account("a@bücher.example"), account("a@xn--bcher-kva.example"));
        assert_ne!(account("basma@example.org"), account("amal@example.org"));
        assert_eq!(account(&"x".repeat(9)), account(&"X".repeat(9)));
    }
}
