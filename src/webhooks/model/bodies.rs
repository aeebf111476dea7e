//! What callers send.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Events;
use crate::primitives::{Field, Instant, Url};

/// Where a campus wants to be told of what.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"url": "https://example.org/peerled", "events": ["round.published", "enrolment.*"]}))]
pub struct NewWebhook {
    /// Where it is sent, by https.
    pub url: Url,
    /// What it wants to know.
    pub events: Events,
}

/// What of a webhook is to be another; what is left out stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"enabled": true}))]
pub struct WebhookPatch {
    /// Where it is sent, by https.
    #[serde(default)]
    pub url: Field<Url>,
    /// What it wants to know.
    #[serde(default)]
    pub events: Field<Events>,
    /// Whether anything is sent.
    #[serde(default)]
    pub enabled: Field<bool>,
}

/// Which deliveries are to be sent again.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"from": "2026-03-02T00:00:00Z"}))]
pub struct ReplayRequest {
    /// Those of what happened from then on.
    pub from: Instant,
    /// Until then, which is not included; until now if left out.
    #[serde(default)]
    pub to: Option<Instant>,
    /// Also those that were taken, as after a receiver lost its data; otherwise only those that failed.
    #[serde(default)]
    pub delivered: bool,
}
