//! How often a caller may ask: the generic cell rate algorithm, by account or else by address.

use std::{net::IpAddr, num::NonZeroU32};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};

use crate::{
    error::{Code, Error, Result},
    primitives::Id,
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
    /// Passwords tried on one account from one address.
    Guesses,
    /// Forming teams.
    Solve,
}

impl Rate {
    const ALL: [Rate; 5] = [Rate::Read, Rate::Write, Rate::Credentials, Rate::Guesses, Rate::Solve];

    fn name(self) -> &'static str {
        match self {
            Rate::Read => "read",
            Rate::Write => "write",
            Rate::Credentials => "credentials",
            Rate::Guesses => "guesses",
            Rate::Solve => "solve",
        }
    }

    /// Requests a minute, and at once.
    fn per_minute(self) -> u32 {
        match self {
            Rate::Read => 1200,
            Rate::Write => 300,
            Rate::Credentials => 60,
            Rate::Guesses => 10,
            Rate::Solve => 60,
        }
    }
}

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// An account.
    Person(Id),
    /// A network address, for callers without an account.
    Address(IpAddr),
    /// Attempts on one account from one address: others stay free to log in to it.
    Attempt(String, IpAddr),
}

type Keyed = RateLimiter<Counted, DashMapStateStore<Counted>, DefaultClock, StateInformationMiddleware>;

/// Counts requests, or does not.
pub struct Limiter {
    classes: Option<[Keyed; 5]>,
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
    }
}
