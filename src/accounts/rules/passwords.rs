//! What a password must be (NIST SP 800-63B-4: length and a blocklist, no composition rules). How many guesses a
//! password takes is estimated by zxcvbn (Wheeler, USENIX Security 2016), which knows common passwords, words and names
//! of several languages, rows of keys, dates and the usual disguises of all these.

use zxcvbn::{Entropy, feedback::Warning, zxcvbn};

use crate::primitives::text::nfc;

/// Guesses that a password takes, as a power of ten: what lists of leaked passwords hold takes up to 10⁸, three words that
/// have nothing to do with each other take more than 10¹⁰.
const ENOUGH: f64 = 9.0;

/// Characters that are estimated in one piece: it takes time by the square of their number.
const PIECE: usize = 64;

/// Signs that stand for letters in a disguise such as `p@$$w0rd`.
const DISGUISES: &str = "4@8({[<369|1!7$5+%20";

/// So many different ones are looked at in a whole piece: every choice of what they stand for is tried.
const FEW_DISGUISES: usize = 5;

/// With more of them a piece has so many characters.
const SMALL_PIECE: usize = 16;

/// Pieces that are estimated.
const MOST_PIECES: usize = 4;

/// What everybody guesses here first.
const OF_THE_SERVICE: [&str; 4] = ["peerled", "bootcamp", "campus", "cohort"];

/// Whether a password can be taken. `known` is what whoever knows the person would try: their name, address and places,
/// and what the service is called.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn check_password(password: &str, known: &[String]) -> Result<(), String> {
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
    // Capitals hardly make a password harder to guess.
    let lower: Vec<char> = password.to_lowercase().chars().collect();
    let own = words_of(known);
    let words: Vec<&str> = own.iter().map(String::as_str).chain(OF_THE_SERVICE).collect();
    let mut wrong = None;
    // A password is no sooner guessed than any piece of it.
    for piece in lower.chunks(piece_size(&lower)).take(MOST_PIECES) {
        let estimate = zxcvbn(&piece.iter().collect::<String>(), &words);
        if estimate.guesses_log10() >= ENOUGH {
            return Ok(());
        }
        wrong.get_or_insert_with(|| what_is_wrong(&estimate, &words));
    }
    Err(format!(
        "{}; take four words that have nothing to do with each other, or let a password manager make one",
        wrong.unwrap_or("is too easy to guess")
    ))
}

fn piece_size(password: &[char]) -> usize {
    let disguises = DISGUISES.chars().filter(|sign| password.contains(sign)).count();
    match disguises > FEW_DISGUISES {
        true => SMALL_PIECE,
        false => PIECE,
    }
}

/// The parts of names and addresses, and each in one piece.
fn words_of(known: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for text in known.iter().map(|text| nfc(text).to_lowercase()) {
        let (halves, labels) = (text.split('@'), text.split(['@', '.']));
        for text in [text.as_str()].into_iter().chain(halves).chain(labels) {
            let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            words.extend([text.to_owned(), parts.concat()]);
            words.extend(parts.into_iter().map(ToOwned::to_owned));
        }
    }
    words.retain(|word| word.chars().count() >= 3);
    words.sort_unstable();
    words.dedup();
    words
}

fn what_is_wrong(estimate: &Entropy, own: &[&str]) -> &'static str {
    let longest = estimate.sequence().iter().max_by_key(|part| part.token.chars().count());
    if longest.is_some_and(|part| own.contains(&part.token.as_str())) {
        return "is little more than your name, your address, your campus or a word of this service";
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
        let known = [
            "amal.haddad@weaving-school.example",
            "Amal Hadi Haddad",
            "FAC Nazareth",
            "fac-nazareth-14",
            "learn.tandem-academy.example",
        ];
        check_password(password, &known.map(String::from))
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
            &format!("1234567890!@#$%^{}", "kF8-wq0Zx!3n"),
            "4@8({[<369|1!7$5+%20",
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
            ("qwertyuiopas", "common password"),
            ("xxxxxxxxxxxxxxxx", "repeats"),
            ("abcabcabcabcabc", "repeats"),
            ("amal.haddad@weaving-school.example", "your name"),
            ("amalhadihaddad", "your name"),
            ("haddad123456", ""),
            ("Weaving-School1", "your name"),
            ("facnazareth14", "your campus"),
            ("FAC-Nazareth", "your campus"),
            ("Nazareth2026!", ""),
            ("tandemacademy", "a word of this service"),
            ("Tandem-Academy1", "a word of this service"),
            ("peerledpeerled", ""),
            ("peerled12345", ""),
            ("administrator", ""),
            ("unitedstates1", ""),
            ("basketball12", ""),
            ("welcome12345", ""),
            ("thisismypassword", ""),
            ("iloveyouforever", ""),
            ("Summer2024!!", ""),
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
