//! A provider, or somebody who plays one, that lies.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::{LOG_IN, begin, redeem};
use crate::{
    harness::{
        World,
        provider::{Gives, PROVIDER, key, public_key, signed},
    },
    on_every_database,
};

type Lie = fn(&mut Value) -> String;

fn honest(claims: &mut Value) -> String {
    signed("ec", claims)
}

fn with_header(claims: &Value, change: impl FnOnce(&mut Header)) -> String {
    let (key, algorithm) = key("ec");
    let mut header = Header::new(algorithm);
    header.kid = Some("ec".into());
    change(&mut header);
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

fn with_secret(claims: &Value, kid: &str, secret: &[u8]) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid.into());
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn unsigned(claims: &Value, header: &Value) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", encoded(header), encoded(claims))
}

const LIES: &[(&str, Lie)] = &[
    ("another nonce", |claims| {
        claims["nonce"] = json!("another");
        honest(claims)
    }),
    ("no nonce", |claims| {
        claims.as_object_mut().unwrap().remove("nonce");
        honest(claims)
    }),
    ("another audience", |claims| {
        claims["aud"] = json!("somebody else");
        honest(claims)
    }),
    ("no audience", |claims| {
        claims.as_object_mut().unwrap().remove("aud");
        honest(claims)
    }),
    ("several audiences, asked for by nobody", |claims| {
        claims["aud"] = json!([claims["aud"], "somebody else"]);
        honest(claims)
    }),
    ("asked for by somebody else", |claims| {
        claims["azp"] = json!("somebody else");
        honest(claims)
    }),
    ("another issuer", |claims| {
        claims["iss"] = json!(format!("{}/careful", PROVIDER.url));
        honest(claims)
    }),
    ("over", |claims| {
        claims["exp"] = json!(claims["iat"].as_i64().unwrap() - 61);
        honest(claims)
    }),
    ("without an end", |claims| {
        claims.as_object_mut().unwrap().remove("exp");
        honest(claims)
    }),
    ("from the future", |claims| {
        claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 120);
        honest(claims)
    }),
    ("about nobody", |claims| {
        claims["sub"] = json!("");
        honest(claims)
    }),
    ("about a number", |claims| {
        claims["sub"] = json!(7);
        honest(claims)
    }),
    ("algorithm none", |claims| {
        unsigned(claims, &json!({"alg": "none", "typ": "JWT"}))
    }),
    ("no signature", |claims| {
        unsigned(claims, &json!({"alg": "ES256", "kid": "ec"}))
    }),
    ("HS256 with the public key", |claims| {
        let modulus = public_key("rsa")["n"].as_str().unwrap().to_owned();
        with_secret(claims, "rsa", &URL_SAFE_NO_PAD.decode(modulus).unwrap())
    }),
    ("HS256 with the client secret", |claims| {
        with_secret(claims, "ec", crate::harness::provider::CLIENT_SECRET.as_bytes())
    }),
    ("signed by a key that it brings along", |claims| {
        with_header(claims, |header| {
            header.kid = Some("mine".into());
            header.jwk = serde_json::from_value(public_key("ec")).ok();
        })
    }),
    ("with the kid of another key", |claims| {
        with_header(claims, |header| header.kid = Some("rsa".into()))
    }),
    ("of a type that is no id token", |claims| {
        with_header(claims, |header| header.typ = Some("at+jwt".into()))
    }),
    ("with an extension that must be understood", |claims| {
        with_header(claims, |header| header.crit = Some(vec!["exp".into()]))
    }),
    ("with other claims under the signature", |claims| {
        let token = honest(claims);
        claims["sub"] = json!("somebody-else");
        let mut parts: Vec<String> = token.split('.').map(Into::into).collect();
        parts[1] = URL_SAFE_NO_PAD.encode(claims.to_string());
        parts.join(".")
    }),
    ("no token", |_| "x".into()),
];

on_every_database! {
    fn no_lie_lets_anybody_in(world: World) {
        for (lie, token) in LIES {
            let begun = begin(&world.nobody(), LOG_IN, "school");
            let token = token(&mut PROVIDER.claims(&begun.url));
            let back = PROVIDER.grant(&begun.url, Gives::IdToken(token, Value::Null));
            let answer = redeem(&world, begun.with(&back));
            assert_eq!((answer.status, answer.json["code"].as_str()), (502, Some("provider_failed")), "{lie}: {}", answer.text);
            assert_eq!(world.count_people(), 0, "{lie}");
        }
        // The same without a lie.
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let mut claims = PROVIDER.claims(&begun.url);
        claims["aud"] = json!([claims["aud"], "somebody else"]);
        claims["azp"] = json!(crate::harness::provider::CLIENT_ID);
        let back = PROVIDER.grant(&begun.url, Gives::IdToken(honest(&mut claims), Value::Null));
        redeem(&world, begun.with(&back)).is(200);
    }
}
