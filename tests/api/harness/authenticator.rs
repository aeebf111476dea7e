//! A browser with an authenticator in it: makes passkeys and signs with them, as honestly as a test wants.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use peerled::config::Settings;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The origin of the pages of a world that has passkeys.
pub const ORIGIN: &str = "http://peerled.localhost";

/// Gives a world an address that passkeys can be made for; pages at the usual one may go on calling.
pub fn with_passkeys(settings: &mut Settings) {
    settings.public_url = Some(ORIGIN.into());
    settings.cors_origins = Some("http://peerled.test".into());
}

pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// A passkey on an authenticator that counts.
pub struct Passkey {
    key: Key,
    /// What the authenticator calls it.
    pub id: Vec<u8>,
    /// Whose it is, as the service has said.
    pub user_handle: String,
    /// Signatures so far.
    pub count: u32,
}

/// What a browser is about to have signed, and says of it.
#[derive(Clone)]
pub struct Ceremony {
    pub kind: &'static str,
    pub challenge: String,
    pub origin: String,
    pub cross_origin: bool,
    pub rp_id: String,
    /// Present and verified: 5.
    pub flags: u8,
    pub count: u32,
}

impl Ceremony {
    /// A new passkey, for these options of the service.
    pub fn registration(options: &Value) -> Self {
        Self::of("webauthn.create", options, &options["rp"]["id"])
    }

    /// A log-in.
    pub fn log_in(options: &Value, passkey: &mut Passkey) -> Self {
        passkey.count += 1;
        Self {
            count: passkey.count,
            ..Self::of("webauthn.get", options, &options["rpId"])
        }
    }

    fn of(kind: &'static str, options: &Value, rp_id: &Value) -> Self {
        Self {
            kind,
            challenge: options["challenge"].as_str().unwrap().into(),
            origin: ORIGIN.into(),
            cross_origin: false,
            rp_id: rp_id.as_str().unwrap().into(),
            flags: 5,
            count: 0,
        }
    }

    fn client_data(&self) -> String {
        json!({"type": self.kind, "challenge": self.challenge, "origin": self.origin, "crossOrigin": self.cross_origin})
            .to_string()
    }

    fn authenticator_data(&self) -> Vec<u8> {
        let mut data = Sha256::digest(&self.rp_id).to_vec();
        data.push(self.flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    /// What `toJSON()` gives of a new passkey.
    pub fn attest(&self, passkey: &Passkey) -> Value {
        let attested = Self {
            flags: self.flags | 1 << 6,
            ..self.clone()
        };
        let mut data = attested.authenticator_data();
        data.extend([0; 16]);
        data.extend(u16::try_from(passkey.id.len()).unwrap().to_be_bytes());
        data.extend(&passkey.id);
        // The key in CBOR, which nobody reads.
        data.push(0xa0);
        json!({
            "id": base64(&passkey.id),
            "rawId": base64(&passkey.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": base64(self.client_data().as_bytes()),
                "authenticatorData": base64(&data),
                "publicKey": base64(&passkey.public_key()),
                "publicKeyAlgorithm": passkey.algorithm(),
                "attestationObject": base64(b"whatever"),
                "transports": ["internal"],
            },
        })
    }

    /// The same of a log-in.
    pub fn sign(&self, passkey: &Passkey) -> Value {
        let (client_data, data) = (self.client_data(), self.authenticator_data());
        let message = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        json!({
            "id": base64(&passkey.id),
            "rawId": base64(&passkey.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": base64(client_data.as_bytes()),
                "authenticatorData": base64(&data),
                "signature": base64(&passkey.signature(&message)),
                "userHandle": passkey.user_handle,
            },
        })
    }
}

impl Passkey {
    /// One with an ES256 key.
    pub fn es256(options: &Value) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self::with(Key::Es256(key), options)
    }

    /// One with an EdDSA key.
    pub fn ed_dsa(options: &Value) -> Self {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::with(Key::EdDsa(Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()), options)
    }

    fn with(key: Key, options: &Value) -> Self {
        let id: [u8; 16] = rand::random();
        Self {
            key,
            id: id.to_vec(),
            user_handle: options["user"]["id"].as_str().unwrap().into(),
            count: 0,
        }
    }

    fn algorithm(&self) -> i32 {
        match self.key {
            Key::Es256(_) => -7,
            Key::EdDsa(_) => -8,
        }
    }

    /// `SubjectPublicKeyInfo` in DER.
    fn public_key(&self) -> Vec<u8> {
        let (head, key): (&[u8], &[u8]) = match &self.key {
            Key::Es256(key) => (
                b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00",
                key.public_key().as_ref(),
            ),
            Key::EdDsa(key) => (
                b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00",
                key.public_key().as_ref(),
            ),
        };
        [head, key].concat()
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        match &self.key {
            Key::Es256(key) => key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Key::EdDsa(key) => key.sign(message).as_ref().to_vec(),
        }
    }
}
