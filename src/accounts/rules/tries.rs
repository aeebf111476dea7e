//! How often somebody may try to log in.

/// Tries a minute for one account from one network.
const TRIES: i64 = 10;
/// The same while many guess at the account.
const TRIES_UNDER_ATTACK: i64 = 1;
/// Wrong passwords for one account, from wherever, after which many guess at it.
const WRONG: i64 = 30;
/// For so many minutes wrong passwords count.
pub const MINUTES: i64 = 10;

/// Whether another try may be looked at, after these within this minute and the one before, and so many wrong passwords
/// for the account. Whoever owns it is not locked out by others who guess: each network has tries of its own, but fewer
/// while there are many wrong ones. Otherwise the seconds to wait.
pub fn may_try(now: i64, in_this_minute: i64, in_the_last: i64, wrong: i64) -> Result<(), u32> {
    let limit = match wrong > WRONG {
        true => TRIES_UNDER_ATTACK,
        false => TRIES,
    };
    let second = now.rem_euclid(60);
    // Of the last minute, the part that lies within sixty seconds.
    let recent = in_this_minute * 60 + in_the_last * (60 - second);
    match recent < limit * 60 {
        true => Ok(()),
        false => Err(u32::try_from(61 - second).unwrap_or(61)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_and_one_while_many_guess() {
        for (second, this, last, wrong, allowed) in [
            (0, 0, 0, 0, true),
            (30, 9, 0, 0, true),
            (30, 10, 0, 0, false),
            (0, 0, 10, 0, false),
            (1, 0, 10, 0, true),
            (30, 5, 10, 0, false),
            (30, 4, 10, 0, true),
            (30, 0, 0, 30, true),
            (30, 1, 0, 30, true),
            (30, 0, 0, 31, true),
            (30, 1, 0, 31, false),
            (30, 0, 1, 31, true),
        ] {
            let asked = may_try(600 + second, this, last, wrong);
            assert_eq!(asked.is_ok(), allowed, "{second} {this} {last} {wrong}");
        }
        assert_eq!(may_try(610, 10, 0, 0), Err(51));
    }
}
