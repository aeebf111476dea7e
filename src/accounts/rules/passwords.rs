//! What a password must be (NIST SP 800-63B-4: length and a blocklist, no composition rules). How many guesses a
//! password takes is estimated by zxcvbn (Wheeler, USENIX Security 2016), which knows common passwords, words and names
//! of several languages, rows of keys, dates and the usual disguises of all these.

use zxcvbn::{Entropy, Score, feedback::Warning, zxcvbn};

use crate::primitives::{Email, Line, text::nfc};

/// Characters that are looked at: an estimate takes time by the square of the length, and whatever takes enough guesses
/// up to here takes no fewer with more behind it.
const ESTIMATED: usize = 64;

/// What everybody guesses here first.
const OF_THE_SERVICE: [&str; 4] = ["peerled", "bootcamp", "campus", "cohort"];

/// Whether a password can be taken.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn check_password(password: &str, email: &Email, name: &Line) -> Result<(), String> {
    let password = nfc(password);
    let length = password.chars().count();
    if length < 12 {
        return Err(
            "must have at least 12 characters; four words that have nothing to do with each other are good".into(),
        );
    }
    if length > 128 {
        return Err("must have at most 128 characters".into());
    }
    // Capitals hardly make a password harder to guess, and lengths stay the same without them.
    let tried: String = password.to_lowercase().chars().take(ESTIMATED).collect();
    let own = own_words(email, name);
    let words: Vec<&str> = own.iter().map(String::as_str).chain(OF_THE_SERVICE).collect();
    let estimate = zxcvbn(&tried, &words);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    Err(format!(
        "{}; take four words that have nothing to do with each other, or let a password manager make one",
        what_is_wrong(&estimate, &words)
    ))
}

/// The parts of a name and an address, and both in one piece, as whoever knows the person would try them.
fn own_words(email: &Email, name: &Line) -> Vec<String> {
    let (email, name) = (email.as_str().to_lowercase(), nfc(name.as_str()).to_lowercase());
    let mut words = Vec::new();
    for text in [
        email.as_str(),
        email.split('@').next().unwrap_or_default(),
        name.as_str(),
    ] {
        let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        words.extend([text.to_owned(), parts.concat()]);
        words.extend(parts.into_iter().map(ToOwned::to_owned));
    }
    words.retain(|word| word.chars().count() >= 3);
    words
}

fn what_is_wrong(estimate: &Entropy, own: &[&str]) -> &'static str {
    let longest = estimate.sequence().iter().max_by_key(|part| part.token.chars().count());
    if longest.is_some_and(|part| own.contains(&part.token.as_str())) {
        return "is little more than your name, your address or a word of this service";
    }
    match estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "is little more than a pattern on the keyboard"
        }
        Some(Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "repeats the same few characters"
        }
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "is a common password, or too much like one",
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => "is little more than a sequence such as `abcd` or `6543`",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => "is little more than a date",
        Some(Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess) => {
            "is little more than a name"
        }
        Some(Warning::AWordByItselfIsEasyToGuess) => "is little more than one word",
        None => "is too easy to guess",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), String> {
        let (email, name) = (
            Email::parse("amal.haddad@weaving-school.example").unwrap(),
            Line::parse("Amal Hadi Haddad").unwrap(),
        );
        check_password(password, &email, &name)
    }

    #[test]
    fn good_ones_are_taken_whatever_they_are_made_of() {
        for good in [
            "weaver lamp orbit",
            "correct horse battery staple",
            "mjölk gräs fönster",
            "نافذة قمر جسر نحاس",
            "kF8-wq0Zx!3n",
            "4716 2290 8153 9924",
            "Amal likes violet trams",
            &format!("{}{}", "kF8-wq0Zx!3n", "a".repeat(116)),
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(check("elevenchars").unwrap_err().contains("at least 12"));
        assert!(check(&"ü".repeat(11)).unwrap_err().contains("at least 12"));
        assert!(check(&"kF8-wq0Zx!3n ".repeat(10)).unwrap_err().contains("at most 128"));
    }

    #[test]
    fn weak_ones_are_refused_with_what_is_wrong() {
        for (weak, why) in [
            ("Password1234", "common password"),
            ("passwordpassword", "repeats"),
            ("iloveyou1234", "common password"),
            ("P@ssw0rd2024", "common password"),
            ("123456789012", "sequence"),
            ("abcdefghijklmnop", "sequence"),
            ("qwertyuiop[]", "keyboard"),
            ("qwertyuiopas", "keyboard"),
            ("xxxxxxxxxxxxxxxx", "repeats"),
            ("abcabcabcabcabc", "repeats"),
            ("amal.haddad@weaving-school.example", "your name"),
            ("amalhadihaddad", "your name"),
            ("haddad123456", ""),
            ("Weaving-School1", "your name"),
            ("peerledpeerled", ""),
            ("peerled12345", ""),
            ("administrator", ""),
            ("unitedstates1", ""),
            ("basketball12", ""),
            ("welcome12345", ""),
        ] {
            let refused = check(weak).expect_err(weak);
            assert!(refused.contains(why), "{weak}: {refused}");
            assert!(refused.contains("four words"), "{weak}: {refused}");
        }
    }

    #[test]
    fn whatever_is_sent_is_estimated_in_no_time() {
        let odd = [
            "4@8({[<369|1!7$5+%20".repeat(6),
            "İ".repeat(128),
            "ﬃ\u{301}".repeat(40),
            "\u{0}\u{200f}\u{1f469}\u{200d}\u{1f692}".repeat(20),
            "qazwsxedc".repeat(14),
            "1a2b3c4d5e6f7g8h".repeat(8),
        ];
        for password in odd {
            let begun = std::time::Instant::now();
            let _ = check(&password);
            let took = begun.elapsed();
            assert!(took.as_millis() < 500, "{password} took {took:?}");
        }
    }
}
