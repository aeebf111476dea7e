//! How requests are signed (Standard Webhooks 1.0).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{
    error::{Error, Result},
    primitives::Id,
};

/// A secret of 256 bits.
pub type Secret = [u8; 32];

/// A secret as its keeper gets it.
pub fn written(secret: &Secret) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

/// The header `webhook-signature`: one signature for each secret, with spaces between.
///
/// # Errors
/// None that can happen: a key of any length will do.
pub fn signatures(secrets: &[Vec<u8>], id: Id, seconds: i64, body: &str) -> Result<String> {
    let sign = |secret: &Vec<u8>| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(Error::internal)?;
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    let signatures: Vec<String> = secrets.iter().map(sign).collect::<Result<_>>()?;
    Ok(signatures.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_published_libraries() {
        // `standardwebhooks` for Python makes this of the same key, id, time and body.
        let id = Id::parse("0ds8x2v4fmg00").unwrap();
        let signed = signatures(&[vec![7; 32], vec![8; 32]], id, 1_767_603_600, "{\"type\":\"x.y\"}").unwrap();
        assert_eq!(
            signed,
            "v1,GBNILYgc1mFNKu4cwzBrE88xK1c6ZpBiOMnYE1doA3o= \
             v1,hHonwBGUIEnQc9mYthm1qJb2jYoG71XrclRBp+OzxQQ="
        );
        assert_eq!(written(&[7; 32]), "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    }
}
