//! What of handing a product over is done.

use diesel::prelude::*;

use crate::{
    clients::{
        events::{self, HandOverChange, HandOverEvent},
        model::{Client, HandOverItem, TickedItem},
        proofs::WorkKeeper,
    },
    db::{Conn, schema::client_hand_over_items as items},
    error::Result,
    outbox,
    primitives::{Id, Instant},
};

/// What is done, in the order in which it was.
pub fn ticked(conn: &mut Conn, client: Id) -> Result<Vec<TickedItem>> {
    Ok(items::table
        .filter(items::client_id.eq(client))
        .order((items::created_at, items::item))
        .select(TickedItem::as_select())
        .load(conn)?)
}

/// Notes that something is done.
pub fn tick(conn: &mut Conn, proof: &WorkKeeper, of: &Client, ticked: &TickedItem) -> Result<()> {
    debug_assert_eq!(proof.client(), of.id, "the proof holds elsewhere");
    diesel::insert_into(items::table).values(ticked).execute(conn)?;
    tell(conn, of)
}

/// Notes that it is not.
pub fn untick(conn: &mut Conn, proof: &WorkKeeper, of: &Client, item: HandOverItem) -> Result<()> {
    debug_assert_eq!(proof.client(), of.id, "the proof holds elsewhere");
    diesel::delete(items::table.find((of.id, item))).execute(conn)?;
    tell(conn, of)
}

fn tell(conn: &mut Conn, of: &Client) -> Result<()> {
    let readers = super::work_readers(conn, of.id)?;
    events::hand_over(of, &readers).updated(conn)
}

/// Tells the staff that the team has done all that belongs to it.
pub fn tell_ready(conn: &mut Conn, proof: &WorkKeeper, of: &Client, now: Instant) -> Result<()> {
    let event = HandOverEvent {
        kind: HandOverChange::Ready,
        client_id: of.id,
        campus_id: of.campus_id,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}
