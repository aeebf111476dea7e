//! The keys that sign access tokens (RFC 9068, EdDSA with Ed25519), and what is asked of a token
//! (RFC 8725): the library's lax defaults are all set.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
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
    jti: Id,
}

/// What a good access token says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claims {
    /// Who holds it.
    pub person: Id,
    /// The session it belongs to.
    pub session: Id,
}

struct Verifier {
    kid: String,
    public: String,
    key: DecodingKey,
}

/// Signs with the newest key, verifies with every one that is there: a rotation logs nobody out.
pub struct Keys {
    issuer: String,
    kid: String,
    signer: EncodingKey,
    verifiers: Vec<Verifier>,
    secret: Vec<u8>,
}

impl Keys {
    /// Reads the signing key from the settings, or all keys from `DATA_DIR/keys`, where it makes
    /// the first one.
    ///
    /// # Errors
    /// A sentence, if a key cannot be read or written.
    pub fn open(config: &Config) -> Result<Self, String> {
        let keys = match &config.signing_key {
            Some(pem) => vec![parse("PEERLED_SIGNING_KEY", pem)?],
            None => read_folder(&config.data_dir.join("keys"))?,
        };
        let newest = keys.last().ok_or("there is no signing key")?;
        let der = newest
            .to_pkcs8_der()
            .map_err(|error| format!("the signing key cannot be used: {error}"))?;
        let verifiers = keys.iter().map(verifier).collect::<Result<Vec<_>, String>>()?;
        Ok(Self {
            issuer: config.public_url.clone(),
            kid: kid(newest),
            signer: EncodingKey::from_ed_der(der.as_bytes()),
            verifiers,
            secret: Sha256::new_with_prefix("peerled fingerprints")
                .chain_update(newest.to_bytes())
                .finalize()
                .to_vec(),
        })
    }

    /// A new access token for a session.
    ///
    /// # Errors
    /// `500` if it cannot be signed.
    pub fn sign(&self, person: Id, session: Id, now: Instant) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.into());
        header.kid = Some(self.kid.clone());
        let iat = now.unix_seconds();
        let token = AccessToken {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: person,
            sid: session,
            iat,
            exp: iat + ACCESS_SECONDS,
            jti: Id::new(),
        };
        jsonwebtoken::encode(&header, &token, &self.signer).map_err(Error::internal)
    }

    /// What the token says, if it is ours and good now. Whether its session has ended is for the
    /// database to say.
    pub fn verify(&self, token: &str, now: Instant) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let foreign = header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some();
        if foreign || header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let verifier = self
            .verifiers
            .iter()
            .find(|verifier| Some(&verifier.kid) == header.kid.as_ref())?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.leeway = 5;
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&self.issuer]);
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // `exp` is compared below, with our clock.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<AccessToken>(token, &verifier.key, &rules)
            .ok()?
            .claims;
        let seconds = now.unix_seconds();
        let timely = claims.iat <= seconds + 5 && seconds < claims.exp + 5 && claims.exp - claims.iat <= ACCESS_SECONDS;
        timely.then_some(Claims {
            person: claims.sub,
            session: claims.sid,
        })
    }

    /// The public keys (RFC 7517).
    pub fn jwks(&self) -> String {
        let keys: Vec<_> = self
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

    /// Keeps what is stored of a request from being guessed.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }
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

fn kid(key: &SigningKey) -> String {
    let digest = Sha256::digest(key.verifying_key().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn parse(name: &str, pem: &str) -> Result<SigningKey, String> {
    // In an environment variable line ends are often written as `\n`.
    SigningKey::from_pkcs8_pem(&pem.replace("\\n", "\n"))
        .map_err(|_| format!("{name}: must be an Ed25519 private key as PEM (PKCS #8), such as `openssl genpkey -algorithm ed25519` makes"))
}

/// All keys of the folder, in the order of their names: the last one signs.
fn read_folder(folder: &Path) -> Result<Vec<SigningKey>, String> {
    let say = |error: std::io::Error| {
        format!(
            "PEERLED_DATA_DIR: the keys in {} cannot be used: {error}",
            folder.display()
        )
    };
    crate::config::private_folder(folder).map_err(say)?;
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map_err(say)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pem"))
        .collect();
    if files.is_empty() {
        files.push(write_key(folder).map_err(say)?);
    }
    files.sort();
    files
        .iter()
        .map(|path| {
            parse(
                &path.display().to_string(),
                &std::fs::read_to_string(path).map_err(say)?,
            )
        })
        .collect()
}

fn write_key(folder: &Path) -> std::io::Result<std::path::PathBuf> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let key = SigningKey::generate(&mut argon2::password_hash::rand_core::OsRng);
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(std::io::Error::other)?;
    let path = folder.join(format!("{}.pem", Id::new()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}
