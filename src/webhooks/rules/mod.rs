//! Where webhooks may be sent, and what follows from how a try went.

mod addresses;
mod turns;

pub use addresses::{check_url, is_named, is_public};
pub use turns::{SoFar, Turns, UnderWay};

use chrono::TimeDelta;

use super::model::{DisabledBecause, Next, Outcome, Pause, Webhook};
use crate::{
    error::{Code, Error, Result},
    outbox::Audience,
    primitives::{Bound, Instant},
};

/// How many webhooks a campus has.
pub const WEBHOOKS: Bound = Bound {
    most: 20,
    whose: "a campus",
    what: "webhooks",
    remedy: "Delete one that is not used any more.",
};

/// How many deliveries of a webhook wait. What happens beyond is listed as failed at once.
pub const WAITING: Bound = Bound {
    most: 1_000,
    whose: "a webhook",
    what: "deliveries that wait",
    remedy: "Send it again when some of them have been taken.",
};

/// How long an old secret signs besides.
pub const OLD_SECRET: TimeDelta = TimeDelta::hours(24);
/// After so long without anything being taken a webhook is disabled.
pub const FAILING: TimeDelta = TimeDelta::days(5);

/// The pauses between tries, in seconds; those of Standard Webhooks. Together they are about three days.
const PAUSES: [i64; 9] = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];
/// After so many failures in a row a receiver counts as down, and not as one that fails now and then. So many tries without
/// anything being taken say that it has taken nothing all the time.
pub const DOWN: i32 = 10;
/// How long a receiver that is down is left in peace at first, in seconds; twice as long after each further failure.
const FIRST_PAUSE: i64 = 60;
/// However often a webhook has failed, it is tried again after this time, so that it is noticed soon when it is well.
const LONGEST_PAUSE: i64 = 3600;
/// However long a receiver asks us to wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);

/// What follows after so many tries. `jitter` is from 0 to 1, so that what failed together does not come again together.
pub fn next(outcome: &Outcome, attempts: i32, failing_since: Option<Instant>, jitter: f64, now: Instant) -> Next {
    if outcome.error.is_none() {
        return Next::Delivered;
    }
    if outcome.status == Some(410) {
        return Next::Disabled(DisabledBecause::Gone);
    }
    if failing_since.is_some_and(|since| since.plus(FAILING) <= now) {
        return Next::Disabled(DisabledBecause::Failing);
    }
    let pause = usize::try_from(attempts - 1).ok().and_then(|at| PAUSES.get(at));
    let Some(seconds) = pause else {
        return Next::GivenUp;
    };
    let spread = (*seconds as f64 * 200.0 * jitter) as i64;
    let pause = TimeDelta::milliseconds(seconds * 1000 + spread);
    let asked = outcome.retry_after.unwrap_or_default().min(LONGEST_WAIT);
    Next::Retry(now.plus(pause.max(asked)))
}

/// How often a webhook has failed in a row, and how long nothing more is sent to it: longer after each failure. Several requests
/// that were under way together when a pause began count as one failure. A receiver that refuses what it was sent is there, and may take the next.
pub fn pause(webhook: &Webhook, outcome: &Outcome, jitter: f64, now: Instant) -> Option<Pause> {
    let is_refusal = matches!(outcome.status, Some(400..=407 | 409..=428 | 430..=499));
    if outcome.error.is_none() || is_refusal || webhook.paused_until.is_some_and(|until| until > now) {
        return None;
    }
    let failures = webhook.failures.saturating_add(1);
    let until = u32::try_from(failures - DOWN).ok().map(|further| {
        let seconds = LONGEST_PAUSE.min(FIRST_PAUSE.saturating_mul(1 << further.min(10)));
        let spread = (seconds as f64 * 200.0 * jitter) as i64;
        let asked = outcome.retry_after.unwrap_or_default().min(LONGEST_WAIT);
        now.plus(TimeDelta::milliseconds(seconds * 1000 + spread).max(asked))
    });
    Some(Pause { failures, until })
}

/// What an answer with this status says. No redirect is followed: it would lead where nobody has looked.
pub fn judged(status: u16, retry_after: Option<&str>, now: Instant) -> Outcome {
    Outcome {
        status: Some(status.into()),
        error: (!(200..300).contains(&status)).then(|| format!("answered {status}")),
        retry_after: retry_after.and_then(|text| wait(text, now)),
    }
}

/// `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3).
fn wait(text: &str, now: Instant) -> Option<TimeDelta> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(TimeDelta::seconds(seconds.into()));
    }
    let then = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(TimeDelta::seconds((then.timestamp() - now.unix_seconds()).max(0)))
}

