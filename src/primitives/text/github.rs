//! User names on GitHub.

use super::characters;

pub(super) fn parse(text: &str) -> Result<String, String> {
    let text = characters::trimmed(text);
    let name = name_in_url(text).or_else(|| text.strip_prefix('@')).unwrap_or(text);
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if name.len() <= 39 && name.split('-').all(word) {
        return Ok(name.into());
    }
    Err("must be a user name on GitHub, such as `octocat`: up to 39 letters, digits and single hyphens".into())
}

/// The user name in the URL of a profile, with or without its scheme.
fn name_in_url(text: &str) -> Option<&str> {
    let rest = without(text, "https://")
        .or_else(|| without(text, "http://"))
        .unwrap_or(text);
    let rest = without(rest, "www.").unwrap_or(rest);
    let name = without(rest, "github.com/")?.split(['?', '#']).next()?;
    Some(name.strip_suffix('/').unwrap_or(name))
}

fn without<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let begins = text.get(..prefix.len())?.eq_ignore_ascii_case(prefix);
    text.get(prefix.len()..).filter(|_| begins)
}
