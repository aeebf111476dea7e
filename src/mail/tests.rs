//! What holds for the texts of all letters in all languages.

mod clients;
mod variables;

use chrono::NaiveDate;
use icu_properties::{CodePointMapData, props::BidiClass};

use super::{
    model::Letter,
    texts::{self, Text},
    values::{Value, runs_leftwards, say},
};
use crate::primitives::{Email, Instant, Language, time::TimeZone};
use variables::{Uses, uses};

const CODE: &str = "-CBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4_";
const POST: &str = "https://api.example.org/v1/me/verifications/redemptions";
const DOCS: &str = "https://api.example.org/docs";

fn moment() -> Value {
    Value::Moment(
        Instant::parse("2099-07-06T10:00:00Z").unwrap(),
        TimeZone::parse("Asia/Gaza").unwrap(),
    )
}

fn date() -> Value {
    Value::Date(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap())
}

/// What the letters of a kind are given, by how their ids begin, with one name for all that people name.
fn values(text: Text, name: &str, language: Language) -> Vec<(&'static str, Value)> {
    let named = |variable| (variable, Value::Name(name.into()));
    let links = [("post", Value::Link(POST.into())), ("docs", Value::Link(DOCS.into()))];
    let how = say(language, Text::ForPrograms, &links).unwrap();
    let code = [("code", Value::Code(CODE.into())), ("how", Value::Said(how))];
    let (kind, _) = text.id().split_once('-').unwrap();
    match kind {
        "code" => [code.to_vec(), vec![("until", moment())]].concat(),
        "account" => vec![("since", moment())],
        "sign" => vec![named("provider")],
        "staff" => {
            let role = ("role", Value::Word("organiser"));
            [
                code.to_vec(),
                vec![named("campus"), named("city"), role, ("until", date())],
            ]
            .concat()
        }
        "student" | "alumni" => {
            let names = ["cohort", "campus", "city"].map(named).to_vec();
            let dates = ["starts", "ends", "until"].map(|variable| (variable, date())).to_vec();
            [code.to_vec(), names, dates].concat()
        }
        "slot" => {
            let period = say(language, Text::Period, &[("from", moment()), ("to", moment())]).unwrap();
            let week = ("week", Value::Number(3));
            let kind = ("kind", Value::Word("pastoral"));
            vec![
                week,
                kind,
                named("cohort"),
                named("campus"),
                ("at", moment()),
                ("when", Value::Said(period)),
            ]
        }
        "application" => {
            let names = ["cohort", "campus"].map(named).to_vec();
            [
                names,
                vec![
                    ("starts", date()),
                    ("from", date()),
                    ("to", date()),
                    ("by", moment()),
                    ("when", moment()),
                    named("later"),
                ],
            ]
            .concat()
        }
        "client" => clients::values(("agreement_sent", "staff"), name, language, POST),
        "demo" => {
            let names = ["client", "cohort", "campus"].map(named).to_vec();
            let more = say(language, Text::BeginsAt, &[("at", moment())]).unwrap();
            let told = [
                ("status", Value::Word("cancelled")),
                ("at", moment()),
                ("more", Value::Said(more)),
            ];
            [names, told.to_vec()].concat()
        }
        "owner" => {
            let names = ["client", "campus", "city"].map(named).to_vec();
            [code.to_vec(), names, vec![("until", date())]].concat()
        }
        "campus" => {
            let links = ["export", "closing"].map(|variable| (variable, Value::Link(POST.into())));
            [
                vec![named("campus"), named("city"), ("days", Value::Number(30))],
                links.to_vec(),
            ]
            .concat()
        }
        "allocation" => {
            let allocation = ("allocation", Value::Code("1v1730py00001".into()));
            vec![
                named("cohort"),
                named("campus"),
                ("weeks", Value::Said("3, 5".into())),
                allocation,
            ]
        }
        "notice" => {
            let weeks = ["week", "from", "to"].map(|variable| (variable, Value::Number(3)));
            let role = ("role", Value::Word("organiser"));
            [
                ["cohort", "campus", "team", "event"].map(named).to_vec(),
                weeks.to_vec(),
                vec![
                    role,
                    ("starts", date()),
                    ("when", moment()),
                    ("missing", Value::Number(2)),
                    ("status", Value::Word("applied")),
                ],
            ]
            .concat()
        }
        "told" => {
            let title = super::values::title(language, Text::NoticeAdmitted, &[named("campus")]).unwrap();
            vec![
                ("titles", Value::Said(format!("- {title}\n- {title}"))),
                ("text", Value::Said(title.clone())),
                ("title", Value::Said(title)),
                ("count", Value::Number(2)),
                ("list", Value::Link(POST.into())),
            ]
        }
        "webhook" => {
            let links = ["url", "webhook"].map(|variable| (variable, Value::Link(POST.into())));
            [vec![named("campus")], links.to_vec()].concat()
        }
        kind => panic!("no values for letters that begin with `{kind}`"),
    }
}

