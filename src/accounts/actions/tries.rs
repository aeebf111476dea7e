//! Tries to log in, counted in the database: for all processes on it together, and over a restart.

use crate::{
    accounts::{rules, store},
    db::Conn,
    error::Result,
    primitives::{Email, Instant, Secret},
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
    let (seconds, minute) = (now.unix_seconds(), minute(now));
    let own = store::tries_since(conn, &tried.from_network, minute - 1)?;
    let wrong = store::tries_since(conn, &tried.account, minute - rules::MINUTES)?;
    let within = |minute| own.iter().filter(|(at, _)| *at == minute).map(|(_, tries)| tries).sum();
    let wrong = wrong.iter().map(|(_, tries)| tries).sum();
    match rules::may_try(seconds, within(minute), within(minute - 1), wrong) {
        Ok(()) => store::count_try(conn, &tried.from_network, minute).map(|()| None),
        Err(wait) => Ok(Some(wait)),
    }
}

/// Counts a wrong password, or a wrong code of the second factor.
pub fn count_wrong(conn: &mut Conn, tried: &Tried, now: Instant) -> Result<()> {
    store::count_try(conn, &tried.account, minute(now))
}

/// Removes what is counted no more. Returns how many rows.
pub fn forget_tries(conn: &mut Conn, now: Instant) -> Result<usize> {
    store::forget_tries(conn, minute(now) - rules::MINUTES)
}

fn minute(now: Instant) -> i64 {
    now.unix_seconds().div_euclid(60)
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
