//! Codes of authenticator apps: TOTP (RFC 6238) over HOTP (RFC 4226), with what every app supports: SHA-1, six digits,
//! a code every 30 seconds.

use ring::hmac;

use crate::primitives::{Email, Instant};

/// How long a code is shown, in seconds.
const STEP: i64 = 30;
const DIGITS: u32 = 6;
/// How many steps a phone's clock may be ahead or behind.
const DRIFT: i64 = 1;

/// The time step of the code, if it is one of those around now and later than the last one taken.
pub fn step_of(secret: &[u8], code: u32, last_step: i64, now: Instant) -> Option<i64> {
    let current = now.unix_seconds().div_euclid(STEP);
    (current - DRIFT..=current + DRIFT).find(|step| *step > last_step && hotp(secret, *step) == code)
}

fn hotp(secret: &[u8], counter: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &counter.to_be_bytes());
    let tag = tag.as_ref();
    // RFC 4226, 5.3: the last four bits say where the 31 bits begin.
    let offset = tag.last().map_or(0, |last| usize::from(last & 0xf));
    let bytes = tag.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    let number = bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes) & 0x7fff_ffff);
    number % 10_u32.pow(DIGITS)
}

/// What an app reads from a picture to show codes for an account (Key URI format of Google Authenticator). The issuer is
/// what the app lists the code under.
pub fn otpauth_url(secret: &[u8], issuer: &str, account: &Email) -> String {
    let escaped = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let (issuer, account, secret) = (escaped(issuer), escaped(account.as_str()), base32(secret));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )
}

/// In letters and digits that people can type (RFC 4648), without padding.
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let five_bits = |group: &[u8]| {
        let mut bits = [0; 8];
        for (to, from) in bits.iter_mut().skip(3).zip(group) {
            *to = *from;
        }
        let number = u64::from_be_bytes(bits);
        let letters = (group.len() * 8).div_ceil(5);
        (0..letters)
            .map(|place| {
                let value = (number >> (35 - 5 * place)) & 31;
                usize::try_from(value)
                    .ok()
                    .and_then(|value| ALPHABET.get(value))
                    .map_or('A', |letter| char::from(*letter))
            })
            .collect::<String>()
    };
    bytes.chunks(5).map(five_bits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standards() {
        let secret = b"12345678901234567890";
        // RFC 4226, appendix D.
        let expected = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489,
        ];
        for (counter, code) in (0..).zip(expected) {
            assert_eq!(hotp(secret, counter), code);
        }
        // RFC 6238, appendix B, the last six of its eight digits.
        for (time, code) in [
            ("1970-01-01T00:00:59Z", 287_082),
            ("2005-03-18T01:58:29Z", 81_804),
            ("2009-02-13T23:31:30Z", 5_924),
            ("2033-05-18T03:33:20Z", 279_037),
            ("2603-10-11T11:33:20Z", 353_130),
        ] {
            let now = Instant::parse(time).unwrap();
            assert_eq!(step_of(secret, code, 0, now), Some(now.unix_seconds() / 30), "{time}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_a_step_to_either_side() {
        let secret = b"12345678901234567890";
        let now = Instant::parse("2026-03-02T09:30:00Z").unwrap();
        let step = now.unix_seconds() / 30;
        for ahead in -3_i64..=3 {
            let expected = (ahead.abs() <= 1).then_some(step + ahead);
            assert_eq!(step_of(secret, hotp(secret, step + ahead), 0, now), expected, "{ahead}");
        }
        assert_eq!(step_of(secret, hotp(secret, step), step, now), None);
        assert_eq!(step_of(secret, hotp(secret, step - 1), step, now), None);
        assert_eq!(step_of(secret, hotp(secret, step + 1), step, now), Some(step + 1));
    }

    #[test]
    fn secrets_are_written_as_apps_read_them() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        let url = otpauth_url(
            b"foobar",
            "api.example.org",
            &Email::parse("amal+x@example.org").unwrap(),
        );
        assert_eq!(
            url,
            "otpauth://totp/api.example.org:amal%2Bx%40example.org?secret=MZXW6YTBOI&issuer=api.example.org&algorithm=SHA1&digits=6&period=30"
        );
    }
}
