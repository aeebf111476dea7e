//! From the text of a case file to a problem. What is wrong with it is said with its place, as a JSON pointer and as
//! line and column, and with what is expected there.

use forming::{Case, Problem};

use serde::de::IgnoredAny;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::primitives::pointer::{escaped, unescaped};

/// Reads a case.
///
/// # Errors
/// A sentence that begins with the place.
pub fn read(text: &str) -> Result<Problem, String> {
    if text.trim().is_empty() {
        return Err(at(
            "",
            (1, 1),
            &format!("the file is empty; {} is expected", expected("")),
        ));
    }
    if let Some(pointer) = serde_json::from_str(text)
        .ok()
        .and_then(|value| list_for_object(&value, ""))
    {
        let sentence = format!("{} is expected here, not a list", expected(&pointer));
        return Err(at(&pointer, place(text, &pointer), &sentence));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let case: Case = serde_path_to_error::deserialize(&mut json).map_err(|error| misshapen(text, &error))?;
    json.end().map_err(|error| not_json("", &error))?;
    Problem::new(&case).map_err(|error| at(&error.pointer, place(text, &error.pointer), &error.message))
}

fn at(pointer: &str, (line, column): (usize, usize), sentence: &str) -> String {
    match pointer {
        "" => format!("line {line}, column {column}: {sentence}"),
        _ => format!("{pointer} (line {line}, column {column}): {sentence}"),
    }
}

fn not_json(pointer: &str, error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = match message.split(" at line ").next().unwrap_or_default() {
        "expected value" | "expected ident" => "expected a text in quotes, a number, a list or an object".to_owned(),
        what => what.replace("EOF while parsing", "the file ends within"),
    };
    let here = (error.line(), error.column().max(1));
    at(pointer, here, &format!("this is not JSON: {what}"))
}

/// Where a list stands for an object: serde would take its items for the fields in their order.
fn list_for_object(value: &Value, pointer: &str) -> Option<String> {
    let inside = |(name, inner): (String, &Value)| match (pointer, name.as_str()) {
        ("", "note" | "comment" | "description" | "source" | "expected") => None,
        _ => list_for_object(inner, &format!("{pointer}/{name}")),
    };
    match value {
        Value::Array(_) if expected(pointer).contains(OBJECT) => Some(pointer.to_owned()),
        Value::Array(items) => (0..).map(|at: usize| at.to_string()).zip(items).find_map(inside),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| (escaped(name), field))
            .find_map(inside),
        _ => None,
    }
}

fn misshapen(text: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let (mut pointer, inner) = (pointer(error.path()), error.inner());
    let message = inner.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    // A list of two ends before its third item is read.
    let too_long = message == "trailing characters";
    if !inner.is_data() && !too_long {
        return not_json(&pointer, inner);
    }
    let field = message.split('`').nth(1).unwrap_or_default();
    let inside = format!("/{field}");
    if message.starts_with("duplicate field") {
        return at(
            &pointer,
            (inner.line(), inner.column()),
            &format!("the field `{field}` is there twice"),
        );
    }
    let sentence = if too_long {
        format!("{} is expected here, and no more", expected(&pointer))
    } else if message.starts_with("missing field") {
        format!(
            "the field `{field}` is missing here; {} is expected",
            expected(&pointer)
        )
    } else if let Some(rest) = message.strip_prefix("unknown field ") {
        let known = rest.split_once("expected ").map_or("", |(_, known)| known);
        if !pointer.ends_with(&inside) {
            pointer.push_str(&inside);
        }
        format!(
            "there is no field `{field}` here; known are {}",
            known.trim_start_matches("one of ")
        )
    } else if let Some(found) = found(message) {
        format!("{} is expected here, not {found}", expected(&pointer))
    } else {
        message.to_owned()
    };
    at(&pointer, place(text, &pointer), &sentence)
}

/// What is there instead, if that is what a message of serde's is about.
fn found(message: &str) -> Option<String> {
    let kinds = ["invalid type: ", "invalid value: ", "invalid "];
    let rest = kinds.iter().find_map(|kind| message.strip_prefix(kind))?;
    let (found, _) = rest.rsplit_once(", expected ")?;
    Some(match found.split_once(' ') {
        _ if found == "map" => "an object".to_owned(),
        _ if found == "sequence" => "a list".to_owned(),
        Some(("string", text)) => format!("the text {text}"),
        Some(("length", length)) => format!("a list of {length}"),
        Some((_, value)) if value.contains('`') => value.trim_start_matches("point ").replace('`', ""),
        _ => found.to_owned(),
    })
}

/// The part of the words of [`expected`] by which an object is known.
const OBJECT: &str = "such as {";

