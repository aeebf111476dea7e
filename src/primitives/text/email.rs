//! E-mail addresses.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::characters;

/// The address as mail servers without international addresses take it: the domain in punycode.
pub(super) fn for_smtp(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or_default();
    match idna::domain_to_ascii(domain) {
        Ok(domain) => format!("{local}@{domain}"),
        Err(_) => address.to_owned(),
    }
}

pub(super) fn parse(text: &str) -> Result<String, String> {
    let text = characters::nfc(text);
    characters::check_name(&text)?;
    normalised(characters::trimmed(&text)).ok_or_else(|| "is not an e-mail address such as `amal@example.org`".into())
}

/// The one spelling of an address. Lower case can undo a composition, hence the second one.
fn normalised(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let local = characters::nfc(&local.to_lowercase()).into_owned();
    if local.contains(char::is_whitespace) || !email_address::EmailAddress::is_valid_local_part(&local) {
        return None;
    }
    let (ascii, unicode) = domain_forms(domain)?;
    let is_short = |domain: &str| local.len() + 1 + domain.len() <= 254;
    (is_short(&ascii) && is_short(&unicode)).then(|| format!("{local}@{unicode}"))
}

/// A domain of at least two labels in punycode and in letters (UTS #46).
fn domain_forms(domain: &str) -> Option<(String, String)> {
    let uts46 = Uts46::new();
    let (deny, hyphens) = (AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    let ascii = uts46
        .to_ascii(domain.as_bytes(), deny, hyphens, DnsLength::Verify)
        .ok()?;
    let (unicode, Ok(())) = uts46.to_unicode(ascii.as_bytes(), deny, hyphens) else {
        return None;
    };
    // Some labels in punycode hold what is no label in letters.
    let returns = uts46.to_ascii(unicode.as_bytes(), deny, hyphens, DnsLength::Verify);
    let is_one = returns.is_ok_and(|again| again == ascii);
    (is_one && ascii.contains('.')).then(|| (ascii.to_string(), unicode.to_string()))
}