fn write(text: Text, name: &str, language: Language) -> Letter {
    let recipient = Email::parse("amal@example.org").unwrap();
    Letter::write(recipient, language, text, &values(text, name, language)).unwrap()
}

/// Every letter in every language.
fn all(name: &str, check: impl Fn(Language, Text, &Letter)) {
    for language in Language::ALL {
        let used = uses(texts::source(language));
        let letters = Text::ALL.iter().filter(|text| used[text.id()].has_subject);
        let written = letters.map(|text| check(language, *text, &write(*text, name, language)));
        let titles = Text::ALL.iter().filter(|text| text.id().starts_with("notice-"));
        assert_eq!(
            written.count(),
            Text::ALL.len() - titles.count() - 12,
            "all but titles of notices, date, moment, period, two of where a code is given, two parts of letters about clients, and the five lines about when and where"
        );
    }
}

#[test]
fn every_language_has_every_text_with_the_same_variables() {
    let english = uses(texts::source(Language::English));
    for language in Language::ALL {
        let used = uses(texts::source(language));
        for text in Text::ALL {
            let in_english = &english[text.id()];
            let here = used
                .get(text.id())
                .unwrap_or_else(|| panic!("{language:?} lacks `{}`", text.id()));
            let all = |uses: &Uses| (uses.variables.clone(), uses.has_subject, uses.has_detail);
            assert_eq!(all(here), all(in_english), "`{}` in {language:?}", text.id());
        }
        for id in used.keys() {
            let is_written = Text::ALL.iter().any(|text| text.id() == id);
            let is_part = used.values().any(|uses| uses.parts.contains(id));
            assert!(is_written || is_part, "nothing uses `{id}` in {language:?}");
        }
    }
}

#[test]
fn every_letter_is_whole_in_every_language() {
    all("FAC London", |language, text, letter| {
        let shown = format!("{language:?} {text:?}\n{}\n{}", letter.subject, letter.body);
        assert!(!letter.subject.is_empty() && !letter.subject.contains('\n'), "{shown}");
        assert!(letter.body.ends_with('\n') && !letter.body.ends_with("\n\n"), "{shown}");
        assert!(
            !shown.contains('$') && !shown.contains("{ ") && !shown.contains("\n\n\n"),
            "{shown}"
        );
        let latin = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
        if language.is_right_to_left() {
            assert!(latin(&letter.subject) <= "FAC London at FAC London".len(), "{shown}");
            assert!(letter.subject.chars().any(runs_leftwards), "{shown}");
        } else {
            assert!(!letter.body.chars().any(runs_leftwards), "{shown}");
        }
    });
}

#[test]
fn codes_and_links_are_copied_clean() {
    all("FAC London", |language, text, letter| {
        let of_code = values(text, "", language).iter().any(|(name, _)| *name == "code");
        if !of_code || text == Text::CodeRegistrationKnown {
            return;
        }
        let lines: Vec<&str> = letter.body.lines().collect();
        assert!(
            lines.contains(&format!("    {CODE}").as_str()),
            "{language:?} {text:?}\n{}",
            letter.body
        );
        for link in [POST, DOCS] {
            let line = lines.iter().find(|line| line.contains(link)).unwrap();
            if language.is_right_to_left() {
                assert_eq!(line.trim(), link, "{language:?} {text:?}");
            }
            let (_, behind) = line.split_once(link).unwrap();
            assert!(
                behind.is_empty() || behind.starts_with([',', '.']),
                "{language:?} {text:?}: {line}"
            );
        }
    });
}

#[test]
fn a_page_that_takes_the_code_stands_on_a_line_of_its_own() {
    for language in Language::ALL {
        let said = say(language, Text::ForTheConsole, &[("page", Value::Link(POST.into()))]).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines.len() == 2 && lines[1].trim() == POST, "{said}");
    }
}

