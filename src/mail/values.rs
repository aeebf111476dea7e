//! What the variables of texts stand for.

use chrono::{Datelike as _, NaiveDate};
use fluent_bundle::{FluentArgs, FluentValue};
use icu_properties::{CodePointMapData, props::BidiClass};

use super::{
    links::without_links,
    texts::{Text, Written, fill},
};
use crate::{
    error::Result,
    primitives::{Instant, Language, Line, Url, time::TimeZone},
};

/// What a variable of a text stands for.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// What people call a campus, a provider or themselves. No part of it becomes a link, and whichever way it runs, the
    /// sentence around it keeps its own direction.
    Name(String),
    /// A number, in the language's digits and plural.
    Number(i32),
    /// A word that the text chooses by, such as a role.
    Word(&'static str),
    /// A code to copy.
    Code(String),
    /// An address to open or to call.
    Link(String),
    /// A date.
    Date(NaiveDate),
    /// What calendar and clock show at a moment in a zone.
    Moment(Instant, TimeZone),
    /// What somebody wrote, in lines of their own that begin with `>`: nobody takes them for the letter's, and no part of them
    /// becomes a link.
    Quote(String),
    /// What is written in the language already.
    Said(String),
}

impl Value {
    /// What people call something.
    pub fn name(name: &impl ToString) -> Self {
        Self::Name(name.to_string())
    }
}

/// Writes a text in a language, with these values for its variables.
///
/// # Errors
/// One for the log, if the language lacks the text, or the text a value.
pub(super) fn write(language: Language, text: Text, values: &[(&'static str, Value)]) -> Result<Written> {
    let mut given = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        given.set(*name, fluent(language, value)?);
    }
    fill(language, text, &given)
}

/// A text that is part of a letter.
///
/// # Errors
/// As [`write`].
pub(crate) fn say(language: Language, text: Text, values: &[(&'static str, Value)]) -> Result<String> {
    Ok(write(language, text, values)?.body)
}

/// Where something is: a line each for its place and its link, if it has them.
///
/// # Errors
/// As [`write`].
pub(crate) fn say_where(language: Language, place: Option<&Line>, url: Option<&Url>) -> Result<Vec<String>> {
    let place = place.map(|place| say(language, Text::AtPlace, &[("place", Value::name(place))]));
    let link = url.map(|url| say(language, Text::AtLink, &[("link", Value::Link(url.to_string()))]));
    place.into_iter().chain(link).collect()
}

/// A text in one line: its subject, or itself if it has none.
///
/// # Errors
/// As [`write`].
pub(crate) fn title(language: Language, text: Text, values: &[(&'static str, Value)]) -> Result<String> {
    let written = write(language, text, values)?;
    Ok(written.subject.unwrap_or(written.body))
}

/// What a notice says besides its title, if it does.
///
/// # Errors
/// As [`write`].
pub(crate) fn detail(language: Language, text: Text, values: &[(&'static str, Value)]) -> Result<Option<String>> {
    Ok(write(language, text, values)?.detail)
}

/// A value as Fluent takes it.
fn fluent(language: Language, value: &Value) -> Result<FluentValue<'static>> {
    Ok(match value {
        Value::Name(name) => isolated(language, without_links(name)).into(),
        Value::Number(number) => (*number).into(),
        Value::Word(word) => (*word).into(),
        Value::Quote(text) => quoted(language, text).into(),
        // Whoever copies one gets nothing else: in a text from right to left it stands on a line of its own.
        Value::Code(text) | Value::Link(text) | Value::Said(text) => text.clone().into(),
        Value::Date(date) => say(language, Text::Date, &calendar(*date))?.into(),
        Value::Moment(moment, zone) => {
            let there = moment.local_in(*zone);
            let mut values = calendar(there.date()).to_vec();
            values.extend([
                ("weekday", number(there.weekday().number_from_monday())),
                ("time", Value::Said(there.format("%H:%M").to_string())),
                ("zone", Value::Name(zone.as_str().into())),
            ]);
            say(language, Text::Moment, &values)?.into()
        }
    })
}

fn calendar(date: NaiveDate) -> [(&'static str, Value); 3] {
    [
        ("year", Value::Number(date.year())),
        ("month", number(date.month())),
        ("day", number(date.day())),
    ]
}

/// A part of a date.
fn number(part: u32) -> Value {
    Value::Number(i32::try_from(part).unwrap_or_default())
}

/// The text between marks that keep its direction from what is around it (Unicode's FSI and PDI), where it may run
/// another way than the language.
fn isolated(language: Language, text: String) -> String {
    match language.is_right_to_left() || text.chars().any(runs_leftwards) {
        true => format!("\u{2068}{text}\u{2069}"),
        false => text,
    }
}

/// Each line as a name is written, behind the mark of what somebody else wrote.
fn quoted(language: Language, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']).map(|line| match line.trim().is_empty() {
        true => ">".to_owned(),
        false => format!("> {}", isolated(language, without_links(line))),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a character is of a script that runs from right to left.
pub(super) fn runs_leftwards(c: char) -> bool {
    let class = CodePointMapData::<BidiClass>::new().get(c);
    matches!(class, BidiClass::RightToLeft | BidiClass::ArabicLetter)
}
