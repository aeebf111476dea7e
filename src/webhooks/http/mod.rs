//! Webhooks over HTTP.

mod operations;
mod views;

pub use operations::operations;
pub use views::{DeliveryView, NewSecret, NewWebhookView, ReplayedView, WebhookView};

use super::{
    actions,
    model::{DeliveryStatus, NewWebhook, ReplayRequest, WebhookPatch},
};
use crate::{
    error::Result,
    primitives::{Date, Filter, Page, Several, list_query},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// `GET /v1/campuses/{id}/webhooks`, the oldest first, whole
pub async fn list_webhooks(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<WebhookView>>> {
    call.read(|conn, call| {
        let webhooks = actions::list(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(webhooks).map(|webhook| WebhookView::of(webhook, call.now)))
    })
    .await
}

/// `POST /v1/campuses/{id}/webhooks`
pub async fn create_webhook(call: Call<ById, NoQuery, Json<NewWebhook>>) -> Result<Reply<NewWebhookView>> {
    call.write(|conn, call| {
        let (new, vault) = (call.body.0.clone(), &call.state.vault);
        let means = (vault.as_ref(), call.state.config.webhook_hosts.as_slice());
        let (webhook, secret) = actions::create(conn, &call.actor, call.path.id, new, means, call.now)?;
        let (location, version) = (format!("/v1/webhooks/{}", webhook.id), webhook.version);
        let about = WebhookView::of(webhook, call.now);
        Ok(Reply::created(location, &NewWebhookView { about, secret })?.version(version))
    })
    .await
}

/// `GET /v1/webhooks/{id}`
pub async fn get_webhook(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<WebhookView>> {
    call.read(|conn, call| {
        let webhook = actions::get(conn, &call.actor, call.path.id)?;
        let version = webhook.version;
        Ok(Reply::ok(&WebhookView::of(webhook, call.now))?.version(version))
    })
    .await
}

/// `PATCH /v1/webhooks/{id}`
pub async fn change_webhook(call: Call<ById, NoQuery, Json<WebhookPatch>>) -> Result<Reply<WebhookView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let known = (call.if_match, call.state.config.webhook_hosts.as_slice());
        let webhook = actions::change(conn, &call.actor, id, patch, known, call.now)?;
        let version = webhook.version;
        Ok(Reply::ok(&WebhookView::of(webhook, call.now))?.version(version))
    })
    .await
}

/// `DELETE /v1/webhooks/{id}`
pub async fn delete_webhook(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `POST /v1/webhooks/{id}/secret-rotations`
pub async fn rotate_webhook_secret(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<NewSecret>> {
    call.write(|conn, call| {
        let id = call.path.id;
        let (webhook, secret) = actions::rotate_secret(conn, &call.actor, id, &call.state.vault, call.now)?;
        let old_secret_until = webhook.old_secret_until;
        Reply::created(
            format!("/v1/webhooks/{id}"),
            &NewSecret {
                secret,
                old_secret_until,
            },
        )
    })
    .await
}

list_query! {
    /// Which deliveries of a webhook.
    pub struct DeliveriesQuery {
        /// Filter by what has become of them.
        status: Option<Several<DeliveryStatus>>,
        /// From this day on, in UTC.
        from: Option<Date>,
        /// Until this day, in UTC.
        to: Option<Date>,
    }
}

/// `GET /v1/webhooks/{id}/deliveries`, the newest first
pub async fn list_webhook_deliveries(call: Call<ById, DeliveriesQuery, NoBody>) -> Result<Reply<Page<DeliveryView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let filter = Filter::of(query.status.as_ref(), query.from, query.to)?;
        let wanted = (query.after()?, query.limit);
        let page = actions::deliveries(conn, &call.actor, call.path.id, &filter, wanted)?;
        call.page(page.map(DeliveryView::from))
    })
    .await
}

/// `GET /v1/webhook-deliveries/{id}`
pub async fn get_webhook_delivery(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<DeliveryView>> {
    call.read(|conn, call| {
        let delivery = actions::delivery(conn, &call.actor, call.path.id)?;
        Reply::ok(&DeliveryView::from(delivery))
    })
    .await
}

/// `POST /v1/webhook-deliveries/{id}/replays`
pub async fn replay_webhook_delivery(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<DeliveryView>> {
    call.write(|conn, call| {
        let delivery = actions::replay(conn, &call.actor, call.path.id, call.now)?;
        let location = format!("/v1/webhook-deliveries/{}", delivery.id);
        Ok(Reply::created(location, &DeliveryView::from(delivery))?.status(202))
    })
    .await
}

/// `POST /v1/webhooks/{id}/replays`
pub async fn replay_webhook_deliveries(call: Call<ById, NoQuery, Json<ReplayRequest>>) -> Result<Reply<ReplayedView>> {
    call.write(|conn, call| {
        let id = call.path.id;
        let replayed = actions::replay_range(conn, &call.actor, id, call.body.0, call.now)?;
        let location = format!("/v1/webhooks/{id}/deliveries");
        Ok(Reply::created(location, &ReplayedView { replayed })?.status(202))
    })
    .await
}
