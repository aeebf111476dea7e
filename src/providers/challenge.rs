//! What binds the steps of a sign-on together.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// What goes to the provider and must come back, for one sign-on. All of it follows from the secret that the browser
/// keeps, so that nothing is stored that could finish somebody else's sign-on.
#[derive(Clone)]
pub struct Challenge {
    /// Comes back with the code.
    pub state: String,
    /// Comes back in the id token.
    pub nonce: String,
    /// Shown to the provider with the code (RFC 7636).
    pub verifier: String,
    /// Where the browser comes back to.
    pub return_to: String,
}

impl Challenge {
    /// That of a sign-on with this secret.
    pub fn of(secret: &str, return_to: &str) -> Self {
        let derived = |purpose: &str| encoded(&[b"sign-on ", purpose.as_bytes(), b" of ", secret.as_bytes()]);
        Self {
            state: derived("state"),
            nonce: derived("nonce"),
            verifier: derived("verifier"),
            return_to: return_to.into(),
        }
    }

    /// The challenge to the verifier, method `S256`.
    pub fn code_challenge(&self) -> String {
        encoded(&[self.verifier.as_bytes()])
    }
}

fn encoded(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    URL_SAFE_NO_PAD.encode(digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_challenge_gives_away_another() {
        let one = Challenge::of("secret", "https://app.example.org/back");
        let parts = [&one.state, &one.nonce, &one.verifier, &one.code_challenge()].map(Clone::clone);
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(part.len(), 43);
            assert!(!parts[..at].contains(part));
        }
        assert_ne!(
            one.state,
            Challenge::of("another", "https://app.example.org/back").state
        );
        // The example of RFC 7636, appendix B.
        let example = Challenge {
            verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into(),
            ..one
        };
        assert_eq!(example.code_challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
