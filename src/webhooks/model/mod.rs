//! Webhooks and what they are sent, as it is stored.

mod bodies;
mod delivery;
mod events;
mod outcome;

pub use bodies::{NewWebhook, ReplayRequest, WebhookPatch};
pub use delivery::{DISABLED, Delivery, DeliveryStatus, Due, TOO_MANY};
pub use events::{Events, TYPES, WITHHELD};
pub use outcome::{Next, Outcome, Pause};

use diesel::prelude::*;

use crate::{
    audit::audited,
    db::schema::webhooks,
    primitives::{Id, Instant, Url, text_enum},
};

text_enum! {
    /// Why the service itself disabled a webhook.
    pub enum DisabledBecause {
        /// Its receiver answered `410`.
        Gone = "gone",
        /// Nothing was taken for days.
        Failing = "failing",
    }
}

/// After so many failures in a row a receiver is sent one thing at a time.
pub const SHAKY: i32 = 3;

/// Where a campus wants to be told of what happens there.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhooks, treat_none_as_default_value = false)]
pub struct Webhook {
    /// Its id.
    pub id: Id,
    /// The campus.
    pub campus_id: Id,
    /// Where it is sent.
    pub url: Url,
    /// What it wants to know.
    pub events: Events,
    /// What signs, encrypted.
    pub secret: String,
    /// What signs besides, until then.
    pub old_secret: Option<String>,
    /// Until when it does.
    pub old_secret_until: Option<Instant>,
    /// Whether anything is sent.
    pub enabled: bool,
    /// Why the service itself disabled it.
    pub disabled_because: Option<DisabledBecause>,
    /// Since when nothing was taken; none if the last try was.
    pub failing_since: Option<Instant>,
    /// When something was last taken.
    pub succeeded_at: Option<Instant>,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Until when nothing is sent after a failure.
    pub paused_until: Option<Instant>,
    /// How often nothing was taken in a row.
    pub failures: i32,
    /// When something was last sent.
    pub tried_at: Option<Instant>,
    /// Who made it.
    pub made_by: Option<Id>,
}

// A URL may hold a key.
audited!(Webhook { events, enabled; url, secret });

impl Webhook {
    /// Whether it has taken something and does not fail time and again. What it refuses is no failure: it is there.
    pub fn is_sound(&self) -> bool {
        self.succeeded_at.is_some() && self.failures < SHAKY
    }

    /// With what a patch changes. Whoever enables it again, or moves it, begins anew.
    #[must_use]
    pub fn patched(self, patch: WebhookPatch) -> Self {
        let enabled = patch.enabled.or(self.enabled);
        let url = patch.url.or(self.url.clone());
        let begins_anew = (enabled && !self.enabled) || url != self.url;
        Self {
            url,
            events: patch.events.or(self.events),
            enabled,
            disabled_because: self.disabled_because.filter(|_| !enabled),
            failing_since: self.failing_since.filter(|_| !begins_anew),
            paused_until: self.paused_until.filter(|_| !begins_anew),
            failures: if begins_anew { 0 } else { self.failures },
            ..self
        }
    }
}