#[test]
fn names_keep_their_direction_to_themselves() {
    let marks = |text: &str| text.chars().filter(|c| ('\u{2066}'..='\u{2069}').contains(c)).count();
    // Latin names leave an English letter as it is.
    all("FAC London", |language, text, letter| {
        let has_name = values(text, "", language)
            .iter()
            .any(|(name, value)| matches!(value, Value::Name(_)) || ["text", "titles"].contains(name));
        let isolated = "\u{2068}FAC London\u{2069}";
        assert_eq!(
            letter.body.contains(isolated),
            language.is_right_to_left() && has_name,
            "{language:?} {text:?}"
        );
        if !language.is_right_to_left() {
            assert_eq!(marks(&letter.body) + marks(&letter.subject), 0);
        }
    });
    all("غزة 1", |language, text, letter| {
        let named = letter.body.matches("غزة 1").count();
        assert_eq!(
            letter.body.matches("\u{2068}غزة 1\u{2069}").count(),
            named,
            "{language:?} {text:?}"
        );
    });
}

#[test]
fn a_line_begins_where_its_language_begins() {
    // As Unicode's rule P2 finds it: by the first letter that has a direction, outside of isolates.
    let class = |c: char| CodePointMapData::<BidiClass>::new().get(c);
    let first = |line: &str| {
        let mut depth = 0;
        line.chars().find(|c| {
            match c {
                '\u{2068}' => depth += 1,
                '\u{2069}' => depth -= 1,
                _ => {}
            }
            depth == 0 && (runs_leftwards(*c) || class(*c) == BidiClass::LeftToRight)
        })
    };
    all("FAC London", |language, text, letter| {
        let of_words = |line: &&str| ![CODE, POST, DOCS].contains(&line.trim());
        for line in letter.body.lines().filter(of_words).filter_map(first) {
            assert_eq!(
                runs_leftwards(line),
                language.is_right_to_left(),
                "{text:?}: {line}\n{}",
                letter.body
            );
        }
    });
}

#[test]
fn no_name_becomes_a_link() {
    all("Win: https://evil.example/now", |language, text, letter| {
        let written = format!("{}\n{}", letter.subject, letter.body);
        assert!(!written.contains("evil.example"), "{language:?} {text:?}\n{written}");
    });
}

#[test]
fn dates_and_times_are_written_as_the_language_writes_them() {
    let cases = [
        (
            Language::English,
            "2 March 2026",
            "Monday 6 July 2099, 13:00 (Asia/Gaza)",
        ),
        (
            Language::Arabic,
            "2 آذار/مارس 2026",
            "الاثنين 6 تموز/يوليو 2099، الساعة 13:00 (\u{2068}Asia/Gaza\u{2069})",
        ),
        (
            Language::Hebrew,
            "2 במרץ 2026",
            "יום שני, 6 ביולי 2099, בשעה 13:00 (\u{2068}Asia/Gaza\u{2069})",
        ),
        (
            Language::French,
            "2 mars 2026",
            "lundi 6 juillet 2099 à 13:00 (Asia/Gaza)",
        ),
    ];
    for (language, on, at) in cases {
        let shown = |value| say(language, Text::ForYou, &[("period", value)]).unwrap();
        let (on_date, at_moment) = (shown(date()), shown(moment()));
        assert!(on_date.ends_with(on), "{on_date}");
        assert!(at_moment.ends_with(at), "{at_moment}");
    }
    let months: Vec<String> = (1..=12)
        .map(|month| {
            let date = Value::Date(NaiveDate::from_ymd_opt(2026, month, 1).unwrap());
            say(Language::Hebrew, Text::ForYou, &[("period", date)]).unwrap()
        })
        .collect();
    let first = Value::Date(NaiveDate::from_ymd_opt(2026, 5, 1).unwrap());
    let may = say(Language::French, Text::ForYou, &[("period", first)]).unwrap();
    assert!(may.ends_with("1er mai 2026"), "{may}");
    assert!(
        months[10].ends_with("1 בנובמבר 2026") && months[11].ends_with("1 בדצמבר 2026"),
        "{months:?}"
    );
}

#[test]
fn a_letter_that_lacks_a_value_is_not_sent() {
    let recipient = Email::parse("amal@example.org").unwrap();
    assert!(Letter::write(recipient, Language::Arabic, Text::SignOnLinked, &[]).is_err());
}
