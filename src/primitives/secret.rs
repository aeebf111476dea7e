//! Secrets that we hand out once and know again by their hash only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

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
        let text = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let hash = Self::hash(&text);
        Self { text, hash }
    }

    /// What is stored for a secret.
    pub fn hash(text: &str) -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}
