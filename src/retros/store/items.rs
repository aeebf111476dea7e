//! Queries on what is written in retros.

use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Integer, Nullable},
};

use crate::{
    db::{
        Conn,
        schema::{retro_items, retro_votes},
    },
    error::Result,
    on_both,
    primitives::Id,
    retros::{
        events,
        model::{Item, NewItem, Retro},
        proofs::{ItemKeeper, RetroHolder},
    },
};

/// The items of a retro. Their ids are random, so the order tells nothing.
pub fn items(conn: &mut Conn, retro: Id) -> Result<Vec<Item>> {
    Ok(retro_items::table
        .filter(retro_items::retro_id.eq(retro))
        .order((retro_items::kind.desc(), retro_items::id))
        .select(Item::as_select())
        .load(conn)?)
}

/// How many items somebody has written in a retro.
pub fn written_by(conn: &mut Conn, retro: Id, person: Id) -> Result<i64> {
    Ok(retro_items::table
        .filter(retro_items::retro_id.eq(retro))
        .filter(retro_items::author_id.eq(person))
        .count()
        .get_result(conn)?)
}

/// What somebody has written in the same words.
pub fn same_item(conn: &mut Conn, retro: Id, person: Id, new: &NewItem) -> Result<Option<Item>> {
    Ok(retro_items::table
        .filter(retro_items::retro_id.eq(retro))
        .filter(retro_items::author_id.eq(person))
        .filter(retro_items::kind.eq(new.kind))
        .filter(retro_items::text.eq(&new.text))
        .select(Item::as_select())
        .first(conn)
        .optional()?)
}

/// Adds an item.
pub fn insert_item(conn: &mut Conn, proof: &RetroHolder, new: &Item) -> Result<()> {
    debug_assert_eq!(
        (proof.cohort(), Some(proof.person())),
        (new.cohort_id, new.author_id),
        "the proof holds elsewhere"
    );
    diesel::insert_into(retro_items::table).values(new).execute(conn)?;
    events::retro(new.cohort_id, new.retro_id).updated_that_day(conn)
}

/// Changes an item to what is given.
pub fn update_item(conn: &mut Conn, proof: &ItemKeeper, item: &Item) -> Result<()> {
    diesel::update(retro_items::table.find(proof.item()))
        .set((
            retro_items::kind.eq(item.kind),
            retro_items::text.eq(&item.text),
            retro_items::version.eq(item.version),
        ))
        .execute(conn)?;
    events::retro(item.cohort_id, item.retro_id).updated_that_day(conn)
}

/// Removes an item with all votes for it.
pub fn delete_item(conn: &mut Conn, proof: &ItemKeeper, retro: &Retro) -> Result<()> {
    diesel::delete(retro_items::table.find(proof.item())).execute(conn)?;
    events::retro(retro.cohort_id, retro.id).updated_that_day(conn)
}

/// Counts the votes, and forgets who wrote and who voted.
pub fn end_items(conn: &mut Conn, _: &RetroHolder, retro: Id) -> Result<()> {
    const COUNTED: &str =
        "(SELECT CAST(count(*) AS INTEGER) FROM retro_votes WHERE retro_votes.item_id = retro_items.id)";
    // One for all, so that nothing tells which have been changed before.
    let version = items(conn, retro)?.iter().map(|item| item.version).max().unwrap_or(1) + 1;
    on_both!(conn, |conn| diesel::update(
        retro_items::table.filter(retro_items::retro_id.eq(retro))
    )
    .set((
        retro_items::votes.eq(sql::<Nullable<Integer>>(COUNTED)),
        retro_items::author_id.eq(None::<Id>),
        retro_items::version.eq(version),
    ))
    .execute(conn))?;
    let of_retro = retro_items::table
        .filter(retro_items::retro_id.eq(retro))
        .select(retro_items::id);
    diesel::delete(retro_votes::table.filter(retro_votes::item_id.eq_any(of_retro))).execute(conn)?;
    Ok(())
}
