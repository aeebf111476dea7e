//! When a campus closes, and until when it can be opened again.

use chrono::TimeDelta;

use crate::{
    error::{Code, Error, Result},
    primitives::Instant,
};

/// For how long its organisers can open it again, and are on record as such.
pub const REOPENED_WITHIN: TimeDelta = TimeDelta::days(30);

/// A campus closes once nothing goes on there; these of its cohorts are planned or running.
///
/// # Errors
/// `409 conflict` that names them.
pub fn may_close(going_on: &[String]) -> Result<()> {
    if going_on.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "The campus still has planned or running cohorts: {}. Set each to `graduated` or `cancelled` first.",
        going_on.join(", ")
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Whether a campus that was closed at this time may be opened again.
///
/// # Errors
/// `409 conflict` if its organisers have let the time pass.
pub fn may_reopen(closed_at: Instant, is_admin: bool, now: Instant) -> Result<()> {
    if is_admin || now <= closed_at.plus(REOPENED_WITHIN) {
        return Ok(());
    }
    let detail = format!(
        "Its organisers can open a campus again for {} days; this one has been closed since {}. Ask whoever runs this \
         service.",
        REOPENED_WITHIN.num_days(),
        closed_at.date()
    );
    Err(Error::new(Code::Conflict, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campus_closes_once_nothing_goes_on_there() {
        assert!(may_close(&[]).is_ok());
        let refused = may_close(&["fac14".into(), "fac15".into()]).unwrap_err();
        assert!(refused.detail().contains("fac14, fac15"), "{}", refused.detail());
    }

    #[test]
    fn organisers_open_it_again_within_thirty_days_and_administrators_whenever() {
        let closed = Instant::now();
        for (days, is_admin, may) in [
            (0, false, true),
            (30, false, true),
            (31, false, false),
            (900, true, true),
        ] {
            let now = closed.plus(TimeDelta::days(days));
            assert_eq!(may_reopen(closed, is_admin, now).is_ok(), may, "{days} {is_admin}");
        }
    }
}
