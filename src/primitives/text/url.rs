//! URLs of the web.

use super::characters;

pub(super) fn parse(text: &str) -> Result<String, String> {
    let wrong = || "must be an absolute URL that begins with https:// or http://".to_owned();
    let nfc = characters::nfc(text);
    characters::check_name(&nfc)?;
    let text = characters::trimmed(&nfc);
    // The parser would guess what these stand for.
    if text.contains(|c: char| c.is_whitespace() || c == '\\') {
        return Err("must not contain spaces or backslashes; write a space as %20".into());
    }
    let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    if !is_web || rest.starts_with('/') {
        return Err(wrong());
    }
    let url = ::url::Url::parse(text).map_err(|_| wrong())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user name or password".into());
    }
    let no_path = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && !text.ends_with('/');
    let written = url.as_str();
    let written = if no_path {
        written.trim_end_matches('/')
    } else {
        written
    };
    if written.len() > 2000 {
        return Err("must have at most 2,000 characters, percent-encoded".into());
    }
    Ok(written.into())
}
