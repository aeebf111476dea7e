//! What becomes of somebody who has their data erased.

use chrono::NaiveDate;

/// What they are called from then on.
pub const ERASED_NAME: &str = "Former member";

/// The last day of a student who leaves today. Whoever leaves before they came was there on no day but the first.
pub fn last_day(joined_on: NaiveDate, today: NaiveDate) -> NaiveDate {
    today.max(joined_on)
}

/// The text without these names, wherever they stand as words of their own. In JSON they are found as they are written
/// there.
pub fn without_names(text: &str, names: &[String]) -> String {
    names.iter().fold(text.to_owned(), |text, name| {
        let written = serde_json::Value::from(name.as_str()).to_string();
        let written = written.trim_matches('"');
        match written == name {
            true => without_word(&text, name),
            false => without_word(&without_word(&text, name), written),
        }
    })
}

fn without_word(text: &str, word: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = (!word.is_empty()).then(|| rest.split_once(word)).flatten() {
        kept.push_str(before);
        let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_word = !is_inside(kept.chars().next_back()) && !is_inside(after.chars().next());
        kept.push_str(if is_word { ERASED_NAME } else { word });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_where_they_are_words() {
        let names = ["Al".to_owned(), "Amal \"Mo\" H".to_owned(), "al@example.org".to_owned()];
        for (text, without) in [
            ("Al and Alma are to be apart", "Former member and Alma are to be apart"),
            (
                r#"{"name":"Al","email":"al@example.org"}"#,
                r#"{"name":"Former member","email":"Former member"}"#,
            ),
            (r#"{"name":"Amal \"Mo\" H"}"#, r#"{"name":"Former member"}"#),
            ("Amal \"Mo\" H left", "Former member left"),
            ("Also, Al", "Also, Former member"),
            ("ÉAl AlÉ", "ÉAl AlÉ"),
            ("", ""),
        ] {
            assert_eq!(without_names(text, &names), without);
        }
        assert_eq!(without_names("kept", &[String::new()]), "kept");
    }

    #[test]
    fn who_leaves_before_they_came_was_there_on_the_first_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        assert_eq!(last_day(day(2), day(9)), day(9));
        assert_eq!(last_day(day(9), day(2)), day(9));
    }
}
