//! Secrets that we hand out once and know again by their hash only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use sha2::{Digest, Sha256};

use super::text::trimmed;
use crate::error::{Error, Result};

/// A secret of 256 bits for somebody else to keep, and the hash of it that is stored. So long a
/// secret needs no slow hash: there is nothing to guess.
pub struct Secret {
    /// What they keep.
    pub text: String,
    /// What we keep.
    pub hash: String,
}

impl Secret {
    /// A new one.
    pub fn new() -> Self {
        Self::of(&rand::random())
    }

    /// The successor of `secret`: always the same one, which nobody can compute without `key`.
    ///
    /// # Errors
    /// None that can happen: a key of any length will do.
    pub fn successor(secret: &str, key: &[u8]) -> Result<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Error::internal)?;
        mac.update(b"successor of ");
        mac.update(secret.as_bytes());
        Ok(Self::of(&mac.finalize().into_bytes().into()))
    }

    fn of(bytes: &[u8; 32]) -> Self {
        let text = URL_SAFE_NO_PAD.encode(bytes);
        let hash = Self::hash(&text);
        Self { text, hash }
    }

    /// What is stored for a secret.
    pub fn hash(text: &str) -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same for a code out of a mail, at whose ends copying may have left blanks and marks of direction.
    pub fn hash_of_code(text: &str) -> String {
        Self::hash(trimmed(text))
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_was_copied() {
        let secret = Secret::new();
        for copied in [
            secret.text.clone(),
            format!("  {}\r\n", secret.text),
            format!("\u{2068}{}\u{2069}", secret.text),
            format!("\u{200f} {}\u{a0}\u{200e}", secret.text),
        ] {
            assert_eq!(Secret::hash_of_code(&copied), secret.hash, "{copied:?}");
        }
        assert_ne!(Secret::hash_of_code(&format!("{}x", secret.text)), secret.hash);
    }
}
