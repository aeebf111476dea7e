//! What a webhook is sent.

use diesel::prelude::*;

use crate::{
    db::schema::webhook_deliveries,
    primitives::{Id, Instant, text_enum},
};

/// Why a delivery was not tried, or not any more.
pub const DISABLED: &str = "the webhook was disabled";

/// Why a delivery was not tried though the webhook is enabled.
pub const TOO_MANY: &str = "too many others were waiting";

text_enum! {
    /// What has become of a delivery.
    pub enum DeliveryStatus {
        /// It is sent as soon as it is due.
        Pending = "pending",
        /// The receiver took it.
        Delivered = "delivered",
        /// It was tried too often, too many others were waiting, or the webhook is disabled. It can be sent again.
        Failed = "failed",
    }
}

/// One event for one webhook.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries, treat_none_as_default_value = false)]
pub struct Delivery {
    /// Its id, and the `webhook-id` of every try.
    pub id: Id,
    /// The webhook.
    pub webhook_id: Id,
    /// The event.
    pub event_id: Id,
    /// The event's place in the order of commits.
    pub position: i64,
    /// The type of the event.
    pub kind: String,
    /// The type of the object that it is about.
    pub object_type: String,
    /// The object.
    pub object_id: Id,
    /// What is sent.
    pub body: String,
    /// What has become of it.
    pub status: DeliveryStatus,
    /// How often it was tried, since it was last asked for.
    pub attempts: i32,
    /// When it is sent next, if it waits.
    pub due_at: Instant,
    /// Until when a process that sends it is waited for.
    pub claimed_until: Option<Instant>,
    /// When it was last tried.
    pub attempted_at: Option<Instant>,
    /// The HTTP status of the last answer.
    pub response_status: Option<i32>,
    /// Why the last try failed.
    pub error: Option<String>,
    /// When it was taken.
    pub delivered_at: Option<Instant>,
    /// When it was written.
    pub created_at: Instant,
    /// Whether it was last asked for by a replay.
    pub replayed: bool,
}

/// A delivery that is to be sent now, with where and by which secrets.
#[derive(Clone, Debug)]
pub struct Due {
    /// What is sent.
    pub delivery: Delivery,
    /// Where.
    pub webhook: super::Webhook,
}
