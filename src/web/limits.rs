//! How often a caller may ask: the generic cell rate algorithm, by account or else by network.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use sha2::{Digest as _, Sha256};

use crate::{
    error::{Code, Error, Result},
    primitives::{Email, Id},
};

/// A class of operations that share a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Reads.
    Read,
    /// Changes.
    Write,
    /// Log-in, registration: guessing must be slow, a classroom behind one address must get in.
    Credentials,
    /// Refreshed sessions: nobody guesses a token of 256 bits, and a neighbour who tries must not log a classroom out.
    Refreshes,
    /// Passwords tried on one account from one network.
    Guesses,
    /// The same while others guess at the account too.
    GuessesUnderAttack,
    /// Wrong passwords for one account, from wherever.
    WrongPasswords,
    /// Forming teams.
    Solve,
}

impl Rate {
    const ALL: [Rate; 8] = [
        Rate::Read,
        Rate::Write,
        Rate::Credentials,
        Rate::Refreshes,
        Rate::Guesses,
        Rate::GuessesUnderAttack,
        Rate::WrongPasswords,
        Rate::Solve,
    ];

    fn name(self) -> &'static str {
        match self {
            Rate::Read => "read",
            Rate::Write => "write",
            Rate::Credentials => "credentials",
            Rate::Refreshes => "refreshes",
            Rate::Guesses | Rate::GuessesUnderAttack => "guesses",
            Rate::WrongPasswords => "wrong-passwords",
            Rate::Solve => "solve",
        }
    }

    /// Requests a minute, and at once.
    fn per_minute(self) -> u32 {
        match self {
            Rate::Read => 1200,
            Rate::Write => 300,
            Rate::Credentials => 60,
            Rate::Refreshes => 600,
            Rate::Guesses => 10,
            Rate::GuessesUnderAttack => 1,
            Rate::WrongPasswords => 30,
            Rate::Solve => 60,
        }
    }
}

/// How long an account counts as under attack after the wrong password that was one too many.
const ATTACK: Duration = Duration::from_secs(600);

/// Who is counted: a few bytes, whatever they sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// An account.
    Person(Id),
    /// A network, for callers without an account.
    Network(Network),
    /// Attempts on one account from one network: others stay free to log in to it.
    Attempt(Account, Network),
    /// Attempts on one account.
    Account(Account),
}

/// Where a caller is: an IPv4 address, or the /64 of an IPv6 address, of which a household has all addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address => address,
        })
    }
}

/// An account, by the address that somebody tries to log in with; whether there is one shows nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account([u8; 16]);

impl Account {
    /// By what was sent, in the form in which addresses are compared.
    pub fn tried(email: &str) -> Self {
        let one = Email::parse(email).map_or_else(|_| email.trim().to_lowercase(), |email| email.to_string());
        let mut name = [0; 16];
        for (to, from) in name.iter_mut().zip(Sha256::digest(one)) {
            *to = from;
        }
        Self(name)
    }
}

type Keyed = RateLimiter<Counted, DashMapStateStore<Counted>, DefaultClock, StateInformationMiddleware>;

/// Counts requests, or does not.
pub struct Limiter {
    classes: Option<[Keyed; 8]>,
    /// Accounts at which many guess, and until when that is held against those who guess wrong.
    under_attack: Mutex<HashMap<Account, Instant>>,
}

/// What the headers `RateLimit-Policy` and `RateLimit` say (draft-ietf-httpapi-ratelimit-headers).
#[derive(Clone, Debug)]
pub struct Budget {
    /// `"read";q=1200;w=60`
    pub policy: String,
    /// `"read";r=1199;t=1`
    pub left: String,
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
            under_attack: Mutex::default(),
        }
    }

    /// Counts one try to log in to an account. Whoever owns it is not locked out by others who guess: each network
    /// has tries of its own, but fewer while there are many wrong ones.
    ///
    /// # Errors
    /// `429` with the seconds to wait.
    pub fn count_attempt(&self, account: Account, from: Network) -> Result<()> {
        let attacks = self.under_attack.lock().unwrap_or_else(PoisonError::into_inner);
        let is_under_attack = attacks.get(&account).is_some_and(|until| *until > Instant::now());
        drop(attacks);
        let rate = match is_under_attack {
            true => Rate::GuessesUnderAttack,
            false => Rate::Guesses,
        };
        self.count(rate, &Counted::Attempt(account, from))
    }

    /// Counts one wrong password for an account.
    pub fn count_wrong_password(&self, account: Account) {
        if self.count(Rate::WrongPasswords, &Counted::Account(account)).is_err() {
            let mut attacks = self.under_attack.lock().unwrap_or_else(PoisonError::into_inner);
            attacks.insert(account, Instant::now() + ATTACK);
        }
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
                let detail =
                    format!("At most {quota} requests of this kind a minute are allowed. Try again in {seconds} s.");
                let error = Error::new(Code::TooManyRequests, detail).retry_after(seconds);
                (0, seconds, Err(error))
            }
        };
        let name = rate.name();
        let budget = Budget {
            policy: format!("\"{name}\";q={quota};w=60"),
            left: format!("\"{name}\";r={remaining};t={reset}"),
        };
        Some((budget, allowed))
    }

    /// Forgets callers that have not been seen for a while, so that memory stays bounded.
    pub fn forget_idle(&self) {
        for class in self.classes.iter().flatten() {
            class.retain_recent();
            class.shrink_to_fit();
        }
        let mut attacks = self.under_attack.lock().unwrap_or_else(PoisonError::into_inner);
        attacks.retain(|_, until| *until > Instant::now());
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

    #[test]
    fn an_account_is_one_however_its_address_is_written() {
        let amal = Account::tried("amal@example.org");
        for same in [" Amal@Example.org", "AMAL@EXAMPLE.ORG\n", "amal@example.org "] {
            assert_eq!(Account::tried(same), amal, "{same}");
        }
        assert_eq!(
            Account::tried("a@bücher.example"),
            Account::tried("a@xn--bcher-kva.example")
        );
        assert_ne!(Account::tried("basma@example.org"), amal);
        assert_eq!(Account::tried(&"x".repeat(9)), Account::tried(&"X".repeat(9)));
    }

    #[test]
    fn many_wrong_passwords_slow_down_those_who_guess_and_lock_out_nobody() {
        let (limiter, amal) = (Limiter::new(true), Account::tried("amal@example.org"));
        let tries = |address: &str| {
            (0..20)
                .take_while(|_| limiter.count_attempt(amal, network(address)).is_ok())
                .count()
        };
        assert!(tries("203.0.113.1") >= 10);
        for _ in 0..=Rate::WrongPasswords.per_minute() {
            limiter.count_wrong_password(amal);
        }
        assert_eq!((tries("203.0.113.2"), tries("203.0.113.3")), (1, 1));
        let basma = Account::tried("basma@example.org");
        assert!((0..10).all(|_| limiter.count_attempt(basma, network("203.0.113.2")).is_ok()));
    }
}
