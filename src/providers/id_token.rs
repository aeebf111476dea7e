//! What is asked of an id token (OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725): the library's lax defaults are all
//! set.

use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;

use crate::primitives::{Email, Instant};

/// How far the provider's clock may be from ours, in seconds.
const SKEW: f64 = 60.0;
/// The modulus of an RSA key of 2,048 bits, in base64url.
const SHORTEST_MODULUS: usize = 342;

/// What a token must say.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    pub now: Instant,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read, or asks for what we do not understand.
    Form,
    /// It is signed in a way that is not allowed.
    Algorithm,
    /// None of the provider's keys is the one it is signed with.
    Key,
    /// The signature, the issuer or the audience is wrong, or something is missing.
    Signature,
    /// It is for several, and we are not who asked for it.
    Party,
    /// It is over, or not yet good.
    Time,
    /// It was made for another sign-on.
    Nonce,
    /// It names nobody.
    Subject,
}

/// What a token says.
#[derive(Deserialize)]
pub struct Claims {
    pub sub: String,
    aud: serde_json::Value,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nonce: Option<String>,
    /// How they showed who they are (RFC 8176).
    #[serde(default)]
    pub amr: Vec<String>,
    #[serde(flatten)]
    pub profile: Profile,
}

/// What a provider tells of a person, in the token or at its user info endpoint.
#[derive(Default, Deserialize)]
pub struct Profile {
    pub email: Option<String>,
    email_verified: Option<Flag>,
    name: Option<String>,
    preferred_username: Option<String>,
    nickname: Option<String>,
}

/// Some providers send it as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Is(bool),
    Says(String),
}

impl Profile {
    /// The address, if it is one and was verified.
    pub fn verified_email(&self) -> Option<Email> {
        let is_verified = match &self.email_verified {
            Some(Flag::Is(is)) => *is,
            Some(Flag::Says(text)) => text == "true",
            None => false,
        };
        let email = self.email.as_ref().filter(|_| is_verified)?;
        Email::parse(email).ok()
    }

    /// What they are called, the best of it first.
    pub fn names(&self) -> Vec<String> {
        let names = [&self.name, &self.preferred_username, &self.nickname];
        names.into_iter().flatten().cloned().collect()
    }
}

/// What the token says, if it is the provider's and meant for this sign-on.
pub fn verify(token: &str, keys: &JwkSet, expected: &Expected) -> Result<Claims, Unfit> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Unfit::Form)?;
    let is_jwt = header.typ.as_ref().is_none_or(|typ| typ.eq_ignore_ascii_case("jwt"));
    if !is_jwt || header.crit.is_some() {
        return Err(Unfit::Form);
    }
    if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) {
        return Err(Unfit::Algorithm);
    }
    let key = key(keys, &header).ok_or(Unfit::Key)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Unfit::Key)?;
    let mut rules = Validation::new(header.alg);
    rules.set_issuer(&[expected.issuer]);
    rules.set_audience(&[expected.client_id]);
    rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // Compared with our clock below.
    rules.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules);
    let claims = claims.map_err(|_| Unfit::Signature)?.claims;
    claims.check(expected)?;
    Ok(claims)
}

impl Claims {
    fn check(&self, expected: &Expected) -> Result<(), Unfit> {
        let is_for_several = self.aud.as_array().is_some_and(|all| all.len() > 1);
        let asked = match &self.azp {
            Some(party) => party == expected.client_id,
            None => !is_for_several,
        };
        let now = expected.now.unix_seconds() as f64;
        if !asked {
            Err(Unfit::Party)
        } else if self.exp <= now - SKEW || self.iat > now + SKEW {
            Err(Unfit::Time)
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            Err(Unfit::Nonce)
        } else if !(1..=255).contains(&self.sub.len()) || self.sub.contains(char::is_control) {
            Err(Unfit::Subject)
        } else {
            Ok(())
        }
    }
}

/// The key that the header names; the only one that can be meant if it names none.
fn key<'k>(keys: &'k JwkSet, header: &Header) -> Option<&'k Jwk> {
    let is_meant = |key: &&Jwk| {
        let for_signatures = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        let named = header.kid.is_none() || key.common.key_id == header.kid;
        for_signatures && named && fits(key, header.alg)
    };
    let mut meant = keys.keys.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(key), None) => Some(key),
        _ => None,
    }
}

fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let named = key
        .common
        .key_algorithm
        .is_none_or(|named| named == KeyAlgorithm::from(algorithm));
    let kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(key), Algorithm::RS256) => key.n.len() >= SHORTEST_MODULUS,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => key.curve == EllipticCurve::P256,
        _ => false,
    };
    named && kind
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::EncodingKey;
    use serde_json::{Value, json};

    use super::*;

    /// The verdict on a token that is right but for what `change` does to its header and claims.
    fn verdict(change: impl FnOnce(&mut Header, &mut Value)) -> Result<String, Unfit> {
        let key = EncodingKey::from_ec_pem(include_bytes!("../../tests/api/harness/keys/ec.pem")).unwrap();
        let mut published = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
        published.common.key_id = Some("one".into());
        let now = Instant::parse("2026-03-02T09:00:00Z").unwrap();
        let seconds = now.unix_seconds();
        let mut claims = json!({
            "iss": "https://login.example.org", "aud": "peerled", "sub": "amal", "nonce": "nonce", "iat": seconds, "exp": seconds + 60,
        });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some("one".into());
        change(&mut header, &mut claims);
        let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
        let expected = Expected {
            issuer: "https://login.example.org",
            client_id: "peerled",
            nonce: "nonce",
            now,
        };
        let keys = JwkSet { keys: vec![published] };
        verify(&token, &keys, &expected).map(|claims| claims.sub)
    }

    #[test]
    fn each_token_is_refused_for_what_is_wrong_with_it() {
        let with = |name: &'static str, value: Value| verdict(|_, claims| claims[name] = value);
        let seconds = Instant::parse("2026-03-02T09:00:00Z").unwrap().unix_seconds();
        let amal = || Ok("amal".to_owned());
        assert_eq!(verdict(|_, _| {}), amal());
        assert_eq!(verdict(|header, _| header.kid = None), amal());
        assert_eq!(verdict(|header, _| header.kid = Some("two".into())), Err(Unfit::Key));
        assert_eq!(
            verdict(|header, _| header.typ = Some("logout+jwt".into())),
            Err(Unfit::Form)
        );
        assert_eq!(
            verdict(|header, _| header.crit = Some(vec!["b64".into()])),
            Err(Unfit::Form)
        );
        for (name, value, expected) in [
            ("iss", json!("https://login.example.org/"), Err(Unfit::Signature)),
            ("aud", json!("other"), Err(Unfit::Signature)),
            ("aud", json!(["peerled"]), amal()),
            ("aud", json!(["other", "peerled"]), Err(Unfit::Party)),
            ("azp", json!("peerled"), amal()),
            ("azp", json!("other"), Err(Unfit::Party)),
            ("exp", json!(seconds - 59), amal()),
            ("exp", json!(seconds - 60), Err(Unfit::Time)),
            ("exp", json!(seconds as f64 + 0.5), amal()),
            ("iat", json!(seconds + 60), amal()),
            ("iat", json!(seconds + 61), Err(Unfit::Time)),
            ("nonce", json!("another"), Err(Unfit::Nonce)),
            ("nonce", Value::Null, Err(Unfit::Nonce)),
            ("sub", json!(""), Err(Unfit::Subject)),
            ("sub", json!("x".repeat(256)), Err(Unfit::Subject)),
            ("sub", json!("amal\u{0}"), Err(Unfit::Subject)),
        ] {
            assert_eq!(with(name, value.clone()), expected, "{name}: {value}");
        }
    }

    #[test]
    fn only_a_key_for_signatures_of_that_kind_is_taken() {
        let keys = |keys: Value| serde_json::from_value::<JwkSet>(json!({ "keys": keys })).unwrap();
        let ec = json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"});
        let with = |name: &str, value: &str| {
            let mut key = ec.clone();
            key[name] = json!(value);
            key
        };
        let header = Header::new(Algorithm::ES256);
        let found = |all: Value| key(&keys(all), &header).is_some();
        assert!(found(json!([ec])) && found(json!([with("alg", "ES256")])) && found(json!([with("use", "sig")])));
        assert!(!found(json!([with("alg", "ES384")])) && !found(json!([with("use", "enc")])));
        assert!(!found(json!([with("crv", "P-384")])) && !found(json!([ec, ec])) && !found(json!([])));
        assert!(found(
            json!([{"kty": "oct", "k": "AA"}, {"kty": "OKP", "crv": "X25519", "x": "AA"}, ec])
        ));
        let rsa = |length: usize| json!([{"kty": "RSA", "n": "A".repeat(length), "e": "AQAB"}]);
        let header = Header::new(Algorithm::RS256);
        assert!(key(&keys(rsa(342)), &header).is_some() && key(&keys(rsa(341)), &header).is_none());
    }
}
