//! Text that has been looked at: length, form, no control characters.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

macro_rules! parsed_text {
    ($(#[$meta:meta])* $name:ident, $parse:expr, $schema:tt) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, AsExpression, FromSqlRow)]
        #[diesel(sql_type = sql_types::Text)]
        pub struct $name(String);

        impl $name {
            /// The only way to one.
            ///
            /// # Errors
            /// A sentence that says what is wrong.
            pub fn parse(text: &str) -> Result<Self, String> {
                let parse: fn(&str) -> Result<String, String> = $parse;
                parse(text).map(Self)
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }

        crate::primitives::stored_as_text!($name);
    };
}

parsed_text!(
    /// An e-mail address, in lower case: accounts are found by it.
    Email, parse_email,
    { "type": "string", "format": "email", "maxLength": 254, "examples": ["amal@example.org"] }
);
parsed_text!(
    /// A name in URLs: lower-case letters, digits and single hyphens.
    Slug, parse_slug,
    { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "minLength": 2, "maxLength": 60, "examples": ["fac14"] }
);
parsed_text!(
    /// One line of 1 to 200 characters.
    Line, parse_line,
    { "type": "string", "minLength": 1, "maxLength": 200 }
);
parsed_text!(
    /// A name in code: a letter, then letters and digits, in lower case, with single underscores.
    Word, parse_word,
    { "type": "string", "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 40, "examples": ["first_language"] }
);
parsed_text!(
    /// Text of several lines, up to 10,000 characters.
    Text, parse_text,
    { "type": "string", "maxLength": 10000 }
);
parsed_text!(
    /// An absolute `http` or `https` URL.
    Url, parse_url,
    { "type": "string", "format": "uri", "maxLength": 2000, "examples": ["https://github.com/fac14/week1-team1"] }
);

fn parse_email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let options = email_address::Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    match email_address::EmailAddress::parse_with_options(text, options) {
        Ok(_) if !text.contains(|c: char| c.is_control() || c.is_whitespace()) => Ok(text.to_lowercase()),
        _ => Err("is not an e-mail address such as `amal@example.org`".into()),
    }
}

fn parse_slug(text: &str) -> Result<String, String> {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if (2..=60).contains(&text.len()) && text.split('-').all(word) {
        return Ok(text.into());
    }
    Err("must be 2 to 60 lower-case letters, digits and single hyphens, such as `fac14`".into())
}

fn parse_line(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("must not be empty".into()),
        201.. => Err("must have at most 200 characters".into()),
        _ if text.chars().any(is_unwanted) => Err("must be one line without control or invisible characters".into()),
        _ => Ok(text.into()),
    }
}

fn parse_word(text: &str) -> Result<String, String> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let begins = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if begins && text.len() <= 40 && text.split('_').all(part) {
        return Ok(text.into());
    }
    Err("must be up to 40 lower-case letters and digits with single underscores, such as `first_language`".into())
}

fn parse_text(text: &str) -> Result<String, String> {
    if text.chars().count() > 10_000 {
        return Err("must have at most 10,000 characters".into());
    }
    if text.chars().any(|c| is_unwanted(c) && !matches!(c, '\n' | '\t' | '\r')) {
        return Err("must not have control or invisible characters".into());
    }
    Ok(text.trim_end().into())
}

fn parse_url(text: &str) -> Result<String, String> {
    let wrong = || "must be an absolute URL that begins with https:// or http://".to_owned();
    let uri: actix_web::http::Uri = text.parse().map_err(|_| wrong())?;
    let web = matches!(uri.scheme_str(), Some("https" | "http"));
    let named = uri.host().is_some_and(|host| !host.is_empty());
    let plain = uri
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@'));
    if web && named && plain && text.len() <= 2000 {
        Ok(text.into())
    } else {
        Err(wrong())
    }
}

/// Control characters, what XML cannot hold, and invisible characters: they change the direction of
/// what follows, or make two names look alike. The joiners that some scripts need are no such.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        assert_eq!(
            Email::parse(" Amal@Example.ORG ").map(|e| e.to_string()),
            Ok("amal@example.org".into())
        );
        assert!(
            ["", "a", "a@b", "a b@example.org", "A <a@example.org>"]
                .iter()
                .all(|e| Email::parse(e).is_err())
        );
        assert!(["fac14", "fac-2018"].iter().all(|s| Slug::parse(s).is_ok()));
        assert!(
            ["f", "Fac", "a--b", "-a", "a-", "a_b", ""]
                .iter()
                .all(|s| Slug::parse(s).is_err())
        );
        assert!(
            ["gender", "first_language", "a1"]
                .iter()
                .all(|w| Word::parse(w).is_ok())
        );
        assert!(
            ["", "1a", "a__b", "_a", "a_", "A", "a-b", &"a".repeat(41)]
                .iter()
                .all(|w| Word::parse(w).is_err())
        );
        assert!(Line::parse(" x ").is_ok() && Line::parse("  ").is_err() && Line::parse("a\nb").is_err());
        assert!(Text::parse("a\nb").is_ok() && Text::parse("\u{0}").is_err());
        assert!(Url::parse("https://example.org/x").is_ok());
        assert!(
            ["javascript:alert(1)", "/x", "https://", "http://u:p@example.org"]
                .iter()
                .all(|u| Url::parse(u).is_err())
        );
    }
}
