//! What a password must be (NIST SP 800-63B-4: length and a blocklist, no composition rules). How many guesses a
//! password takes is estimated by zxcvbn (Wheeler, USENIX Security 2016), which knows common passwords, words and names
//! of several languages, rows of keys, dates and the usual disguises of all these.

use zxcvbn::{Entropy, feedback::Warning, zxcvbn};

use crate::primitives::text::{folded, nfc};

/// Guesses that a password takes, as a power of ten: what lists of leaked passwords hold takes up to 10⁸, three words that
/// have nothing to do with each other take more than 10¹⁰.
const ENOUGH: f64 = 9.0;

/// The same for words that are tried one after the other: zxcvbn takes four of them for hard to guess, however common each is, and
/// so every saying and every sentence such as `ilovemymother`.
const ENOUGH_AS_WORDS: f64 = 8.0;

/// What is known to whoever guesses, as a power of ten.
const KNOWN: f64 = 1.0;

/// No word of a dictionary that is longer is looked for.
const LONGEST_WORD: usize = 12;

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
const OF_THE_SERVICE: [&str; 7] = [
    "peerled",
    "bootcamp",
    "campus",
    "cohort",
    "foundersandcoders",
    "founders",
    "coders",
];

/// What is quoted and sung so often that it is guessed as a whole, however many words it has.
const SAYINGS_AND_WORDS: &str = include_str!("known.txt");

/// Whether a password has as many characters as it must have, which can be said of it alone.
///
/// # Errors
/// What is wrong, for whoever chose it.
pub fn check_password_length(password: &str) -> Result<(), String> {
    match nfc(password).chars().count() {
        ..12 => {
            Err("must have at least 12 characters; four words that have nothing to do with each other are good".into())
        }
        12..=128 => Ok(()),
        129.. => Err("must have at most 128 characters".into()),
    }
}

/// Whether a password can be taken. `known` is what whoever knows the person would try: their name, address and places,
/// and what the service is called.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn check_password(password: &str, known: &[String]) -> Result<(), String> {
    check_password_length(password)?;
    let password = nfc(password);
    // Capitals, accents and other shapes of letters hardly make a password harder to guess.
    let lower: Vec<char> = folded(&password).chars().collect();
    let own = words_of(known);
    let words: Vec<&str> = own.iter().map(String::as_str).chain(OF_THE_SERVICE).collect();
    // Rows of keys hardly get harder to guess by holding Shift down now and then.
    let without_shift: Vec<char> = lower.iter().map(|sign| without_shift(*sign)).collect();
    let wrong = what_is_guessed(&lower, &words).or_else(|| match without_shift == lower {
        true => None,
        false => what_is_guessed(&without_shift, &words),
    });
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(format!(
            "{wrong}; take four words that have nothing to do with each other, or let a password manager make one"
        )),
    }
}

/// What makes a password, in lower case, too easy to guess for whoever knows these words.
fn what_is_guessed(lower: &[char], words: &[&str]) -> Option<&'static str> {
    // A password is no sooner guessed than any piece of it.
    let mut estimates = lower
        .chunks(piece_size(lower))
        .take(MOST_PIECES)
        .map(|piece| zxcvbn(&piece.iter().collect::<String>(), words))
        .peekable();
    let first = estimates.peek().map(|estimate| what_is_wrong(estimate, words));
    match estimates.any(|estimate| estimate.guesses_log10() >= ENOUGH) {
        true if is_enough_as_words(lower, words) => None,
        true => Some("is made of common words and names, or of a saying"),
        false => Some(first.unwrap_or("is too easy to guess")),
    }
}

/// The sign of the key that types this one with Shift, on the row of digits of an American keyboard.
fn without_shift(sign: char) -> char {
    "!@#$%^&*()"
        .chars()
        .zip("1234567890".chars())
        .find(|(shifted, _)| *shifted == sign)
        .map_or(sign, |(_, digit)| digit)
}

