//! The work on a product: how its owners are reached, and notes and links.

use crate::{
    audit,
    authz::Actor,
    clients::{
        model::{Availability, LinkPatch, NewAvailability, NewLink, WorkLink},
        proofs::SeenWork,
        rules, store,
    },
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant, Stored, time::TimeZone},
};

/// How the owners of a client can be reached, if they have said so, and the time zone of the campus.
pub fn availability(conn: &mut Conn, actor: &Actor, client: Id) -> Result<(Option<Availability>, TimeZone)> {
    let seen = SeenWork::of(conn, actor, client)?;
    Ok((store::availability(conn, client)?, seen.campus.time_zone))
}

/// Says how they can be reached, as one of them.
pub fn save_availability(
    conn: &mut Conn,
    actor: &Actor,
    client: Id,
    new: NewAvailability,
    known: IfMatch,
    now: Instant,
) -> Result<Availability> {
    let seen = SeenWork::of(conn, actor, client)?;
    let owner = seen.owner()?;
    let before = store::availability(conn, client)?;
    let version = before.as_ref().map_or(0, |before| before.version);
    known.check(version)?;
    rules::check_hours(&new.hours)?;
    let after = Availability {
        client_id: client,
        text: new.text,
        hours: Stored::new(new.hours)?,
        time_zone: new.time_zone.unwrap_or(seen.campus.time_zone),
        said_by: owner.person(),
        version: version + 1,
        created_at: before.as_ref().map_or(now, |before| before.created_at),
        updated_at: now,
    };
    match before {
        Some(before) if says_the_same(&before, &after) => return Ok(before),
        Some(before) => audit::changed(&before, &after),
        None => audit::touched("availability"),
    }
    store::save_availability(conn, &owner, &seen.client, &after)?;
    Ok(after)
}

fn says_the_same(one: &Availability, other: &Availability) -> bool {
    let of = |of: &Availability| (of.text.clone(), of.hours.to_vec(), of.time_zone, of.said_by);
    of(one) == of(other)
}

/// The notes and links of the work on a product.
pub fn links(conn: &mut Conn, actor: &Actor, client: Id) -> Result<Vec<WorkLink>> {
    SeenWork::of(conn, actor, client)?;
    store::links(conn, client)
}

/// Adds one.
pub fn add_link(conn: &mut Conn, actor: &Actor, client: Id, new: NewLink, now: Instant) -> Result<WorkLink> {
    let seen = SeenWork::of(conn, actor, client)?;
    let keeper = seen.keeper()?;
    let link = WorkLink {
        id: Id::new(),
        client_id: client,
        kind: new.kind,
        title: new.title,
        url: new.url,
        note: new.note,
        added_by: seen.party(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    rules::check_link(&link)?;
    let there = store::links(conn, client)?.len();
    rules::LINKS.check_room(there)?;
    audit::touched("link");
    store::insert_link(conn, &keeper, &seen.client, &link)?;
    Ok(link)
}

/// Changes one, whoever added it.
pub fn change_link(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: LinkPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WorkLink> {
    let before = store::link(conn, id)?;
    let seen = SeenWork::of(conn, actor, before.client_id)?;
    let keeper = seen.keeper()?;
    known.check(before.version)?;
    let after = WorkLink {
        kind: patch.kind.or(before.kind),
        title: patch.title.or(before.title.clone()),
        url: patch.url.or(before.url.clone()),
        note: patch.note.or(before.note.clone()),
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    rules::check_link(&after)?;
    let after = WorkLink {
        version: before.version + 1,
        updated_at: now,
        ..after
    };
    audit::changed(&before, &after);
    store::update_link(conn, &keeper, &seen.client, &after)?;
    Ok(after)
}

/// Deletes one, whoever added it.
pub fn delete_link(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let link = store::link(conn, id)?;
    let seen = SeenWork::of(conn, actor, link.client_id)?;
    let keeper = seen.keeper()?;
    audit::touched("link");
    store::delete_link(conn, &keeper, &seen.client, &link)
}
