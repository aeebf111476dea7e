//! What callers see of webhooks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    primitives::{Id, Instant, Url},
    webhooks::model::{Delivery, DeliveryStatus, DisabledBecause, Events, Webhook},
};

/// Where a campus is told of what happens there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub struct WebhookView {
    /// The webhook's id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// Where it is sent.
    url: Url,
    /// What it wants to know.
    events: Events,
    /// Whether anything is sent.
    enabled: bool,
    /// Why the service itself disabled it; null if it did not.
    disabled_because: Option<DisabledBecause>,
    /// Since when every try has failed; null if the last one did not.
    failing_since: Option<Instant>,
    /// Until when nothing is sent because the last try failed; null if it is not paused.
    paused_until: Option<Instant>,
    /// When something was last taken; null if nothing was.
    succeeded_at: Option<Instant>,
    /// Until when the secret before signs besides; null if only one signs.
    old_secret_until: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was made.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl WebhookView {
    /// As it is seen now.
    pub fn of(webhook: Webhook, now: Instant) -> Self {
        Self {
            id: webhook.id,
            campus_id: webhook.campus_id,
            url: webhook.url,
            events: webhook.events,
            enabled: webhook.enabled,
            disabled_because: webhook.disabled_because,
            failing_since: webhook.failing_since,
            paused_until: webhook.paused_until.filter(|until| *until > now),
            succeeded_at: webhook.succeeded_at,
            old_secret_until: webhook.old_secret_until.filter(|until| *until > now),
            version: webhook.version,
            created_at: webhook.created_at,
            updated_at: webhook.updated_at,
        }
    }
}

/// A new webhook.
#[derive(Serialize, JsonSchema)]
pub struct NewWebhookView {
    /// What it is.
    #[serde(flatten)]
    pub about: WebhookView,
    /// What signs every request, for its receiver to verify them. It is shown this once.
    pub secret: String,
}

/// A new secret of a webhook.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookSecret")]
pub struct NewSecret {
    /// What signs every request from now on. It is shown this once.
    pub secret: String,
    /// Until when the secret before signs besides.
    pub old_secret_until: Option<Instant>,
}

/// One event for one webhook.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookDelivery")]
pub struct DeliveryView {
    /// The delivery's id, and the `webhook-id` of every try.
    id: Id,
    /// The webhook.
    webhook_id: Id,
    /// The type of the event.
    r#type: String,
    /// What the event is about.
    object: DeliveredObject,
    /// Where the object is read, or the list that it is in; what was deleted is not there any more.
    href: Option<String>,
    /// What has become of it.
    status: DeliveryStatus,
    /// How often it was tried, since it was last asked for.
    attempts: i32,
    /// When it was last tried.
    attempted_at: Option<Instant>,
    /// When it is tried next, if it waits.
    next_attempt_at: Option<Instant>,
    /// The HTTP status of the last answer, if there was one.
    response_status: Option<i32>,
    /// Why the last try failed, or none was made.
    error: Option<String>,
    /// When it was taken.
    delivered_at: Option<Instant>,
    /// When it was written, a moment after the event.
    created_at: Instant,
}

/// The object that an event is about.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookDeliveryObject")]
pub struct DeliveredObject {
    /// The type of the object.
    r#type: String,
    /// The object's id.
    id: Id,
}

/// What was sent, as far as it is shown.
#[derive(Deserialize)]
struct Sent {
    data: SentData,
}

#[derive(Deserialize)]
struct SentData {
    href: Option<String>,
}

/// Where what was sent says that the object is read.
fn href(body: &str) -> Option<String> {
    serde_json::from_str(body).ok().and_then(|sent: Sent| sent.data.href)
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        let waits = delivery.status == DeliveryStatus::Pending;
        Self {
            id: delivery.id,
            webhook_id: delivery.webhook_id,
            r#type: delivery.kind,
            object: DeliveredObject {
                r#type: delivery.object_type,
                id: delivery.object_id,
            },
            href: href(&delivery.body),
            status: delivery.status,
            attempts: delivery.attempts,
            attempted_at: delivery.attempted_at,
            next_attempt_at: waits.then_some(delivery.due_at),
            response_status: delivery.response_status,
            error: delivery.error,
            delivered_at: delivery.delivered_at,
            created_at: delivery.created_at,
        }
    }
}

/// How many deliveries are sent again.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookReplay")]
pub struct ReplayedView {
    /// So many.
    pub replayed: usize,
}