/// Whether a password takes enough guesses of whoever tries words one after the other, whatever signs are between them.
fn is_enough_as_words(password: &[char], known: &[&str]) -> bool {
    let letters = |text: &str| -> Vec<char> { text.chars().filter(|sign| sign.is_alphanumeric()).collect() };
    let mut known: Vec<Vec<char>> = known
        .iter()
        .copied()
        .chain(SAYINGS_AND_WORDS.lines())
        .map(letters)
        .collect();
    known.retain(|word| !word.is_empty());
    let text = password.iter().filter(|sign| sign.is_alphanumeric());
    let text: Vec<char> = text.copied().take(PIECE).collect();
    // More signs than letters and digits are no sentence.
    if text.len() * 2 <= password.len().min(PIECE) {
        return true;
    }
    // The fewest guesses for what comes before each place.
    let mut fewest = vec![0.0];
    for end in 1..=text.len() {
        let Some(before) = text.get(..end) else { break };
        let of_dictionary =
            (1..=end.min(LONGEST_WORD)).filter_map(|length| Some((length, guesses(before.get(end - length..)?)?)));
        let ends = |word: &&Vec<char>| before.ends_with(word);
        let of_known = known.iter().filter(ends).map(|word| (word.len(), KNOWN));
        let guesses = of_dictionary
            .chain(of_known)
            .filter_map(|(length, guesses)| Some(fewest.get(end - length)? + guesses));
        fewest.push(guesses.fold(f64::INFINITY, f64::min));
    }
    fewest.last().is_some_and(|all| *all >= ENOUGH_AS_WORDS)
}

/// Guesses that a word or a number takes, or one sign of any kind.
fn guesses(word: &[char]) -> Option<f64> {
    let is_one = word.iter().all(|sign| sign.is_alphabetic()) || word.iter().all(char::is_ascii_digit);
    match word {
        [sign] if !sign.is_ascii_alphanumeric() => Some(1.0),
        _ if is_one => Some(zxcvbn(&word.iter().collect::<String>(), &[]).guesses_log10().max(0.3)),
        _ => None,
    }
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
    for text in known.iter().map(|text| folded(text)) {
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
            "gull piano thirteen wax",
            "tractor-ribbon-mosaic",
            "my dog hates purple socks",
            "Coffee.Garden.Stone.Window",
            "summit candle 48 orchid",
            "9f3c1b7e2a40",
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
            ("!QAZ2wsx#EDC4rfv", ""),
            ("1qaz@WSX3edc$RFV", ""),
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
            ("contraseña123", ""),
            ("ｐａｓｓｗｏｒｄ１２３４", "common password"),
            // Sentences and sayings, with and without signs between the words.
            ("ilovemymother1", "common words"),
            ("I love my mother!", "common words"),
            ("mydogisthebest", "common words"),
            ("my-family-is-my-life", "common words"),
            ("icanttellyou1", "common words"),
            ("todayisagoodday", "common words"),
            ("maytheforcebewithyou", "common words"),
            ("to be or not to be", "common words"),
            ("I!love!my!mother", "common words"),
            ("je t'aime mon amour", "common words"),
            ("lorem ipsum dolor sit", "common words"),
            ("alpha bravo charlie delta", "common words"),
            ("Monday/Tuesday/Wednesday", "common words"),
            ("red orange yellow green blue", "common words"),
            ("correcthorsebatterystaple", "a saying"),
            ("Correct-Horse-Battery-Staple1", "a saying"),
            ("londonbridgeisfallingdown", "a saying"),
            // What this service and its places are called, however often and with whatever year.
            ("peerled-campus-2026", "common words and names"),
            ("foundersandcoders", ""),
            ("Founders_and_Coders_2026", ""),
            ("Nazareth-cohort-2027", ""),
            ("amal-at-bootcamp-1", ""),
        ] {
            let refused = check(weak).expect_err(weak);
            assert!(refused.contains(why), "{weak}: {refused}");
            assert!(refused.contains("four words"), "{weak}: {refused}");
        }
    }

    #[test]
    fn whatever_is_sent_is_estimated_in_the_end() {
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
            // Were each choice of a disguise tried, it would take hours.
            assert!(took.as_secs() < 60, "{password} took {took:?}");
        }
    }
}
