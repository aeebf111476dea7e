//! What serde says of a value that does not fit, in words for whoever sent it.

/// How many characters of it are repeated.
const SHOWN: usize = 60;

/// The message in plain words; one that is not serde's own stays as it is.
pub(super) fn plain(message: &str) -> String {
    let kinds = ["invalid type: ", "invalid value: "];
    if let Some((found, expected)) = kinds
        .iter()
        .find_map(|kind| message.strip_prefix(kind)?.split_once(", expected "))
    {
        return format!("must be {}, not {}", wanted(expected), sent(found));
    }
    if let Some((found, expected)) = message
        .strip_prefix("unknown variant ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        return format!("must be {expected}, not {}", cut(found));
    }
    match message {
        "provided string was not `true` or `false`" => "must be `true` or `false`".into(),
        "invalid digit found in string" | "cannot parse integer from empty string" => "must be a whole number".into(),
        _ => message.to_owned(),
    }
}

/// Why a body is not JSON, and where.
pub(super) fn not_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = match message.split(" at line ").next().unwrap_or_default() {
        "expected value" | "expected ident" => "a value is expected",
        "expected `:`" => "a colon is expected",
        "expected `,` or `}`" => "a comma or a closing brace is expected",
        "expected `,` or `]`" => "a comma or a closing bracket is expected",
        "key must be a string" => "a field name in double quotes is expected",
        "trailing comma" => "there is a comma too many",
        "trailing characters" => "there is something after the end of the object",
        "recursion limit exceeded" => "it is nested too deeply",
        "invalid escape" => "a backslash must be followed by one of \"\\/bfnrtu",
        "number out of range" => "the number is too large",
        what if what.starts_with("EOF") => "it ends too early",
        what if what.starts_with("control character") => "a line break or control character must be escaped",
        what => what,
    };
    format!(
        "The body is not JSON: at line {}, column {}, {what}.",
        error.line(),
        error.column()
    )
}

fn wanted(expected: &str) -> &str {
    match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        "string or map" => "a string or an object",
        "f32" | "f64" => "a number",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of at least 0",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("tuple") || other.starts_with("an array") => "a list of the right length",
        other => other,
    }
}

/// What was sent, as far as one needs to see it.
fn cut(found: &str) -> String {
    match found.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", found.get(..end).unwrap_or_default()),
        None => found.to_owned(),
    }
}

fn sent(found: &str) -> String {
    let quoted = |kind: &str| Some(found.strip_prefix(kind)?.trim_matches('`').to_owned());
    let number = ["integer ", "floating point ", "boolean "]
        .iter()
        .find_map(|kind| quoted(kind));
    match found {
        "map" => "an object".into(),
        "sequence" => "a list".into(),
        _ => number.unwrap_or_else(|| cut(found.strip_prefix("string ").unwrap_or(found))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_body_is_not_json() {
        for (text, why) in [
            ("", "at line 1, column 0, it ends too early"),
            ("nope", "at line 1, column 2, a value is expected"),
            (
                "{'a': 1}",
                "at line 1, column 2, a field name in double quotes is expected",
            ),
            ("{\"a\": 1,}", "at line 1, column 9, there is a comma too many"),
            ("{\"a\":\n x}", "at line 2, column 2, a value is expected"),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            assert_eq!(not_json(&error), format!("The body is not JSON: {why}."));
        }
    }

    #[test]
    fn says_it_in_plain_words() {
        for (serde, plainly) in [
            (
                "invalid type: integer `4`, expected struct TeamSize",
                "must be an object, not 4",
            ),
            ("invalid type: null, expected a string", "must be a string, not null"),
            (
                "invalid type: string \"x\", expected a sequence",
                "must be a list, not \"x\"",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "must be a whole number of at least 0, not -1",
            ),
            (
                "unknown variant `left`, expected `a` or `b`",
                "must be `a` or `b`, not `left`",
            ),
            (
                "invalid type: integer `4`, expected string or map",
                "must be a string or an object, not 4",
            ),
            (
                "invalid type: map, expected `a` or `b`",
                "must be `a` or `b`, not an object",
            ),
            ("must be from 1 to 3", "must be from 1 to 3"),
        ] {
            assert_eq!(plain(serde), plainly);
        }
        let long = format!("unknown variant `{}`, expected `a` or `b`", "é".repeat(500));
        assert_eq!(
            plain(&long),
            format!("must be `a` or `b`, not `{}…", "é".repeat(SHOWN - 1))
        );
    }
}
