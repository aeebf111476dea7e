//! What holds for letters about clients.

use std::collections::BTreeSet;

use crate::{
    mail::{
        model::Letter,
        texts::Text,
        values::{Value, say},
    },
    primitives::{Email, Language},
};

/// What letters tell of a client, each with who did it.
const WORDS: [(&str, &str); 15] = [
    ("applied", "owner"),
    ("acknowledged", "staff"),
    ("invited", "staff"),
    ("workshop_booked", "owner"),
    ("workshop_given_up", "owner"),
    ("agreement_sent", "staff"),
    ("agreement_signed", "owner"),
    ("attended", "staff"),
    ("research_asked", "staff"),
    ("research_received", "owner"),
    ("project", "staff"),
    ("completed", "staff"),
    ("exit_feedback", "owner"),
    ("withdrawn", "staff"),
    ("withdrawn", "owner"),
];

/// What letters about a client are given, of a step that one side took with a note and a link.
pub fn values(
    (status, by): (&'static str, &'static str),
    name: &str,
    language: Language,
    link: &str,
) -> Vec<(&'static str, Value)> {
    let named = |variable| (variable, Value::Name(name.into()));
    let by = ("by", Value::Word(by));
    let note = ("note", Value::Quote(format!("{name}\n\n{name}")));
    let href = ("href", Value::Link(link.into()));
    let values = [
        named("client"),
        named("campus"),
        by,
        note,
        href,
        ("status", Value::Word(status)),
    ];
    let said = [Text::ClientNote, Text::ClientAnswer].map(|text| say(language, text, &values).unwrap());
    let more = format!("\n\n{link}\n\n{}", said.join("\n\n"));
    [values.to_vec(), vec![("more", Value::Said(more))]].concat()
}

#[test]
fn each_step_of_a_client_is_told_in_words_of_its_own() {
    let recipient = Email::parse("amal@example.org").unwrap();
    for language in Language::ALL {
        let letter = |word| {
            let values = values(word, "FAC London", language, "https://example.org/agreement");
            Letter::write(recipient.clone(), language, Text::ClientStep, &values).unwrap()
        };
        let letters: Vec<Letter> = WORDS.iter().map(|word| letter(*word)).collect();
        let bodies: BTreeSet<&str> = letters.iter().map(|letter| letter.body.as_str()).collect();
        let subjects: BTreeSet<&str> = letters.iter().map(|letter| letter.subject.as_str()).collect();
        assert_eq!(bodies.len(), WORDS.len(), "{language:?}");
        // Who has withdrawn a client is said in the letter.
        assert_eq!(subjects.len(), WORDS.len() - 1, "{language:?} {subjects:?}");
        assert!(!subjects.iter().any(|subject| subject.contains('\n')), "{subjects:?}");
    }
}

#[test]
fn what_somebody_wrote_cannot_pass_for_the_letter() {
    let note = Value::Quote("Come at 9.\r\n\r\n    code\rSee https://evil.example/now\nثم غزة".into());
    let values = [
        ("campus", Value::name(&"FAC London")),
        ("client", Value::name(&"Food Bank")),
        ("by", Value::Word("staff")),
        ("note", note),
    ];
    let said = say(Language::English, Text::ClientNote, &values).unwrap();
    let lines: Vec<&str> = said.lines().skip(2).collect();
    let expected = [
        "> Come at 9.",
        ">",
        ">     code",
        "> See https evil. example/now",
        "> \u{2068}ثم غزة\u{2069}",
    ];
    assert_eq!(lines, expected, "{said}");
}
