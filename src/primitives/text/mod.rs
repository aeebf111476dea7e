//! Text in one form: normalised first, then checked, so that what is printed parses to the same.

mod characters;
mod email;
mod github;
mod url;

pub use characters::{folded, forms, nfc, trimmed, words};

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
            /// The only way to one that is new: brings the text into its one form, then checks it.
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

        // It was checked when it was stored, perhaps by laxer rules than today's, and must stay readable.
        crate::primitives::stored_as_text!($name, |text| Ok($name(text)));
    };
}

parsed_text!(
    /// An e-mail address, in lower case and with its domain in letters: accounts are found by it.
    Email, email::parse,
    { "type": "string", "description": "An e-mail address, in lower case.", "format": "email", "maxLength": 254, "examples": ["amal@example.org"] }
);
parsed_text!(
    /// A name in URLs: lower-case letters, digits and single hyphens.
    Slug, parse_slug,
    { "type": "string", "description": "A short name for URLs.", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "minLength": 2, "maxLength": 60, "examples": ["fac14"] }
);
parsed_text!(
    /// One line of 1 to 200 characters, each of them visible or needed by a script.
    Line, parse_line,
    { "type": "string", "description": "One line of text.", "minLength": 1, "maxLength": 200 }
);
parsed_text!(
    /// A user name on GitHub; taken from `@name` and from the URL of the profile too.
    GithubHandle, github::parse,
    {
        "type": "string", "minLength": 1, "maxLength": 100, "examples": ["octocat"],
        "description": "User name on GitHub. `@octocat` and `https://github.com/octocat` are understood.",
    }
);
parsed_text!(
    /// A name in code: a letter, then letters and digits, in lower case, with single underscores.
    Word, parse_word,
    { "type": "string", "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 40, "examples": ["first_language"] }
);
parsed_text!(
    /// Text of several lines, up to 10,000 characters.
    Text, parse_text,
    { "type": "string", "description": "Text of several lines.", "maxLength": 10000 }
);
parsed_text!(
    /// An absolute `http` or `https` URL, in ASCII: a domain in punycode, a path percent-encoded.
    Url, url::parse,
    { "type": "string", "description": "An absolute `https` or `http` URL.", "format": "uri", "maxLength": 2000, "examples": ["https://github.com/fac14/week1-team1"] }
);

impl Email {
    /// The address as mail servers without international addresses take it: the domain in punycode.
    pub fn for_smtp(&self) -> String {
        email::for_smtp(&self.0)
    }
}

/// What no slug may be: paths have these words where others have a slug.
const RESERVED: [&str; 2] = ["me", "new"];

fn parse_slug(text: &str) -> Result<String, String> {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if RESERVED.contains(&text) {
        return Err(format!("`{text}` is a reserved word; choose another slug"));
    }
    if (2..=60).contains(&text.len()) && text.split('-').all(word) {
        return Ok(text.into());
    }
    Err("must be 2 to 60 lower-case letters, digits and single hyphens, such as `fac14`".into())
}

fn parse_line(text: &str) -> Result<String, String> {
    let text = characters::nfc(text);
    characters::check_name(&text)?;
    let line = characters::trimmed(&text);
    match line.chars().count() {
        0 => Err("must not be empty".into()),
        201.. => Err("must have at most 200 characters".into()),
        _ if !line.chars().any(characters::is_visible) => Err("must have a visible character".into()),
        _ => Ok(line.into()),
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
    let text = characters::nfc(text);
    if text.chars().count() > 10_000 {
        return Err("must have at most 10,000 characters".into());
    }
    characters::check_prose(&text)?;
    Ok(text.trim_end().into())
}

#[cfg(test)]
mod tests;
