//! Requests to receivers: bounded in time and size, to the public internet alone.

use std::{sync::Arc, time::Duration};

use ureq::{
    Agent, Error,
    http::Request,
    unversioned::{resolver::DefaultResolver, transport::DefaultConnector},
};

use super::{model::Outcome, resolver::PublicResolver, rules::judged};
use crate::primitives::Instant;

/// Longer than a receiver takes that is well; all of connecting, sending and the head of the answer.
pub const TIME: Duration = Duration::from_secs(15);
/// Much more than the head of an answer is. Its body is not read at all.
const HEAD: usize = 16 * 1024;

/// Sends requests.
#[derive(Clone)]
pub struct Client(Arc<Agent>);

/// What is sent where.
pub struct Message {
    /// Where.
    pub url: String,
    /// The `webhook-id`.
    pub id: String,
    /// The `webhook-timestamp`.
    pub seconds: i64,
    /// The `webhook-signature`.
    pub signature: String,
    /// What is sent.
    pub body: String,
}

impl Client {
    /// One that looks its hosts up itself: no proxy, no redirect and no connection from before lead elsewhere.
    pub fn new(named: Vec<String>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_idle_connections(0)
            .max_response_header_size(HEAD)
            .timeout_global(Some(TIME))
            .user_agent("peerled")
            .build();
        let resolver = PublicResolver {
            named,
            system: DefaultResolver::default(),
        };
        Self(Arc::new(Agent::with_parts(
            config,
            DefaultConnector::default(),
            resolver,
        )))
    }

    /// Sends it, on a thread that may wait.
    pub fn send(&self, message: Message) -> Outcome {
        let request = Request::post(&message.url)
            .header("Content-Type", "application/json")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", message.seconds)
            .header("webhook-signature", &message.signature)
            .body(message.body);
        let answered = match request {
            Ok(request) => self.0.run(request),
            Err(error) => Err(error.into()),
        };
        match answered {
            Ok(answer) => {
                let retry_after = answer
                    .headers()
                    .get("retry-after")
                    .and_then(|value| value.to_str().ok());
                judged(answer.status().as_u16(), retry_after, Instant::now())
            }
            Err(error) => Outcome {
                status: None,
                error: Some(told(&error)),
                retry_after: None,
            },
        }
    }
}

/// What the organisers are told. Nothing of what a name of the operator's network stands for.
fn told(error: &Error) -> String {
    match error {
        Error::HostNotFound => "the host has no address on the public internet".into(),
        Error::Io(error) => format!("no connection: {}", error.kind()),
        Error::Timeout(_) => format!("no answer within {} seconds", TIME.as_secs()),
        other => format!("the answer cannot be read: {other}"),
    }
}