/// Whether the organisers of a campus may know of an event there. Of a closed campus they see what everybody sees.
pub fn is_for_organisers(audience: &str, is_closed: bool) -> bool {
    Audience::stored(audience).any(|audience| match audience {
        Audience::Everybody => true,
        Audience::Insiders | Audience::SlotViewers | Audience::Staff | Audience::Organisers => !is_closed,
        Audience::Person(_) | Audience::Except(_) => false,
    })
}

/// Whether a webhook that is disabled may send again what it has missed.
///
/// # Errors
/// `409`
pub fn check_enabled(enabled: bool) -> Result<()> {
    match enabled {
        true => Ok(()),
        false => {
            let detail = "The webhook is disabled. Enable it first: `\"enabled\": true`.";
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

/// Whether the deliveries of a time may be sent again while so many are still asked for again.
///
/// # Errors
/// `409`
pub fn check_no_replay(under_way: i64) -> Result<()> {
    match under_way {
        0 => Ok(()),
        more => {
            let detail =
                format!("A replay of this webhook is under way: {more} deliveries wait. Ask again when they are sent.");
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    fn now() -> Instant {
        Instant::parse("2026-03-02T09:30:00Z").unwrap()
    }

    fn failed(status: u16, retry_after: Option<&str>) -> Outcome {
        judged(status, retry_after, now())
    }

    #[test]
    fn only_a_status_of_success_is_a_success() {
        for (status, is_taken) in [
            (200, true),
            (204, true),
            (299, true),
            (301, false),
            (307, false),
            (400, false),
            (500, false),
        ] {
            assert_eq!(
                next(&failed(status, None), 1, None, 0.0, now()) == Next::Delivered,
                is_taken,
                "{status}"
            );
        }
    }

    #[test]
    fn it_is_tried_ever_less_often_for_three_days_and_then_given_up() {
        let pause = |attempts, jitter| match next(&failed(500, None), attempts, None, jitter, now()) {
            Next::Retry(then) => Some(then.unix_seconds() - now().unix_seconds()),
            _ => None,
        };
        let pauses: Vec<_> = (1..=9).map(|attempts| pause(attempts, 0.0).unwrap()).collect();
        assert_eq!(pauses, PAUSES);
        assert!(pauses.is_sorted());
        let all: i64 = pauses.iter().sum();
        assert!((2.9..3.3).contains(&(all as f64 / 86400.0)), "{all}");
        assert_eq!((pause(2, 0.5), pause(2, 1.0)), (Some(330), Some(360)));
        assert_eq!(pause(10, 0.0), None);
        assert_eq!(next(&failed(500, None), 10, None, 0.0, now()), Next::GivenUp);
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_less_or_for_ever() {
        let wait = |text: &str| match next(&failed(429, Some(text)), 1, None, 0.0, now()) {
            Next::Retry(then) => then.unix_seconds() - now().unix_seconds(),
            other => panic!("{other:?}"),
        };
        for (text, seconds) in [
            ("120", 120),
            ("1", 5),
            ("4000000000", 86400),
            ("Mon, 02 Mar 2026 09:40:00 GMT", 600),
            ("Mon, 02 Mar 2026 09:00:00 GMT", 5),
            ("soon", 5),
            ("-1", 5),
        ] {
            assert_eq!(wait(text), seconds, "{text}");
        }
    }

    #[test]
    fn gone_disables_at_once_and_failing_after_days() {
        let since = |days| Some(now().plus(-TimeDelta::days(days)));
        let gone = failed(410, None);
        assert_eq!(next(&gone, 1, None, 0.0, now()), Next::Disabled(DisabledBecause::Gone));
        let down = failed(503, None);
        assert_eq!(
            next(&down, 2, since(5), 0.0, now()),
            Next::Disabled(DisabledBecause::Failing)
        );
        assert!(matches!(next(&down, 2, since(4), 0.0, now()), Next::Retry(_)));
        assert_eq!(next(&failed(200, None), 2, since(9), 0.0, now()), Next::Delivered);
    }

    #[test]
    fn organisers_are_told_what_they_may_see() {
        let person = format!("person:{}", Id::parse("0ds8x2v4fmg00").unwrap());
        for (audience, open, closed) in [
            ("everybody", true, true),
            ("insiders", true, false),
            ("slot-viewers", true, false),
            ("staff", true, false),
            ("organisers", true, false),
            (person.as_str(), false, false),
            ("", false, false),
            (&format!("{person} staff"), true, false),
        ] {
            assert_eq!(is_for_organisers(audience, false), open, "{audience}");
            assert_eq!(is_for_organisers(audience, true), closed, "{audience}");
        }
    }
}
