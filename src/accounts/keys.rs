//! The keys that sign access tokens (RFC 9068, EdDSA with Ed25519), and what is asked of a token
//! (RFC 8725): the library's lax defaults are all set.

use std::sync::{Arc, PoisonError, RwLock};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey as _};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    key_files::{self, KeyFile},
    rules,
    sealer::WrappingKey,
};
use crate::{
    authz::{LEEWAY, SignedToken},
    config::Config,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// How long an access token is good for, in seconds.
pub const ACCESS_SECONDS: i64 = 15 * 60;
const AUDIENCE: &str = "peerled";
const TYPE: &str = "at+jwt";

#[derive(Serialize, Deserialize)]
struct AccessToken {
    iss: String,
    aud: String,
    sub: Id,
    sid: Id,
    iat: i64,
    exp: i64,
    #[serde(default, skip_serializing)]
    nbf: Option<i64>,
    jti: Id,
}

struct Verifier {
    kid: String,
    public: String,
    key: DecodingKey,
}

/// Signs with one key, verifies with every one that is there: a rotation logs nobody out.
pub struct Keys {
    issuer: String,
    ring: RwLock<Arc<Ring>>,
}

/// The keys as they were when they were last read.
struct Ring {
    kid: String,
    signer: EncodingKey,
    verifiers: Vec<Verifier>,
    keys: Vec<SigningKey>,
}

/// What has become of the keys since they were last read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// There are new ones.
    pub came: bool,
    /// Some are there no more: what they have signed is not good any more.
    pub went: bool,
}

impl Keys {
    /// Reads the signing keys from the settings, or all keys from `DATA_DIR/keys`, where it makes
    /// the first one.
    ///
    /// # Errors
    /// A sentence, if a key cannot be read or written.
    pub fn open(config: &Config) -> Result<Self, String> {
        let mut files = key_files::read(config)?;
        if files.is_empty() && config.signing_key.is_none() {
            key_files::write(&key_files::folder(config))?;
            files = key_files::read(config)?;
        }
        Ok(Self {
            issuer: config.public_url.clone(),
            ring: RwLock::new(Arc::new(Ring::of(&files, Instant::now())?)),
        })
    }

    /// Reads the keys again: a running service notices which came and went, and which one is to sign by now.
    ///
    /// # Errors
    /// A sentence, if a key cannot be read, or none is left; it goes on with those it has.
    pub fn read_again(&self, config: &Config, now: Instant) -> Result<Noticed, String> {
        let fresh = Ring::of(&key_files::read(config)?, now)?;
        let known = self.ring();
        let lacks = |one: &Ring, other: &Ring| one.verifiers.iter().any(|key| !other.knows(&key.kid));
        let noticed = Noticed {
            came: lacks(&fresh, &known),
            went: lacks(&known, &fresh),
        };
        if noticed != Noticed::default() || fresh.kid != known.kid {
            tracing::info!(
                signs = fresh.kid,
                known = fresh.verifiers.len(),
                "the signing keys have changed"
            );
        }
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(noticed)
    }

    fn ring(&self) -> Arc<Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A new access token for a session.
    ///
    /// # Errors
    /// `500` if it cannot be signed.
    pub fn sign(&self, person: Id, session: Id, now: Instant) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.into());
        let ring = self.ring();
        header.kid = Some(ring.kid.clone());
        let iat = now.unix_seconds();
        let token = AccessToken {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: person,
            sid: session,
            iat,
            exp: iat + ACCESS_SECONDS,
            nbf: None,
            jti: Id::new(),
        };
        jsonwebtoken::encode(&header, &token, &ring.signer).map_err(Error::internal)
    }

    /// What the token says, if it is ours. Whether it is good now is for the clock to say, and whether its session has
    /// ended for the database.
    pub fn verify(&self, token: &str) -> Option<SignedToken> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let foreign = header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some();
        if foreign
            || has_critical_extensions(token)
            || header.alg != Algorithm::EdDSA
            || header.typ.as_deref() != Some(TYPE)
        {
            return None;
        }
        let ring = self.ring();
        let verifier = ring
            .verifiers
            .iter()
            .find(|verifier| Some(&verifier.kid) == header.kid.as_ref())?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.leeway = LEEWAY.unsigned_abs();
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&self.issuer]);
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // `exp` is compared with our clock, in `is_timely`.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<AccessToken>(token, &verifier.key, &rules)
            .ok()?
            .claims;
        let lasts = claims.exp.checked_sub(claims.iat)?;
        (lasts <= ACCESS_SECONDS).then_some(SignedToken {
            person: claims.sub,
            session: claims.sid,
            begins: claims.iat.max(claims.nbf.unwrap_or(claims.iat)),
            ends: claims.exp,
        })
    }

    /// The public keys (RFC 7517).
    pub fn jwks(&self) -> String {
        let keys: Vec<_> = self
            .ring()
            .verifiers
            .iter()
            .map(|verifier| {
                serde_json::json!({
                    "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": verifier.kid, "x": verifier.public,
                })
            })
            .collect();
        serde_json::json!({ "keys": keys }).to_string()
    }

    /// What each key encrypts the secrets of the installation with.
    ///
    /// # Errors
    /// A sentence, which does not happen.
    pub fn wrapping(&self) -> Result<Vec<WrappingKey>, String> {
        let wrapping = |key: &SigningKey| WrappingKey::new(kid(key), &derived("peerled wrapping", key));
        self.ring().keys.iter().map(wrapping).collect()
    }

    /// The secret that installations began with before they had a vault. It stays theirs, so that what was kept then can
    /// still be compared.
    pub fn first_secret(&self) -> [u8; 32] {
        self.ring()
            .keys
            .last()
            .map_or([0; 32], |newest| derived("peerled fingerprints", newest))
    }
}

