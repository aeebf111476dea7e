//! How often somebody may try to log in.

/// Tries a minute for one account from one network.
const TRIES: i64 = 10;
/// The same while many guess at the account.
const TRIES_UNDER_ATTACK: i64 = 1;
/// Wrong passwords for one account, from wherever, after which many guess at it.
const WRONG: i64 = 30;
/// For so many minutes wrong passwords count.
pub const MINUTES: i64 = 10;

/// How many tries a minute may be looked at from one network, after so many wrong passwords for the account. Whoever owns it is not
/// locked out by others who guess: each network has tries of its own, but fewer while there are many wrong ones.
pub fn most_tries(wrong: i64) -> i64 {
    match wrong > WRONG {
        true => TRIES_UNDER_ATTACK,
        false => TRIES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_and_one_while_many_guess() {
        for (wrong, most) in [(0, 10), (30, 10), (31, 1), (1000, 1)] {
            assert_eq!(most_tries(wrong), most, "{wrong}");
        }
    }
}
