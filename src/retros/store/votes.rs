//! Queries on votes, while a retro goes on. Nothing is told of them.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        schema::{retro_items, retro_votes},
    },
    error::Result,
    on_both,
    primitives::Id,
    retros::{model::ItemKind, proofs::RetroVoter},
};

/// What somebody has voted for in a retro, and of which kinds that is.
pub fn own_votes(conn: &mut Conn, retro: Id, person: Id) -> Result<Vec<(Id, ItemKind)>> {
    Ok(retro_votes::table
        .inner_join(retro_items::table)
        .filter(retro_items::retro_id.eq(retro))
        .filter(retro_votes::person_id.eq(person))
        .select((retro_items::id, retro_items::kind))
        .load(conn)?)
}

/// Gives an item a vote. Whoever sends it twice at once begins again and sees the first.
pub fn insert_vote(conn: &mut Conn, proof: &RetroVoter, item: Id) -> Result<()> {
    let vote = (retro_votes::item_id.eq(item), retro_votes::person_id.eq(proof.person()));
    on_both!(conn, |conn| diesel::insert_into(retro_votes::table)
        .values(vote)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Takes a vote back.
pub fn delete_vote(conn: &mut Conn, proof: &RetroVoter, item: Id) -> Result<()> {
    diesel::delete(retro_votes::table.find((item, proof.person()))).execute(conn)?;
    Ok(())
}
