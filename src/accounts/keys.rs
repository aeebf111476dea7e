//! The keys that sign access tokens (RFC 9068, EdDSA with Ed25519), and what is asked of a token
//! (RFC 8725): the library's lax defaults are all set.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes, spki::der::pem::LineEnding},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::sealer::WrappingKey;
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

/// Signs with the newest key, verifies with every one that is there: a rotation logs nobody out.
pub struct Keys {
    issuer: String,
    kid: String,
    signer: EncodingKey,
    verifiers: Vec<Verifier>,
    keys: Vec<SigningKey>,
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
        Self::of(&keys, config.public_url.clone())
    }

    fn of(keys: &[SigningKey], issuer: String) -> Result<Self, String> {
        let newest = keys.last().ok_or("there is no signing key")?;
        let der = newest
            .to_pkcs8_der()
            .map_err(|error| format!("the signing key cannot be used: {error}"))?;
        let verifiers = keys.iter().map(verifier).collect::<Result<Vec<_>, String>>()?;
        Ok(Self {
            issuer,
            kid: kid(newest),
            signer: EncodingKey::from_ed_der(der.as_bytes()),
            verifiers,
            keys: keys.to_vec(),
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
            nbf: None,
            jti: Id::new(),
        };
        jsonwebtoken::encode(&header, &token, &self.signer).map_err(Error::internal)
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
        let verifier = self
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
        self.keys.iter().map(wrapping).collect()
    }

    /// The secret that installations began with before they had a vault. It stays theirs, so that what was kept then can
    /// still be compared.
    pub fn first_secret(&self) -> [u8; 32] {
        self.keys
            .last()
            .map_or([0; 32], |newest| derived("peerled fingerprints", newest))
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
    crate::files::private_folder(folder).map_err(say)?;
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
            let name = path.display().to_string();
            check_private(path, &name)?;
            parse(&name, &std::fs::read_to_string(path).map_err(say)?)
        })
        .collect()
}

/// Whoever can read a key can log in as anybody.
fn check_private(path: &Path, name: &str) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_err(|error| format!("{name}: {error}"))?;
    match mode.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(format!(
            "{name}: others than its owner may read this key. Run: chmod 600 {name}"
        )),
    }
}

fn write_key(folder: &Path) -> std::io::Result<std::path::PathBuf> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let key = SigningKey::generate(&mut argon2::password_hash::rand_core::OsRng);
    // Without the public key, which OpenSSL before 3.0 does not expect in the file.
    let bytes = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    let pem = bytes.to_pkcs8_pem(LineEnding::LF).map_err(std::io::Error::other)?;
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
        let keys = Keys::of(std::slice::from_ref(&key), "http://here".into()).unwrap();
        let now = Instant::now();
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

    #[test]
    fn key_files_are_as_openssl_writes_them_and_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = write_key(folder.path()).unwrap();
        let pem = std::fs::read_to_string(&path).unwrap();
        // `openssl genpkey -algorithm ed25519` writes 48 bytes: version 0, the algorithm, 32 bytes of key.
        let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
        assert_eq!((der.len(), &der[..5]), (48, [0x30, 0x2e, 0x02, 0x01, 0x00].as_slice()));
        assert_eq!(read_folder(folder.path()).unwrap().len(), 1);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read_folder(folder.path()).unwrap_err().contains("chmod 600"));
    }
}
