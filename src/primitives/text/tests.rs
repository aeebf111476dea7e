use super::*;

fn all<T: std::fmt::Debug>(parse: fn(&str) -> Result<T, String>, texts: &[&str]) {
    for text in texts {
        let parsed = parse(text);
        assert!(parsed.is_ok(), "{text:?}: {parsed:?}");
    }
}

fn none<T: std::fmt::Debug>(parse: fn(&str) -> Result<T, String>, texts: &[&str]) {
    for text in texts {
        let parsed = parse(text);
        assert!(parsed.is_err(), "{text:?}: {parsed:?}");
    }
}

fn each_becomes(parse: fn(&str) -> Result<String, String>, pairs: &[(&str, &str)]) {
    for (text, one) in pairs {
        assert_eq!(parse(text).as_deref(), Ok(*one), "{text:?}");
    }
}

#[test]
fn an_address_has_one_spelling() {
    let parse = |text: &str| Email::parse(text).map(|email| email.to_string());
    each_becomes(
        parse,
        &[
            (" Amal@Example.ORG ", "amal@example.org"),
            ("amal@xn--exmple-cua.org", "amal@exämple.org"),
            ("amal@EXA\u{308}MPLE.org", "amal@exämple.org"),
            ("ame\u{301}lie@example.org", "am\u{e9}lie@example.org"),
            ("\u{202a}b@example.org\u{202c}", "b@example.org"),
            ("c@example.org\u{200b}", "c@example.org"),
        ],
    );
    let too_long_in_lower_case = "\u{23a}".repeat(32) + "@example.org";
    none(
        Email::parse,
        &[
            "",
            "a",
            "a@b",
            "a b@example.org",
            "A <a@example.org>",
            "a@b@example.org",
            "a@exa_mple.org",
            "a@-x.org",
            "a\u{200b}a@example.org",
            "\u{130}lker@example.org",
            "a@xn--a.org",
            &too_long_in_lower_case,
        ],
    );
    let international = Email::parse("amal@exämple.org").unwrap();
    assert_eq!(international.for_smtp(), "amal@xn--exmple-cua.org");
}

#[test]
fn slugs_and_words() {
    all(Slug::parse, &["fac14", "fac-2018", "newcastle", "mexico"]);
    none(Slug::parse, &["f", "Fac", "a--b", "-a", "a-", "a_b", "", "me", "new"]);
    all(Word::parse, &["gender", "first_language", "a1"]);
    none(
        Word::parse,
        &["", "1a", "a__b", "_a", "a_", "A", "a-b", &"a".repeat(41)],
    );
}

