//! What people ask the service, and what they are answered. Who asks does not give up.

use std::{sync::atomic::Ordering, time::Duration};

use serde_json::{Value, json};

use super::{
    pastoral::{CARERS, IN_CONFIDENCE},
    service::{Person, Service, email},
};
use crate::process::text;

pub const PASSWORD: &str = "weaver lamp orbit";

/// What somebody was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    pub json: Value,
    pub etag: String,
}

impl Answer {
    /// What carers note in confidence is in no answer to anybody else.
    fn keeps_confidence(&self, who: Option<&Person>, path: &str) {
        let is_carer = who.is_some_and(|who| CARERS.iter().any(|carer| who.email == email(carer)));
        assert!(
            is_carer || !self.text.contains(IN_CONFIDENCE),
            "{path} tells {}",
            self.text
        );
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.json);
        self
    }

    #[track_caller]
    pub fn id(&self) -> String {
        text(&self.json["id"])
    }

    #[track_caller]
    pub fn data(&self) -> &[Value] {
        self.json["data"].as_array().unwrap_or_else(|| panic!("{}", self.json))
    }
}

impl Service {
    pub fn get(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), "GET", path, &Value::Null)
    }

    pub fn post(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "POST", path, &body)
    }

    pub fn put(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "PUT", path, &body)
    }

    pub fn patch(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), "PATCH", path, &body)
    }

    pub fn delete(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), "DELETE", path, &Value::Null)
    }

    /// Changes something that was read with this tag.
    pub fn post_if(&self, who: &Person, etag: &str, path: &str, body: Value) -> Answer {
        self.request(Some(who), "POST", path, &body, Some(etag))
    }

    pub fn put_if(&self, who: &Person, etag: &str, path: &str, body: Value) -> Answer {
        self.request(Some(who), "PUT", path, &body, Some(etag))
    }

    pub fn ask(&self, who: Option<&Person>, method: &str, path: &str, body: &Value) -> Answer {
        self.request(who, method, path, body, None)
    }

    /// Asks until there is an answer: every write has a key of its own, so that it is done once. Who is no longer logged
    /// in logs in.
    fn request(&self, who: Option<&Person>, method: &str, path: &str, body: &Value, seen: Option<&str>) -> Answer {
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed));
        let began = std::time::Instant::now();
        loop {
            let token = who.map(|who| who.token.lock().unwrap().clone());
            let mut request = ureq::http::Request::builder()
                .method(method)
                .uri(format!("http://127.0.0.1:{}{path}", self.port));
            for (name, value) in [
                ("Authorization", token.map(|token| format!("Bearer {token}"))),
                ("If-Match", seen.map(str::to_owned)),
                (
                    "Idempotency-Key",
                    (method != "GET" && who.is_some()).then(|| key.clone()),
                ),
            ] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let sent = match body {
                Value::Null => self.agent.run(request.body(()).unwrap()),
                body => {
                    let request = request.header("Content-Type", "application/json");
                    self.agent.run(request.body(body.to_string()).unwrap())
                }
            };
            let heard = sent.and_then(|mut answer| {
                let status = answer.status().as_u16();
                let etag = answer.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned());
                let body = answer.body_mut().read_to_string()?;
                let json = serde_json::from_str(&body).unwrap_or(Value::Null);
                let etag = etag.unwrap_or_default();
                Ok(Answer {
                    status,
                    text: body,
                    json,
                    etag,
                })
            });
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "{method} {path} was not answered: {heard:?}"
            );
            if let Ok(answer) = &heard {
                answer.keeps_confidence(who, path);
            }
            match (heard, who) {
                (Ok(answer), Some(who)) if answer.status == 401 => self.log_in(who),
                (Ok(answer), _) if answer.status != 503 && answer.json["code"] != "request_in_progress" => {
                    return answer;
                }
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Goes on with the session, or begins another if it cannot.
    fn log_in(&self, who: &Person) {
        let mut refresh = who.refresh.lock().unwrap();
        let next = json!({ "refresh_token": *refresh });
        let mut tokens = self.ask(None, "POST", "/v1/auth/refresh", &next);
        if tokens.status != 200 {
            let login = json!({"email": who.email, "password": PASSWORD});
            tokens = self.ask(None, "POST", "/v1/auth/login", &login).is(200);
        }
        *refresh = text(&tokens.json["refresh_token"]);
        *who.token.lock().unwrap() = text(&tokens.json["access_token"]);
    }
}
