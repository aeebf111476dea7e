//! What organisers do with the webhooks of their campus.

use crate::{
    accounts::Vault,
    audit,
    authz::{Actor, hide},
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
    primitives::{Filter, Id, IfMatch, Instant, Limit, Page},
    webhooks::{
        model::{Delivery, DeliveryStatus, NewWebhook, ReplayRequest, Webhook, WebhookPatch},
        rules,
        signing::{self, Secret},
        store,
    },
};

/// The webhooks of a campus, the oldest first.
pub fn list(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Vec<Webhook>> {
    let (campus, _) = CampusOrganiser::of(conn, actor, campus)?;
    store::of_campus(conn, campus.id)
}

/// Makes one; returns it with its secret. `named` are the hosts that the operator has named.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    new: NewWebhook,
    (vault, named): (&Vault, &[String]),
    now: Instant,
) -> Result<(Webhook, String)> {
    let (campus, proof) = CampusOrganiser::of(conn, actor, campus)?;
    rules::check_url(&new.url, named)?;
    let there = store::of_campus(conn, campus.id)?.len();
    rules::WEBHOOKS.check_room(there)?;
    let (id, secret) = (Id::new(), rand::random::<Secret>());
    let webhook = Webhook {
        id,
        campus_id: campus.id,
        url: new.url,
        events: new.events,
        secret: vault.seal(id, &secret)?,
        old_secret: None,
        old_secret_until: None,
        enabled: true,
        disabled_because: None,
        failing_since: None,
        succeeded_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        paused_until: None,
        failures: 0,
        tried_at: None,
        made_by: actor.person(),
    };
    store::insert(conn, &proof, &webhook)?;
    audit::became("events", None::<()>, &webhook.events);
    Ok((webhook, signing::written(&secret)))
}

/// A webhook, for organisers of its campus.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Webhook> {
    Ok(own(conn, actor, id)?.0)
}

/// With the proof; whoever may not see it learns nothing of it.
fn own(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Webhook, CampusOrganiser)> {
    let webhook = store::webhook(conn, id)?;
    let (_, proof) = CampusOrganiser::of(conn, actor, webhook.campus_id).map_err(hide)?;
    Ok((webhook, proof))
}

/// Changes where it is sent or what it wants, enables or disables it.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: WebhookPatch,
    (known, named): (IfMatch, &[String]),
    now: Instant,
) -> Result<Webhook> {
    let (before, proof) = own(conn, actor, id)?;
    known.check(before.version)?;
    let changed = before.clone().patched(patch);
    if changed == before {
        return Ok(before);
    }
    if changed.url != before.url {
        rules::check_url(&changed.url, named)?;
    }
    replace(conn, &proof, &before, changed, now)
}

fn replace(
    conn: &mut Conn,
    proof: &CampusOrganiser,
    before: &Webhook,
    changed: Webhook,
    now: Instant,
) -> Result<Webhook> {
    let after = Webhook {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    audit::changed(before, &after);
    store::update(conn, proof, &after)?;
    Ok(after)
}

/// Deletes it with its deliveries.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let (webhook, proof) = own(conn, actor, id)?;
    known.check(webhook.version)?;
    store::delete(conn, &proof, &webhook)
}

/// Signs with a new secret from now on, and for a while with the one before too; returns the new one.
pub fn rotate_secret(conn: &mut Conn, actor: &Actor, id: Id, vault: &Vault, now: Instant) -> Result<(Webhook, String)> {
    let (before, proof) = own(conn, actor, id)?;
    let secret: Secret = rand::random();
    let changed = Webhook {
        secret: vault.seal(id, &secret)?,
        old_secret: Some(before.secret.clone()),
        old_secret_until: Some(now.plus(rules::OLD_SECRET)),
        ..before.clone()
    };
    let after = replace(conn, &proof, &before, changed, now)?;
    Ok((after, signing::written(&secret)))
}

/// What a webhook was sent, the newest first.
pub fn deliveries(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    filter: &Filter<DeliveryStatus>,
    (before, limit): (Option<Id>, Limit),
) -> Result<Page<Delivery>> {
    let (webhook, _) = own(conn, actor, id)?;
    let rows = store::deliveries(conn, webhook.id, filter, before, limit.plus_one())?;
    Ok(Page::of(rows, limit, |delivery| delivery.id))
}

/// One delivery.
pub fn delivery(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Delivery> {
    let (delivery, webhook) = store::delivery(conn, id)?;
    CampusOrganiser::of(conn, actor, webhook.campus_id).map_err(hide)?;
    Ok(delivery)
}

/// Sends a delivery again.
pub fn replay(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<Delivery> {
    let (delivery, webhook) = store::delivery(conn, id)?;
    let (_, proof) = CampusOrganiser::of(conn, actor, webhook.campus_id).map_err(hide)?;
    rules::check_enabled(webhook.enabled)?;
    if delivery.status != DeliveryStatus::Pending {
        rules::WAITING.check_room(store::waiting(conn, webhook.id)?)?;
    }
    store::replay(conn, &proof, &delivery, now)?;
    Ok(store::delivery(conn, id)?.0)
}

/// Sends those of a time again, as many as there is room for; how many they are.
pub fn replay_range(conn: &mut Conn, actor: &Actor, id: Id, asked: ReplayRequest, now: Instant) -> Result<usize> {
    let (webhook, proof) = own(conn, actor, id)?;
    rules::check_enabled(webhook.enabled)?;
    rules::check_no_replay(store::replays(conn, webhook.id)?)?;
    let room = rules::WAITING.most - store::waiting(conn, webhook.id)?;
    store::replay_range(conn, &proof, webhook.id, asked, room.max(0), now)
}
