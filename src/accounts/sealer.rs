//! Encryption of what is stored and has to be read again.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::{Error, Result};

/// What a signing key encrypts the secrets with.
pub struct WrappingKey {
    /// The `kid` of the signing key.
    pub id: String,
    /// Encrypts with it.
    pub sealer: Sealer,
}

impl WrappingKey {
    /// With a key derived from the signing key.
    ///
    /// # Errors
    /// A sentence, which does not happen.
    pub fn new(id: String, key: &[u8]) -> Result<Self, String> {
        let sealer = Sealer::new(key).map_err(|error| error.to_string())?;
        Ok(Self { id, sealer })
    }
}

/// Encrypts and authenticates (ChaCha20-Poly1305, RFC 8439).
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// With a key of 256 bits.
    ///
    /// # Errors
    /// `500` for a key of another length.
    pub fn new(key: &[u8]) -> Result<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).map_err(Error::internal)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Can only be opened again with the same `about`, so that nothing sealed can be moved to another place.
    ///
    /// # Errors
    /// `500`, which does not happen.
    pub fn seal(&self, text: &[u8], about: &[u8]) -> Result<String> {
        Ok(STANDARD_NO_PAD.encode(self.seal_bytes(text, about)?))
    }

    /// The same as bytes: nonce, text and tag.
    ///
    /// # Errors
    /// `500`, which does not happen.
    pub fn seal_bytes(&self, text: &[u8], about: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = text.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed)
            .map_err(Error::internal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed, if it was with this key and about this.
    pub fn open(&self, sealed: &str, about: &[u8]) -> Option<Vec<u8>> {
        self.open_bytes(&STANDARD_NO_PAD.decode(sealed).ok()?, about)
    }

    /// The same of bytes.
    pub fn open_bytes(&self, sealed: &[u8], about: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut text = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.0.open_in_place(nonce, Aad::from(about), &mut text).ok()?;
        Some(opened.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_at_its_place_and_unchanged() {
        let (sealer, other) = (Sealer::new(&[7; 32]).unwrap(), Sealer::new(&[8; 32]).unwrap());
        let sealed = sealer.seal(b"secret", b"here").unwrap();
        assert_eq!(sealer.open(&sealed, b"here").as_deref(), Some(b"secret".as_slice()));
        assert_ne!(sealer.seal(b"secret", b"here").unwrap(), sealed);
        assert_eq!(sealer.open(&sealed, b"there"), None);
        assert_eq!(other.open(&sealed, b"here"), None);
        let changed = sealed.replace(char::is_alphabetic, "x");
        for wrong in ["", "x", "é", &changed] {
            assert_eq!(sealer.open(wrong, b"here"), None, "{wrong}");
        }
    }
}