impl Ring {
    fn of(files: &[KeyFile], now: Instant) -> Result<Self, String> {
        let put_there: Vec<_> = files.iter().map(|file| file.put_there).collect();
        let signer = files
            .get(rules::signer(&put_there, now))
            .ok_or("there is no signing key")?;
        let der = signer
            .key
            .to_pkcs8_der()
            .map_err(|error| format!("the signing key cannot be used: {error}"))?;
        let keys: Vec<SigningKey> = files.iter().map(|file| file.key.clone()).collect();
        Ok(Self {
            kid: kid(&signer.key),
            signer: EncodingKey::from_ed_der(der.as_bytes()),
            verifiers: keys.iter().map(verifier).collect::<Result<_, String>>()?,
            keys,
        })
    }

    fn knows(&self, kid: &str) -> bool {
        self.verifiers.iter().any(|verifier| verifier.kid == kid)
    }
}

/// Whether the header demands extensions that must be understood (RFC 7515, `crit`): we understand none.
fn has_critical_extensions(token: &str) -> bool {
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
    let fields = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&header);
    fields.is_ok_and(|fields| fields.contains_key("crit"))
}

fn verifier(key: &SigningKey) -> Result<Verifier, String> {
    let public = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let decoding =
        DecodingKey::from_ed_components(&public).map_err(|error| format!("the signing key cannot be used: {error}"))?;
    Ok(Verifier {
        kid: kid(key),
        public,
        key: decoding,
    })
}

/// Another secret, from which the key cannot be told.
fn derived(purpose: &str, key: &SigningKey) -> [u8; 32] {
    Sha256::new_with_prefix(purpose)
        .chain_update(key.to_bytes())
        .finalize()
        .into()
}

/// What a token and the JWKS call a key.
pub fn kid(key: &SigningKey) -> String {
    let digest = Sha256::digest(key.verifying_key().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::Signer as _;
    use serde_json::{Value, json};

    use super::*;

    fn forged(key: &SigningKey, header: &Value, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }

    fn with(mut object: Value, name: &str, value: Value) -> Value {
        object[name] = value;
        object
    }

    #[test]
    fn a_token_holds_only_as_long_and_as_far_as_it_should() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let now = Instant::now();
        let file = KeyFile {
            key: key.clone(),
            file: None,
            put_there: None,
        };
        let keys = Keys {
            issuer: "http://here".into(),
            ring: RwLock::new(Arc::new(Ring::of(&[file], now).unwrap())),
        };
        let seconds = now.unix_seconds();
        let header = json!({ "typ": TYPE, "alg": "EdDSA", "kid": kid(&key) });
        let claims = json!({
            "iss": "http://here", "aud": AUDIENCE, "sub": Id::new(), "sid": Id::new(), "jti": Id::new(),
            "iat": seconds, "exp": seconds + ACCESS_SECONDS,
        });
        let is_good = |header: &Value, claims: &Value| {
            keys.verify(&forged(&key, header, claims))
                .is_some_and(|token| token.is_timely(now))
        };
        assert!(is_good(&header, &claims));
        assert!(is_good(&header, &with(claims.clone(), "nbf", json!(seconds - 60))));
        let critical = with(header.clone(), "crit", json!(["exp"]));
        assert!(!is_good(&critical, &claims));
        for (name, value) in [
            ("nbf", json!(seconds + 60)),
            ("nbf", json!(i64::MAX)),
            ("iat", json!(i64::MIN)),
            ("iat", json!(i64::MAX)),
            ("exp", json!(i64::MAX)),
            ("exp", json!(i64::MIN)),
            ("exp", json!(1e300)),
            ("exp", json!(seconds - 60)),
        ] {
            assert!(
                !is_good(&header, &with(claims.clone(), name, value.clone())),
                "{name}: {value}"
            );
        }
    }
}
