//! How long ago somebody must have logged in for what makes another way into their account.

use chrono::TimeDelta;

use crate::{
    error::{Code, Error, Result},
    primitives::Instant,
};

/// Long enough to look around in one's settings, short enough that a session that was stolen, or left open, is seldom so
/// young: it lives for weeks.
const FRESH: TimeDelta = TimeDelta::hours(1);

/// Whether a session that began then may make another way in.
///
/// # Errors
/// `403 fresh_log_in_required`
pub fn is_fresh(logged_in: Instant, now: Instant) -> Result<()> {
    match now < logged_in.plus(FRESH) {
        true => Ok(()),
        false => Err(Error::new(
            Code::FreshLogInRequired,
            "You logged in more than an hour ago. Log in again, with a password, a passkey or a sign-on, and send the \
             request with the new session.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_an_hour() {
        let began = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        assert!(is_fresh(began, began).is_ok());
        assert!(is_fresh(began, began.plus(TimeDelta::seconds(3599))).is_ok());
        let refused = is_fresh(began, began.plus(FRESH)).unwrap_err();
        assert_eq!(refused.code(), Code::FreshLogInRequired);
    }
}
