//! Requests to identity providers: bounded in time and size, to nowhere but where we were told to ask.

use std::time::Duration;

use serde::de::DeserializeOwned;
use ureq::{
    Agent,
    http::{Request, request::Builder},
};

use super::failure::Failure;

/// Longer than a provider takes that is well.
const TIME: Duration = Duration::from_secs(5);
/// Much more than metadata, keys or a token ever are.
const SIZE: u64 = 256 * 1024;

/// Sends requests.
#[derive(Clone)]
pub struct Client(Agent);

/// What came back.
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    body: Vec<u8>,
}

impl Client {
    /// One that follows no redirect: who is asked has been configured, or was named by who was configured.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(TIME))
            .user_agent("peerled")
            .build();
        Self(config.into())
    }

    /// Reads, with an access token if there is one.
    pub fn get(&self, url: &str, token: Option<&str>) -> Result<Answered, Failure> {
        let mut request = Request::get(url).header("Accept", "application/json");
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        self.send(request, String::new())
    }

    /// Sends a form, with `Authorization` if there is one.
    pub fn post(&self, url: &str, form: &[(&str, &str)], authorization: Option<String>) -> Result<Answered, Failure> {
        let mut request = Request::post(url)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header("Authorization", authorization);
        }
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.send(request, form)
    }

    fn send(&self, request: Builder, body: String) -> Result<Answered, Failure> {
        let away = |error: ureq::Error| Failure::Away(error.to_string());
        let unfit = |error: ureq::http::Error| Failure::Odd(error.to_string());
        let sent = match body.is_empty() {
            true => self.0.run(request.body(()).map_err(unfit)?),
            false => self.0.run(request.body(body).map_err(unfit)?),
        };
        let mut answer = sent.map_err(away)?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(SIZE).read_to_vec();
        Ok(Answered {
            status,
            body: body.map_err(away)?,
        })
    }
}

impl Answered {
    /// The body of a success. `what` says in the log what was asked for.
    pub fn success<T: DeserializeOwned>(&self, what: &str) -> Result<T, Failure> {
        match self.status {
            200 => self.json(what),
            status @ (429 | 500..) => Err(Failure::Away(format!("{what}: {status}"))),
            status => Err(Failure::Odd(format!("{what}: {status}"))),
        }
    }

    /// The body, whatever the status. What is wrong with it is told by its place alone: it may hold a token.
    pub fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Failure::Odd(format!(
                "{what} is not what it should be, at line {line}, column {column}"
            ))
        })
    }
}
