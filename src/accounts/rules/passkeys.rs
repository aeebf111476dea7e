//! Passkeys: how many, for how long they are waited for, which state of one is the latest.

use chrono::TimeDelta;

use crate::{
    accounts::model::PasskeyChallenge,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    webauthn::Refusal,
};

/// How long a browser has for an answer.
pub const PASSKEY_TIME: TimeDelta = TimeDelta::minutes(5);

/// More than somebody has devices.
const MOST: usize = 20;

/// Whether somebody who has so many may add another.
///
/// # Errors
/// `409 too_many_passkeys`
pub fn may_add_passkey(there: usize) -> Result<()> {
    match there < MOST {
        true => Ok(()),
        false => Err(Error::new(
            Code::TooManyPasskeys,
            "You have 20 passkeys, and can have no more. Remove one that you do not use.",
        )),
    }
}

/// Whether a challenge was made for this: a new passkey of somebody, or a log-in of nobody yet.
pub fn is_for(challenge: &PasskeyChallenge, person: Option<Id>, now: Instant) -> bool {
    challenge.person_id == person && now < challenge.expires_at
}

/// Whether a signature comes after those that were seen. Authenticators that do not count always say 0.
///
/// # Errors
/// [`Refusal::CounterWentBack`]
pub fn counts_on(seen: i64, now: u32) -> Result<(), Refusal> {
    match (seen == 0 && now == 0) || i64::from(now) > seen {
        true => Ok(()),
        false => Err(Refusal::CounterWentBack),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_comes_after_those_before_it() {
        for (seen, now, is_later) in [
            (0, 0, true),
            (0, 1, true),
            (7, 8, true),
            (7, 7, false),
            (7, 6, false),
            (7, 0, false),
            (i64::from(u32::MAX), u32::MAX, false),
        ] {
            assert_eq!(counts_on(seen, now).is_ok(), is_later, "{seen} {now}");
        }
    }

    #[test]
    fn a_challenge_is_for_one_thing_and_in_time() {
        let (now, me) = (
            Instant::parse("2026-03-02T09:30:00Z").unwrap(),
            Id::parse("0ds8x2v4fmg00").unwrap(),
        );
        let other = Id::parse("0ds8x2v4fmg01").unwrap();
        let challenge = |person_id| PasskeyChallenge {
            id: other,
            challenge_hash: String::new(),
            person_id,
            created_at: now,
            expires_at: now.plus(PASSKEY_TIME),
        };
        assert!(is_for(&challenge(None), None, now));
        assert!(is_for(&challenge(Some(me)), Some(me), now));
        assert!(!is_for(&challenge(Some(me)), None, now));
        assert!(!is_for(&challenge(None), Some(me), now));
        assert!(!is_for(&challenge(Some(other)), Some(me), now));
        assert!(!is_for(&challenge(None), None, now.plus(PASSKEY_TIME)));
        assert!(may_add_passkey(MOST - 1).is_ok());
        assert_eq!(may_add_passkey(MOST).unwrap_err().code(), Code::TooManyPasskeys);
    }
}
