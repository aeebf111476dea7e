//! The same check of access tokens for all: the signature once for each token, its end at every request.

use std::{cell::RefCell, collections::HashMap, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, pkcs8::DecodePrivateKey as _};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use peerled::primitives::Id;
use serde::Deserialize;

/// What a token says.
#[derive(Clone, Copy, Deserialize)]
pub struct Claims {
    #[serde(rename = "sub")]
    pub person: Id,
    #[serde(rename = "sid")]
    pub session: Id,
    exp: i64,
}

#[derive(Clone)]
pub struct Checker {
    key: DecodingKey,
}

/// Tokens that this thread remembers.
const KEPT: usize = 10_000;

thread_local! {
    static GOOD: RefCell<HashMap<String, Claims>> = RefCell::default();
}

impl Checker {
    /// With the one key of the folder.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let file = std::fs::read_dir(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .max()
            .ok_or("there is no key")?;
        let pem = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let key = SigningKey::from_pkcs8_pem(&pem).map_err(|error| error.to_string())?;
        let public = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        let key = DecodingKey::from_ed_components(&public).map_err(|error| error.to_string())?;
        Ok(Self { key })
    }

    /// What the token of an `Authorization` header says, if it is good now.
    pub fn check(&self, header: Option<&str>) -> Option<Claims> {
        let token = header?.strip_prefix("Bearer ")?;
        let kept = GOOD.with_borrow(|good| good.get(token).copied());
        let claims = match kept {
            Some(claims) => claims,
            None => {
                let mut rules = Validation::new(Algorithm::EdDSA);
                rules.set_audience(&["peerled"]);
                let claims = jsonwebtoken::decode::<Claims>(token, &self.key, &rules).ok()?.claims;
                GOOD.with_borrow_mut(|good| {
                    if good.len() >= KEPT {
                        good.clear();
                    }
                    good.insert(token.to_owned(), claims);
                });
                claims
            }
        };
        (chrono::DateTime::timestamp(&now()) < claims.exp).then_some(claims)
    }
}

#[expect(clippy::disallowed_methods, reason = "a program without the server's clock")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}
