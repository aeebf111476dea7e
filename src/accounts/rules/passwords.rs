//! What a password must be (NIST SP 800-63B-4: length and a blocklist, no composition rules).

use crate::primitives::{Email, Line, text::nfc};

/// Of those that lists of leaked passwords name first, the ones long enough to be tried.
const COMMON: [&str; 16] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123123123123",
    "111111111111",
    "000000000000",
    "qwertyuiop12",
    "qwertyuiopas",
    "qwertyuiop[]",
    "qwerty123456",
    "password1234",
    "passwordpassword",
    "passw0rd1234",
    "iloveyou1234",
    "administrator",
    "abcdefghijkl",
];

/// Whether a password can be taken.
///
/// # Errors
/// A sentence that says what to do.
pub fn check_password(password: &str, email: &Email, name: &Line) -> Result<(), String> {
    let length = nfc(password).chars().count();
    if length < 12 {
        return Err("must have at least 12 characters; a few unrelated words make a good password".into());
    }
    if length > 128 {
        return Err("must have at most 128 characters".into());
    }
    let lower = password.to_lowercase();
    let own = [email.as_str().to_owned(), name.as_str().to_lowercase()];
    let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if COMMON.contains(&lower.as_str()) || own.iter().any(|own| squeezed(own) == squeezed(&lower)) {
        return Err("is too easy to guess; a few unrelated words make a good password".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_the_first_guesses() {
        let (email, name) = (
            Email::parse("amal.haddad@example.org").unwrap(),
            Line::parse("Amal Hadi Haddad").unwrap(),
        );
        let check = |password: &str| check_password(password, &email, &name);
        assert!(check("weaver lamp orbit").is_ok());
        assert!(check(&"ü".repeat(128)).is_ok());
        for weak in [
            "short",
            "elevenchars",
            &"x".repeat(129),
            "Password1234",
            "amal.haddad@example.org",
            "amalhadihaddad",
        ] {
            assert!(check(weak).is_err(), "{weak}");
        }
    }
}
