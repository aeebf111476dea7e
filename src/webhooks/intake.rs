//! A consumer of the outbox: what each webhook is to be sent.

use std::sync::Arc;

use serde::Serialize;

use super::{
    model::{DISABLED, Delivery, DeliveryStatus, TOO_MANY, Webhook},
    rules, store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    notifier::Notifier,
    outbox::{Consumer, StoredEvent},
    primitives::{Id, Instant},
};

/// Writes a delivery for each event and webhook that wants it.
pub struct Intake {
    notifier: Arc<Notifier>,
}

/// What is sent: what happened to what, and where it is read, but not what became of it.
#[derive(Serialize)]
struct Payload<'a> {
    r#type: &'a str,
    timestamp: Instant,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    object: Object<'a>,
    campus_id: Option<Id>,
    cohort_id: Option<Id>,
    href: Option<&'a str>,
}

#[derive(Serialize)]
struct Object<'a> {
    r#type: &'a str,
    id: Id,
}

impl Intake {
    /// With what wakes whoever sends.
    pub fn new(notifier: Arc<Notifier>) -> Self {
        Self { notifier }
    }
}

impl Consumer for Intake {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn receive(&self, conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        let Some(campus) = event
            .campus_id
            .filter(|_| rules::is_for_organisers(&event.audience, false))
        else {
            return Ok(());
        };
        let mut wanting = store::of_campus(conn, campus)?;
        // What happened before there was a webhook may be handed over after it was made.
        wanting.retain(|webhook| webhook.created_at <= event.created_at && webhook.events.want(&event.kind));
        if wanting.is_empty() || !rules::is_for_organisers(&event.audience, store::is_closed(conn, campus)?) {
            return Ok(());
        }
        let payload = serde_json::to_string(&payload(event)).map_err(Error::internal)?;
        let mut deliveries = Vec::new();
        for webhook in &wanting {
            let has_room = store::waiting(conn, webhook.id)? < rules::WAITING.most;
            deliveries.push(delivery(webhook, has_room, event, &payload));
        }
        store::insert_deliveries(conn, &deliveries)
    }

    fn received(&self) {
        self.notifier.notify();
    }
}

fn payload(event: &StoredEvent) -> Payload<'_> {
    Payload {
        r#type: &event.kind,
        timestamp: event.created_at,
        data: Data {
            object: Object {
                r#type: &event.object_type,
                id: event.object_id,
            },
            campus_id: event.campus_id,
            cohort_id: event.cohort_id,
            href: event.href.as_deref(),
        },
    }
}

/// Of a webhook that is disabled or has too much waiting, too: what it missed can be sent later.
fn delivery(webhook: &Webhook, has_room: bool, event: &StoredEvent, body: &str) -> Delivery {
    let now = Instant::now();
    let missed = match (webhook.enabled, has_room) {
        (false, _) => Some(DISABLED),
        (true, false) => Some(TOO_MANY),
        (true, true) => None,
    };
    Delivery {
        id: Id::new(),
        webhook_id: webhook.id,
        event_id: event.id,
        position: event.position.unwrap_or_default(),
        kind: event.kind.clone(),
        object_type: event.object_type.clone(),
        object_id: event.object_id,
        body: body.into(),
        status: match missed {
            None => DeliveryStatus::Pending,
            Some(_) => DeliveryStatus::Failed,
        },
        attempts: 0,
        due_at: now,
        claimed_until: None,
        attempted_at: None,
        response_status: None,
        error: missed.map(Into::into),
        delivered_at: None,
        created_at: now,
        replayed: false,
    }
}
