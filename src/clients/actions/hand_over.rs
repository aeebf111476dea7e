//! Handing a product over: the team or the staff tick off what is done, and the owners see it.

use crate::{
    audit,
    authz::Actor,
    clients::{
        model::{HandOverItem, HandOverParty, TickedItem},
        proofs::SeenWork,
        rules, store,
    },
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
};

/// What is done of handing a product over, for its team, its owners and the staff.
pub fn hand_over(conn: &mut Conn, actor: &Actor, client: Id) -> Result<Vec<TickedItem>> {
    let seen = SeenWork::of(conn, actor, client)?;
    store::ticked(conn, seen.client.id)
}

/// Ticks something off, or takes the tick back. Repeating it changes nothing.
pub fn tick(
    conn: &mut Conn,
    actor: &Actor,
    client: Id,
    (item, done): (HandOverItem, bool),
    now: Instant,
) -> Result<Vec<TickedItem>> {
    let seen = SeenWork::of(conn, actor, client)?;
    let (keeper, ticked_by) = seen.ticker()?;
    rules::must_be_building(seen.client.status)?;
    let before = store::ticked(conn, client)?;
    if before.iter().any(|ticked| ticked.item == item) == done {
        return Ok(before);
    }
    audit::touched(item.as_str());
    match done {
        false => store::untick(conn, &keeper, &seen.client, item)?,
        true => {
            let ticked = TickedItem {
                client_id: client,
                item,
                ticked_by,
                created_at: now,
            };
            store::tick(conn, &keeper, &seen.client, &ticked)?;
        }
    }
    let after = store::ticked(conn, client)?;
    if ticked_by == HandOverParty::Team && rules::missing(&after).is_empty() {
        store::tell_ready(conn, &keeper, &seen.client, now)?;
    }
    Ok(after)
}