#[test]
fn names_are_what_one_sees() {
    let parse = |text: &str| Line::parse(text).map(|line| line.to_string());
    each_becomes(
        parse,
        &[
            (" x ", "x"),
            ("Ame\u{301}lie", "Am\u{e9}lie"),
            ("أمل\u{200f}", "أمل"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("Team ❤\u{fe0f}", "Team ❤\u{fe0f}"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
        ],
    );
    for (name, mark) in [
        ("a\nb", "line break or tab U+000A: take out character 2"),
        ("Am\u{202e}al", "direction override U+202E: take out character 3"),
        ("  a\u{200b}b", "invisible character U+200B: take out character 4"),
        ("\u{2800}", "invisible character U+2800: take out character 1"),
        ("A\u{e000}", "private-use character U+E000: take out character 2"),
        (
            "A\u{fffe}",
            "code point that is no character, U+FFFE: take out character 2",
        ),
        ("A\u{1ffff}", "U+1FFFF"),
        ("A\u{0}", "control character U+0000"),
    ] {
        let refusal = Line::parse(name).unwrap_err();
        assert!(refusal.contains(mark), "{refusal}");
    }
    none(Line::parse, &["", "  ", "\u{200b}", "\u{200d}", "\u{fe0f}"]);
    assert!(Line::parse(&"é".repeat(200)).is_ok() && Line::parse(&"é".repeat(201)).is_err());
}

#[test]
fn prose_takes_what_scripts_need() {
    all(
        Text::parse,
        &[
            "a\n\tb\r\n",
            "עברית \u{200e}C++\u{200f} טקסט",
            "نص \u{2068}React\u{2069} نص",
            "\u{202a}embedded\u{202c}",
            "copied\u{200b}from a page",
            "soft\u{ad}hyphen",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "",
        ],
    );
    none(
        Text::parse,
        &["\u{0}", "a\u{202e}b", "\u{ffff}", "\u{1b}[1m", &"a".repeat(10_001)],
    );
}

#[test]
fn a_url_has_one_spelling() {
    let parse = |text: &str| Url::parse(text).map(|url| url.to_string());
    each_becomes(
        parse,
        &[
            ("https://example.org/x", "https://example.org/x"),
            ("HTTPS://Example.org", "https://example.org"),
            ("https://example.org/", "https://example.org/"),
            ("https://example.org/ä?ö#ü", "https://example.org/%C3%A4?%C3%B6#%C3%BC"),
            ("https://exämple.org/a", "https://xn--exmple-cua.org/a"),
            (" https://example.org:443/a\u{200e}", "https://example.org/a"),
        ],
    );
    none(
        Url::parse,
        &[
            "javascript:alert(1)",
            "/x",
            "https://",
            "http://u:p@example.org",
            "https:example.org",
            "https:///x",
            "https://exa mple.org",
            "https://example.org/a b",
            "https:\\\\example.org",
            "ftp://example.org",
        ],
    );
}

#[test]
fn a_name_on_github_is_told_in_several_ways() {
    let parse = |text: &str| GithubHandle::parse(text).map(|handle| handle.to_string());
    each_becomes(
        parse,
        &[
            ("octocat", "octocat"),
            (" @octocat", "octocat"),
            ("https://github.com/octocat", "octocat"),
            ("http://www.GitHub.com/Octo-Cat/", "Octo-Cat"),
            ("github.com/octocat?tab=repositories", "octocat"),
        ],
    );
    none(
        GithubHandle::parse,
        &[
            "",
            "@",
            "octocat@example.org",
            "-octo",
            "octo-",
            "oc--to",
            "oc to cat",
            "é",
            &"a".repeat(40),
            "https://github.com/",
            "https://github.com/a/b",
            "https://gitlab.com/a",
            "@@a",
        ],
    );
}

/// Pieces of which each has broken some program's idea of text.
const PIECES: [&str; 56] = [
    "a",
    "Z",
    "7",
    "-",
    "_",
    ".",
    "@",
    "/",
    "%",
    "#",
    "?",
    " ",
    "\u{a0}",
    "\u{3000}",
    "\n",
    "\t",
    "\0",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "Σ",
    "ς",
    "ﬁ",
    "K",
    "Ⱥ",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{307}",
    "\u{345}",
    "ǅ",
    "각",
    "\u{1100}\u{1161}",
    "שלום",
    "أمل",
    "हिन्दी",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{2068}",
    "\u{2069}",
    "\u{ad}",
    "\u{feff}",
    "\u{2800}",
    "\u{e000}",
    "\u{fffe}",
    "👩\u{200d}💻",
    "❤\u{fe0f}",
    "。",
    "．",
    "xn--",
    "xn--exmple-cua",
    "ä",
];

/// Whatever is taken is printed in the form that it is taken in again, as text and as JSON.
#[test]
fn what_is_printed_parses_to_the_same() {
    fn look<T>(
        name: &str,
        parse: fn(&str) -> Result<T, String>,
        text: &str,
        taken: &mut std::collections::BTreeMap<String, u32>,
    ) where
        T: std::fmt::Display + Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug,
    {
        let Ok(once) = parse(text) else { return };
        *taken.entry(name.into()).or_default() += 1;
        assert_eq!(parse(&once.to_string()).as_ref(), Ok(&once), "{name} of {text:?}");
        let json = serde_json::to_string(&once).unwrap();
        assert_eq!(
            serde_json::from_str::<T>(&json).unwrap(),
            once,
            "{name} of {text:?} in JSON"
        );
    }

    use rand::{Rng as _, SeedableRng as _};
    let mut dice = rand::rngs::StdRng::seed_from_u64(1);
    let mut taken = std::collections::BTreeMap::new();
    for _ in 0..20_000 {
        let mut some = |most: usize| -> String {
            (0..dice.random_range(1..=most))
                .map(|_| PIECES[dice.random_range(0..PIECES.len())])
                .collect()
        };
        let (short, long) = (some(3), some(8));
        for text in [short.as_str(), long.as_str()] {
            look("line", Line::parse, text, &mut taken);
            look("text", Text::parse, text, &mut taken);
            look("slug", Slug::parse, text, &mut taken);
            look("word", Word::parse, text, &mut taken);
            look("github", GithubHandle::parse, &format!("@{text}"), &mut taken);
            look("email", Email::parse, &format!("{text}@example.org"), &mut taken);
            look("email", Email::parse, &format!("{short}@{text}.org"), &mut taken);
            look("url", Url::parse, &format!("https://{text}.org"), &mut taken);
            look("url", Url::parse, &format!("http://example.org/{text}"), &mut taken);
        }
    }
    assert_eq!(taken.len(), 7, "{taken:?}");
    assert!(taken.values().all(|count| *count > 10), "{taken:?}");
}

#[test]
fn arabic_words_stand_with_the_article_or_without_it() {
    for (word, other) in [
        ("العربية", "عربية"),
        ("عربية", "العربية"),
        ("ال", "ال"),
        ("الم", "الم"),
        ("css", "css"),
        ("c++", "c++"),
    ] {
        assert_eq!(forms(word), [word, other]);
    }
}

#[test]
fn text_is_searched_by_its_words() {
    assert_eq!(
        words("Crème brûlée, 2x: \"CSS\" (don't)"),
        ["creme", "brulee", "2x", "css", "don", "t"]
    );
    assert_eq!(words("مرحبا STRASSE"), ["مرحبا", "strasse"]);
    assert_eq!(words("Straße, GROẞ"), ["strasse", "gross"]);
    assert_eq!(
        words("C++, (C#) and .NET."),
        ["c++", "c", "c#", "c", "and", ".net", "net"]
    );
    assert_eq!(
        words("a.net 1+1 x++y ... .5 #5"),
        ["a", "net", "1", "1", "x", "y", "5", "5"]
    );
    assert_eq!(words(" \"%_' OR * "), ["or"]);
    assert!(words("\"'*-").is_empty());
}