/// What belongs into a place, numbers in the pointer being any.
fn expected(pointer: &str) -> &'static str {
    let any = |part: &str| {
        if part.parse::<usize>().is_ok() {
            "#".to_owned()
        } else {
            part.to_owned()
        }
    };
    let parts: Vec<String> = pointer.split('/').map(any).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [""] => r#"an object such as {"id": "a-cohort", "people": […], "plan": […]}"#,
        [.., "people"] => r#"a list of people such as [{"id": "amal"}, {"id": "basma"}]"#,
        [.., "people", "#"] => r#"a person such as {"id": "amal", "experience": 2}"#,
        [.., "experience"] => "a number from 0 to 5",
        [.., "attrs"] => r#"an object such as {"gender": "w"}"#,
        [_, "roles"] => r#"a list of roles such as ["ux_lead", "qa"]"#,
        [_, "history" | "previous"] => r#"a list of rounds such as [{"week": 1, "teams": [["amal", "basma"]]}]"#,
        [_, "history" | "previous", "#"] => r#"a round such as {"week": 1, "teams": [["amal", "basma"]]}"#,
        [.., "teams"] => r#"a list of teams such as [["amal", "basma"], ["chen", "dina"]]"#,
        [.., "teams", "#"] | [.., "absent" | "members"] => r#"a list of ids such as ["amal", "basma"]"#,
        [.., "roles"] => r#"a list such as [{"amal": "ux_lead"}, {}], an object for each team,"#,
        [.., "roles", "#"] if parts.len() > 3 => r#"an object such as {"amal": "ux_lead"}"#,
        [_, "plan"] => r#"a list of rounds such as [{"week": 2, "sizes": [4, 4]}]"#,
        [_, "plan", "#"] => r#"a round such as {"week": 2, "sizes": [4, 4]}"#,
        [.., "sizes"] => "a list of whole numbers such as [4, 4, 3]",
        [.., "sizes", "#"] | [.., "min" | "max"] => "a whole number of people",
        [.., "team_size"] => r#"an object such as {"min": 3, "max": 4}"#,
        [.., "constraints"] => r#"an object such as {"must_pair": [], "must_not_pair": [], "locked": []}"#,
        [.., "must_pair" | "must_not_pair" | "locked"] => "a list of demands",
        [.., "must_pair" | "must_not_pair", "#"] => r#"a demand such as {"id": "a", "pair": ["amal", "basma"]}"#,
        [.., "locked", "#"] => r#"a lock such as {"id": "l", "week": 2, "team": 0, "members": ["amal"]}"#,
        [.., "pair"] => r#"a list of two ids such as ["amal", "basma"]"#,
        [.., "team"] => "the team's place as a whole number, 0 for the first,",
        [.., "week" | "last_week" | "from_week" | "to_week"] => "a week as a whole number",
        [.., "min_rounds_between"] => "a whole number of rounds",
        [_, "rules"] => r#"an object such as {"prefer_new_teams": true}"#,
        [_, "rules", _] => "true or false, or a number,",
        [.., "balance"] => r#"an object such as {"experience_tolerance": 0.5}"#,
        [.., "experience_tolerance" | "experienced_from"] => "a number",
        [.., "no_majority"] => r#"a list such as [{"attr": "gender", "value": "man"}]"#,
        [.., "no_majority", "#"] => r#"an object such as {"attr": "gender", "value": "man"}"#,
        _ => "a text in quotes",
    }
}

/// The JSON pointer (RFC 6901) of a place.
fn pointer(path: &Path) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("/{}", escaped(key))
        }
        Segment::Unknown => String::new(),
    };
    path.iter().map(part).collect()
}

/// Line and column at which what a pointer names begins, or what it would be in.
fn place(text: &str, pointer: &str) -> (usize, usize) {
    let mut rest = text.trim_start();
    for part in pointer.split('/').skip(1) {
        match entry(rest, &unescaped(part)) {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    let before = text.strip_suffix(rest).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The text from an entry of a list or an object on, which begins the given text.
fn entry<'t>(container: &'t str, name: &str) -> Option<&'t str> {
    let is_list = container.starts_with('[');
    let mut rest = container.strip_prefix(['[', '{'])?.trim_start();
    for index in 0_usize.. {
        let mut key = index.to_string();
        if !is_list {
            let after = rest.get(length(rest)?..)?;
            key = serde_json::from_str(rest.strip_suffix(after)?).ok()?;
            rest = after.trim_start().strip_prefix(':')?.trim_start();
        }
        if key == name {
            return Some(rest);
        }
        rest = rest.get(length(rest)?..)?.trim_start().strip_prefix(',')?.trim_start();
    }
    None
}

/// How long the value is that a text begins with.
fn length(text: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}
