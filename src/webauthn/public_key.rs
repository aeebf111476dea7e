//! The public key of a passkey.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::Refusal;

/// What browsers are asked for, the best first, by the numbers of COSE: EdDSA, ES256, and RS256 for older Windows Hello.
pub const ALGORITHMS: [i32; 3] = [-8, -7, -257];

const ED25519_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// A key with the one algorithm that it is for.
pub struct PublicKey<'a> {
    algorithm: &'static dyn VerificationAlgorithm,
    bytes: &'a [u8],
}

impl<'a> PublicKey<'a> {
    /// Reads a `SubjectPublicKeyInfo` in DER, as browsers give it.
    pub fn read(der: &'a [u8]) -> Result<Self, Refusal> {
        let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| Refusal::UnknownAlgorithm)?;
        let curve = info.algorithm.parameters_oid().ok();
        let bytes = info.subject_public_key.raw_bytes();
        let algorithm: &'static dyn VerificationAlgorithm = match info.algorithm.oid {
            ED25519_KEY if bytes.len() == 32 => &ED25519,
            // The point as it is, not compressed.
            EC_KEY if curve == Some(P256) && bytes.len() == 65 => &ECDSA_P256_SHA256_ASN1,
            RSA_KEY => &RSA_PKCS1_2048_8192_SHA256,
            _ => return Err(Refusal::UnknownAlgorithm),
        };
        Ok(Self { algorithm, bytes })
    }

    /// Whether a message was signed with it.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        UnparsedPublicKey::new(self.algorithm, self.bytes)
            .verify(message, signature)
            .map_err(|_| Refusal::WrongSignature)
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    use super::*;

    /// Of RSA with 2048 bits, made by `openssl`, with its signature of `peerled` (PKCS #1 v1.5, SHA-256).
    const RSA: &str = include_str!("rsa_key.txt");

    #[test]
    fn an_rsa_key_of_windows_verifies_its_own_signatures() {
        let mut parts = RSA.lines().map(|line| STANDARD.decode(line).unwrap());
        let (der, signature) = (parts.next().unwrap(), parts.next().unwrap());
        let key = PublicKey::read(&der).unwrap();
        assert_eq!(key.verify(b"peerled", &signature), Ok(()));
        assert_eq!(key.verify(b"peer-led", &signature), Err(Refusal::WrongSignature));
    }

    #[test]
    fn other_keys_are_not_taken() {
        // P-384, and X25519, whose key is as long as that of Ed25519.
        for key in [
            "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEhARsgwRzNku2eZ5/BJXkUOY+8fHg6bvr9FxULaihnxSzfo0UwWy1HX+vY+pkjBISVoGX3lRrew5IOtOWC49R\
             lwZ2jmv/bg+OVyjObFSGiV+iLenY5jbUZz2IjAGYwZLO",
            "MCowBQYDK2VuAyEArLW44TiqhO+k8pnacY4u1+ru5crwenncZ9557n3A0mM=",
            "",
        ] {
            let der = STANDARD.decode(key).unwrap();
            assert_eq!(PublicKey::read(&der).err(), Some(Refusal::UnknownAlgorithm), "{key}");
        }
    }
}
