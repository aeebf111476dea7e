//! What happens to webhooks, for the organisers of their campus.

use serde::{Deserialize, Serialize};

use super::model::Webhook;
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to a webhook that nobody asked for.
    pub enum WebhookChange {
        /// The service disabled it.
        Disabled = "webhook.disabled",
    }
}

/// Something that happened to a webhook.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WebhookEvent {
    /// What it is about.
    pub kind: WebhookChange,
    /// The webhook.
    pub webhook_id: Id,
    /// Its campus.
    pub campus_id: Id,
}

event!(WebhookEvent, "webhook", webhook_id; campus_id => |_| vec![Audience::Organisers]);

/// A webhook.
pub fn webhook(webhook: &Webhook) -> Told {
    Told {
        object: "webhook",
        id: webhook.id,
        campus: Some(webhook.campus_id),
        cohort: None,
        href: format!("/v1/webhooks/{}", webhook.id),
        audience: vec![Audience::Organisers],
    }
}
