//! Which signing key signs, and when those before it may go.

use chrono::TimeDelta;

use crate::primitives::Instant;

/// How often a running server looks for keys that came or went, in seconds.
pub const LOOKED_FOR: u64 = 60;

/// How long a new key is only published before it signs: every process has noticed it by then, and whoever verifies our
/// tokens elsewhere has read it from the JWKS, which is kept for five minutes at most.
const PUBLISHED: TimeDelta = TimeDelta::minutes(10);

/// From when a key signs that was put there at that moment, unless there is no other.
pub fn signs_from(put_there: Instant) -> Instant {
    put_there.plus(PUBLISHED)
}

/// From when no token can need the keys any more that signed before one that was put there at that moment.
pub fn alone_from(put_there: Instant, token_seconds: i64) -> Instant {
    // Some process may have been late to notice that another key signs.
    let margin = 2 * i64::try_from(LOOKED_FOR).unwrap_or(60);
    signs_from(put_there).plus(TimeDelta::seconds(token_seconds + margin))
}

/// Which of the keys signs: the last one that has been there for long enough, or else the first. They are in the order
/// of their names; of a key that is no file it is not known since when it is there.
pub fn signer(put_there: &[Option<Instant>], now: Instant) -> usize {
    let may_sign = |since: &Option<Instant>| since.is_none_or(|since| signs_from(since) <= now);
    put_there.iter().rposition(may_sign).unwrap_or(0)
}

/// How many of the first keys no token can need any more, where tokens are good for so many seconds.
///
/// # Errors
/// When that will be so.
pub fn spent(put_there: &[Option<Instant>], token_seconds: i64, now: Instant) -> Result<usize, Instant> {
    let signer = signer(put_there, now);
    let since = put_there.get(signer).copied().flatten();
    let Some(since) = since.filter(|_| signer > 0) else {
        return Ok(signer);
    };
    let until = alone_from(since, token_seconds);
    if until <= now { Ok(signer) } else { Err(until) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_published_then_signs_and_then_alone() {
        let now = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        let ago = |minutes: i64| Some(now.plus(-TimeDelta::minutes(minutes)));
        let quarter = 15 * 60;
        // The keys, the one that signs, and how many may go or in how many minutes.
        type Case<'a> = (&'a [Option<Instant>], usize, Result<usize, i64>);
        let cases: [Case; 8] = [
            (&[ago(0)], 0, Ok(0)),
            (&[ago(1000), ago(0)], 0, Ok(0)),
            (&[ago(1000), ago(9)], 0, Ok(0)),
            (&[ago(1000), ago(10)], 1, Err(17)),
            (&[ago(1000), ago(26)], 1, Err(1)),
            (&[ago(1000), ago(27)], 1, Ok(1)),
            (&[ago(1000), ago(27), ago(0)], 1, Ok(1)),
            (&[None, None], 1, Ok(1)),
        ];
        for (keys, signs, may_go) in cases {
            assert_eq!(signer(keys, now), signs, "{keys:?}");
            let expected = may_go.map_err(|minutes| now.plus(TimeDelta::minutes(minutes)));
            assert_eq!(spent(keys, quarter, now), expected, "{keys:?}");
        }
        // Copied back from a backup, all of them look new.
        assert_eq!(signer(&[ago(1), ago(1)], now), 0);
    }
}
