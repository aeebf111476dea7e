//! What proves a second factor: a code of the app, or one of the recovery codes; and how often one may guess.

use chrono::TimeDelta;

use super::totp::base32;
use crate::{
    error::{Error, Result},
    primitives::{Instant, Secret},
};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// The bytes of a recovery code. 80 bits are not guessed, so it is stored under a fast hash.
const RECOVERY_BYTES: usize = 10;

/// Wrong codes in a row that cost nothing.
const FREE: i32 = 5;
/// The pause after the first that is one too many; it doubles with each further one.
const PAUSE: i64 = 30;
const LONGEST_PAUSE: i64 = 3600;

/// For how long a second factor must have been there before a code alone proves whose account it is: whoever has got hold
/// of a session could set one up, which the owner is told by mail.
const PROVES_AFTER: TimeDelta = TimeDelta::days(1);

/// Whether a code of a second factor that was switched on at this time, and nothing else, proves whose account it is.
///
/// # Errors
/// `422` naming `/otp`.
pub fn proves_alone(confirmed_at: Instant, now: Instant) -> Result<()> {
    let then = confirmed_at.plus(PROVES_AFTER);
    match now < then {
        true => Err(Error::field(
            "/otp",
            "wrong",
            "is of a second factor that was set up just now; by itself it counts a day after that",
        )
        .with("counts_from", then)),
        false => Ok(()),
    }
}

/// What somebody sends as `otp`.
#[derive(Clone, Debug, PartialEq)]
pub enum Otp {
    /// A code of the app.
    Code(u32),
    /// A recovery code, as its hash.
    Recovery(String),
}

impl Otp {
    /// Of what was typed, with whatever spaces and hyphens; none for what can be neither.
    pub fn read(text: &str) -> Option<Self> {
        let bare = |c: &char| !c.is_whitespace() && *c != '-';
        let bare: String = text.chars().take(100).filter(bare).collect();
        let is_code = bare.len() == 6 && bare.bytes().all(|b| b.is_ascii_digit());
        match bare.len() {
            6 if is_code => bare.parse().ok().map(Self::Code),
            16 => Some(Self::Recovery(Secret::hash(&bare.to_lowercase()))),
            _ => None,
        }
    }
}

/// A recovery code as it is shown, such as `k7qf-2mxa-4tnw-zc3e`, and the hash that is stored.
pub fn recovery_code(bytes: [u8; RECOVERY_BYTES]) -> Secret {
    let bare = base32(&bytes).to_lowercase();
    let groups: Vec<&str> = (0..4).filter_map(|nth| bare.get(4 * nth..4 * nth + 4)).collect();
    Secret {
        text: groups.join("-"),
        hash: Secret::hash(&bare),
    }
}

/// How many seconds somebody has to wait after wrong codes. Who comes so far knows the password; at one guess an hour
/// the three codes of a million that are good at a time are not found.
pub fn wait(wrong_codes: i32, wrong_at: Option<Instant>, now: Instant) -> Option<u32> {
    let wrong_at = wrong_at.filter(|_| wrong_codes >= FREE)?;
    let doublings = u32::try_from(wrong_codes - FREE).unwrap_or(0).min(16);
    let pause = (PAUSE << doublings).min(LONGEST_PAUSE);
    let until = wrong_at.plus(TimeDelta::seconds(pause));
    let left = until.unix_seconds() - now.unix_seconds();
    u32::try_from(left).ok().filter(|left| *left > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        for (typed, code) in [("123456", 123_456), ("012 345", 12_345), ("000-001 ", 1)] {
            assert_eq!(Otp::read(typed), Some(Otp::Code(code)), "{typed}");
        }
        let code = recovery_code([7; RECOVERY_BYTES]);
        assert_eq!(code.text.len(), 19);
        for typed in [
            code.text.clone(),
            code.text.replace('-', ""),
            code.text.to_uppercase(),
            code.text.replace('-', " "),
        ] {
            assert_eq!(Otp::read(&typed), Some(Otp::Recovery(code.hash.clone())), "{typed}");
        }
        for neither in ["", "12345", "1234567", "12345x", "١٢٣٤٥٦", &"1".repeat(1000)] {
            assert_eq!(Otp::read(neither), None, "{neither}");
        }
    }

    #[test]
    fn a_new_second_factor_proves_nothing_by_itself() {
        let now = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        for (hours, proves) in [(0, false), (23, false), (24, true), (1000, true)] {
            let confirmed_at = now.plus(-TimeDelta::hours(hours));
            assert_eq!(proves_alone(confirmed_at, now).is_ok(), proves, "{hours}");
        }
    }

    #[test]
    fn guessing_becomes_slow() {
        let now = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        for (wrong, seconds) in [
            (0, None),
            (4, None),
            (5, Some(30)),
            (6, Some(60)),
            (11, Some(1920)),
            (12, Some(3600)),
            (i32::MAX, Some(3600)),
        ] {
            assert_eq!(wait(wrong, Some(now), now), seconds, "{wrong}");
        }
        assert_eq!(wait(6, Some(now), now.plus(TimeDelta::seconds(59))), Some(1));
        assert_eq!(wait(6, Some(now), now.plus(TimeDelta::seconds(60))), None);
    }
}
