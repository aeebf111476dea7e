//! How often a caller may ask: the generic cell rate algorithm, by account or else by network.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};

use crate::{
    db::Db,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Secret},
    tries,
};

/// A class of operations that share a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Reads.
    Read,
    /// Changes.
    Write,
    /// Log-ins by password: a classroom behind one address must get in whatever a neighbour does, and guessing at one account is
    /// slowed down by its own count.
    LogIns,
    /// Log-ins with a passkey: nobody guesses a signature.
    Passkeys,
    /// Log-ins with an identity provider, each of which asks it.
    SignOns,
    /// New accounts.
    Registrations,
    /// Codes that prove an address.
    Verifications,
    /// Forgotten passwords.
    Resets,
    /// What takes the password of an account again.
    Credentials,
    /// Refreshed sessions: nobody guesses a token of 256 bits, and a neighbour who tries must not log a classroom out.
    Refreshes,
    /// Forming teams.
    Solve,
}

impl Rate {
    const ALL: [Rate; 11] = [
        Rate::Read,
        Rate::Write,
        Rate::LogIns,
        Rate::Passkeys,
        Rate::SignOns,
        Rate::Registrations,
        Rate::Verifications,
        Rate::Resets,
        Rate::Credentials,
        Rate::Refreshes,
        Rate::Solve,
    ];

    /// Whether all processes on a database count it together by network: what lets somebody in, or is mailed, and is asked for
    /// without an account. All else is counted by the process that is asked, without a statement.
    fn is_counted_together(self) -> bool {
        match self {
            Rate::LogIns
            | Rate::Passkeys
            | Rate::SignOns
            | Rate::Registrations
            | Rate::Verifications
            | Rate::Resets => true,
            Rate::Read | Rate::Write | Rate::Credentials | Rate::Refreshes | Rate::Solve => false,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Rate::Read => "read",
            Rate::Write => "write",
            Rate::LogIns => "log-ins",
            Rate::Passkeys => "passkeys",
            Rate::SignOns => "sign-ons",
            Rate::Registrations => "registrations",
            Rate::Verifications => "verifications",
            Rate::Resets => "resets",
            Rate::Credentials => "credentials",
            Rate::Refreshes => "refreshes",
            Rate::Solve => "solve",
        }
    }

    /// Requests a minute, and at once.
    fn per_minute(self) -> u32 {
        match self {
            Rate::Read => 1200,
            Rate::Write => 300,
            Rate::LogIns | Rate::Passkeys | Rate::Refreshes => 600,
            Rate::SignOns
            | Rate::Registrations
            | Rate::Verifications
            | Rate::Resets
            | Rate::Credentials
            | Rate::Solve => 60,
        }
    }
}

/// Who is counted: a few bytes, whatever they sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// An account.
    Person(Id),
    /// A network, for callers without an account.
    Network(Network),
}

/// Where a caller is: an IPv4 address, or the /64 of an IPv6 address, of which a household has all addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address => address,
        })
    }
}

type Keyed = RateLimiter<Counted, DashMapStateStore<Counted>, DefaultClock, StateInformationMiddleware>;

/// Counts requests, or does not.
pub struct Limiter {
    classes: Option<[Keyed; Rate::ALL.len()]>,
}

fn too_many(rate: Rate, seconds: u32) -> Error {
    let quota = rate.per_minute();
    let detail = format!("At most {quota} requests of this kind a minute are allowed. Try again in {seconds} s.");
    Error::new(Code::TooManyRequests, detail).retry_after(seconds)
}

/// What the headers `RateLimit-Policy` and `RateLimit` say (draft-ietf-httpapi-ratelimit-headers).
#[derive(Clone, Debug)]
pub struct Budget {
    /// `"read";q=1200;w=60`
    pub policy: String,
    /// `"read";r=1199;t=1`
    pub left: String,
}

impl Budget {
    fn of(rate: Rate, remaining: u32, reset: u32) -> Self {
        let (name, quota) = (rate.name(), rate.per_minute());
        Self {
            policy: format!("\"{name}\";q={quota};w=60"),
            left: format!("\"{name}\";r={remaining};t={reset}"),
        }
    }
}

impl Limiter {
    /// Limits requests if `on`.
    pub fn new(on: bool) -> Self {
        let classes = Rate::ALL.map(|rate| {
            let quota = Quota::per_minute(NonZeroU32::new(rate.per_minute()).unwrap_or(NonZeroU32::MIN));
            RateLimiter::dashmap(quota).with_middleware::<StateInformationMiddleware>()
        });
        Self {
            classes: on.then_some(classes),
        }
    }

    /// Whether requests are limited at all.
    pub fn is_on(&self) -> bool {
        self.classes.is_some()
    }

    /// Counts one request.
    ///
    /// # Errors
    /// `429` with the seconds to wait.
    pub fn count(&self, rate: Rate, who: &Counted) -> Result<()> {
        self.ask(rate, who).map_or(Ok(()), |(_, allowed)| allowed)
    }

    /// Counts one request; says what is left, also to those who have nothing left.
    pub(super) fn ask(&self, rate: Rate, who: &Counted) -> Option<(Budget, Result<()>)> {
        let place = Rate::ALL.iter().position(|each| *each == rate)?;
        let class = self.classes.as_ref()?.get(place)?;
        let quota = rate.per_minute();
        let (remaining, reset, allowed) = match class.check_key(who) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = quota.saturating_sub(remaining);
                (remaining, (60 * used).div_ceil(quota), Ok(()))
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                let seconds = u32::try_from(wait.as_secs()).unwrap_or(60) + 1;
                (0, seconds, Err(too_many(rate, seconds)))
            }
        };
        Some((Budget::of(rate, remaining, reset), allowed))
    }

    /// Counts one request of a network along with those that other processes on the database have answered, where there may be others.
    /// What this process counts by itself it has refused before. Says what is left to those who have nothing left.
    ///
    /// # Errors
    /// `503` if the database cannot be reached.
    pub(super) async fn ask_together(
        &self,
        db: &Db,
        rate: Rate,
        network: Network,
        now: Instant,
    ) -> Result<Option<(Budget, Error)>> {
        if !(self.is_on() && db.is_shared() && rate.is_counted_together()) {
            return Ok(None);
        }
        let (key, most) = (Secret::hash(&format!("{} {network}", rate.name())), rate.per_minute());
        let wait = db
            .count(move |conn| tries::count_within(conn, &key, most.into(), now))
            .await?;
        Ok(wait.map(|seconds| (Budget::of(rate, 0, seconds), too_many(rate, seconds))))
    }

    /// Forgets callers that have not been seen for a while, so that memory stays bounded.
    pub fn forget_idle(&self) {
        for class in self.classes.iter().flatten() {
            class.retain_recent();
            class.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Network {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn a_network_is_an_address_or_the_64_bits_of_one() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:203.0.113.7"), network("203.0.113.7"));
        assert_ne!(network("203.0.113.7"), network("203.0.113.8"));
    }
}
