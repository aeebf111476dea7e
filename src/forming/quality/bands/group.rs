//! Who belongs together by an attribute, however each of them writes it.

/// The name of a group: attribute and value as they are compared.
pub(crate) type Key = (String, String);

/// The group of those with a value: letter case and surrounding space do not matter, and the usual
/// words for women and for men mean the same. Without this a cohort of `w`, `Woman` and `female`
/// would be three people each alone.
pub(crate) fn key(attr: &str, value: &str) -> Key {
    let plain = |text: &str| text.trim().to_lowercase();
    let (attr, value) = (plain(attr), plain(value));
    let value = match (attr.as_str(), value.as_str()) {
        ("gender", "m" | "man" | "men" | "male") => "man".to_owned(),
        ("gender", "w" | "f" | "woman" | "women" | "female") => "woman".to_owned(),
        _ => value,
    };
    (attr, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_words_are_one_group() {
        for (one, other) in [("m", "Man"), ("MALE", "man"), ("w", "woman"), ("Female ", "f")] {
            assert_eq!(key("gender", one), key("Gender", other));
        }
        assert_ne!(key("gender", "m"), key("gender", "w"));
        assert_ne!(key("track", "m"), key("track", "man"), "only gender has such words");
        assert_eq!(key("gender", "Non-binary"), key("gender", "non-binary"));
    }
}
