//! An identity provider in this process, which can lie. It speaks OpenID Connect below `/school` and `/careful`, GitHub's
//! OAuth below `/github`, and is ill in several ways below the other paths.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{LazyLock, Mutex},
    time::Duration,
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use peerled::{config::Settings, primitives::Instant};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const CLIENT_ID: &str = "peerled at school";
pub const CLIENT_SECRET: &str = "a secret: with +&% in it";
/// A page of the front end, at the public URL of the tests.
pub const PAGE: &str = "http://peerled.test/signed-on";

/// How the ways to be ill are called.
const REALMS: [&str; 5] = ["school", "careful", "liar", "down", "hung"];

/// The one provider of all tests.
pub static PROVIDER: LazyLock<FakeProvider> = LazyLock::new(FakeProvider::start);

/// What it knows of the codes that it has given out.
pub struct FakeProvider {
    pub url: String,
    codes: Mutex<HashMap<String, Grant>>,
    tokens: Mutex<HashMap<String, Value>>,
}

/// What a code is good for.
struct Grant {
    challenge: String,
    return_to: String,
    gives: Gives,
}

/// What a code is exchanged for.
pub enum Gives {
    /// An id token, and what the user info endpoint says.
    IdToken(String, Value),
    /// What GitHub says of the user and of their addresses.
    User(Value, Value),
    /// Nothing, for ever.
    Nothing,
}

/// What the browser brings back.
#[derive(Clone, Debug)]
pub struct Back {
    pub code: String,
    pub state: String,
}

/// The keys that sign, by their `kid`. They guard nothing.
pub fn key(kid: &str) -> (EncodingKey, Algorithm) {
    match kid {
        "rsa" => (
            EncodingKey::from_rsa_pem(include_bytes!("keys/rsa.pem")).unwrap(),
            Algorithm::RS256,
        ),
        _ => (
            EncodingKey::from_ec_pem(include_bytes!("keys/ec.pem")).unwrap(),
            Algorithm::ES256,
        ),
    }
}

/// The public part, as it is published.
pub fn public_key(kid: &str) -> Value {
    let (key, algorithm) = key(kid);
    let mut jwk = Jwk::from_encoding_key(&key, algorithm).unwrap();
    jwk.common.key_id = Some(kid.into());
    serde_json::to_value(jwk).unwrap()
}

/// A token with these claims, signed as the provider does.
pub fn signed(kid: &str, claims: &Value) -> String {
    let (key, algorithm) = key(kid);
    let mut header = Header::new(algorithm);
    header.kid = Some(kid.into());
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

impl FakeProvider {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                std::thread::spawn(move || {
                    // Who asked may have gone.
                    let _ = PROVIDER.serve(stream);
                });
            }
        });
        Self {
            url,
            codes: Mutex::default(),
            tokens: Mutex::default(),
        }
    }

    /// Lets people log in with it: the providers `school`, `careful`, …, and `github`.
    pub fn set_up(&self, settings: &mut Settings) {
        let each = |value: fn(&str) -> String| Some(REALMS.map(value).join(","));
        settings.oidc_issuer = each(|realm| format!("{}/{realm}", PROVIDER.url));
        settings.oidc_client_id = each(|_| CLIENT_ID.into());
        settings.oidc_client_secret = each(|_| CLIENT_SECRET.into());
        settings.oidc_name = each(str::to_owned);
        settings.github_client_id = Some(CLIENT_ID.into());
        settings.github_client_secret = Some(CLIENT_SECRET.into());
        settings.github_url = Some(format!("{}/github", self.url));
    }

    /// Somebody logs in there: what they are said to be is changed by `change`, and the browser comes back.
    pub fn approve(&self, authorization_url: &str, change: impl FnOnce(&mut Value)) -> Back {
        let mut claims = self.claims(authorization_url);
        change(&mut claims);
        let token = signed("ec", &claims);
        self.grant(authorization_url, Gives::IdToken(token, Value::Null))
    }

    /// What an honest token says of a person.
    pub fn claims(&self, authorization_url: &str) -> Value {
        let asked = query(authorization_url);
        let issuer = authorization_url.split("/authorize").next().unwrap();
        let now = Instant::now().unix_seconds();
        json!({
            "iss": issuer, "aud": CLIENT_ID, "sub": "amal-1", "nonce": asked["nonce"], "iat": now, "exp": now + 300,
            "email": "amal@example.org", "email_verified": true, "name": "Amal Haddad",
        })
    }

    /// The browser comes back with a code for this.
    pub fn grant(&self, authorization_url: &str, gives: Gives) -> Back {
        let asked = query(authorization_url);
        assert_eq!(asked["client_id"], CLIENT_ID);
        assert_eq!(asked["code_challenge_method"], "S256");
        let code = unique();
        let grant = Grant {
            challenge: asked["code_challenge"].clone(),
            return_to: asked["redirect_uri"].clone(),
            gives,
        };
        self.codes.lock().unwrap().insert(code.clone(), grant);
        Back {
            code,
            state: asked["state"].clone(),
        }
    }

    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = HashMap::new();
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers
            .get("content-length")
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let form = form_urlencoded::parse(&body).into_owned().collect();
        let authorization = headers.get("authorization").map_or("", String::as_str);
        let (status, answer) = self.answer(&path, &form, authorization);
        let answer = answer.to_string();
        write!(
            reader.get_mut(),
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
            answer.len()
        )
    }

    fn answer(&self, path: &str, form: &HashMap<String, String>, authorization: &str) -> (u16, Value) {
        let (_, path) = path.split_at(1);
        let (realm, rest) = path.split_once('/').unwrap_or((path, ""));
        match (realm, rest) {
            ("hung", _) => {
                std::thread::sleep(Duration::from_secs(20));
                (503, Value::Null)
            }
            ("down", _) => (503, json!("maintenance")),
            ("github", "login/oauth/access_token") => match self.exchange(form, authorization, true) {
                Ok(Gives::User(user, addresses)) => {
                    let token = unique();
                    let known = json!({"user": user, "user/emails": addresses});
                    self.tokens.lock().unwrap().insert(token.clone(), known);
                    (200, json!({"access_token": token, "token_type": "bearer"}))
                }
                // GitHub refuses with the status of a success.
                _ => (200, json!({"error": "bad_verification_code"})),
            },
            ("github", _) => match (self.known(authorization), rest.strip_prefix("api/v3/")) {
                (Some(known), Some(what)) => (200, known[what].clone()),
                _ => (401, json!({"message": "Requires authentication"})),
            },
            (_, ".well-known/openid-configuration") => (200, self.metadata(realm)),
            (_, "jwks") => {
                let unusual = json!({"kty": "EC", "crv": "secp256k1", "kid": "odd", "x": "AA", "y": "AA"});
                (200, json!({"keys": [unusual, public_key("rsa"), public_key("ec")]}))
            }
            (_, "token") => match self.exchange(form, authorization, realm == "careful") {
                Ok(Gives::IdToken(id_token, info)) => {
                    let token = unique();
                    self.tokens.lock().unwrap().insert(token.clone(), info);
                    (
                        200,
                        json!({"id_token": id_token, "access_token": token, "token_type": "Bearer"}),
                    )
                }
                Ok(_) => {
                    std::thread::sleep(Duration::from_secs(20));
                    (503, Value::Null)
                }
                Err(error) => (400, json!({"error": error})),
            },
            (_, "userinfo") => match self.known(authorization) {
                Some(known) => (200, known),
                None => (401, Value::Null),
            },
            _ => (404, Value::Null),
        }
    }

    fn metadata(&self, realm: &str) -> Value {
        let at = |path: &str| format!("{}/{realm}{path}", self.url);
        let careful = realm == "careful";
        json!({
            "issuer": if realm == "liar" { "https://elsewhere.example".into() } else { at("") },
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
            "userinfo_endpoint": at("/userinfo"),
            "token_endpoint_auth_methods_supported": [if careful { "client_secret_post" } else { "client_secret_basic" }],
            "authorization_response_iss_parameter_supported": careful,
        })
    }

    /// A code is good once, for who has the verifier and is our client.
    fn exchange(
        &self,
        form: &HashMap<String, String>,
        authorization: &str,
        in_form: bool,
    ) -> Result<Gives, &'static str> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = format!("{}:{}", encoded(CLIENT_ID), encoded(CLIENT_SECRET));
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let is_client = match in_form {
            true => (field("client_id"), field("client_secret"), authorization) == (CLIENT_ID, CLIENT_SECRET, ""),
            false => authorization == format!("Basic {}", STANDARD.encode(basic)),
        };
        if !is_client {
            return Err("invalid_client");
        }
        let grant = self
            .codes
            .lock()
            .unwrap()
            .remove(field("code"))
            .ok_or("invalid_grant")?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        match challenge == grant.challenge && field("redirect_uri") == grant.return_to {
            true => Ok(grant.gives),
            false => Err("invalid_grant"),
        }
    }

    fn known(&self, authorization: &str) -> Option<Value> {
        let token = authorization.strip_prefix("Bearer ")?;
        self.tokens.lock().unwrap().get(token).cloned()
    }
}

/// The query parameters of a URL.
pub fn query(url: &str) -> HashMap<String, String> {
    let (_, query) = url.split_once('?').unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn unique() -> String {
    peerled::primitives::Secret::new().text
}
