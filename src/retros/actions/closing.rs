//! Counting the votes of a retro.

use super::{items::SeenItem, owned::owned};
use crate::{
    audit,
    authz::Actor,
    cohorts,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
    retros::{
        model::{Action, ActionStatus, Item, OwnedAction, RetroStatus},
        proofs::SeenRetro,
        rules::{self, Top},
        store,
    },
};

/// What came of a retro.
pub struct Closed {
    /// The actions made, of the item with most votes first.
    pub actions: Vec<OwnedAction>,
    /// Items that had equally many votes, and for which there was not room.
    pub tied: Vec<SeenItem>,
    /// The retro's version by then.
    pub version: i64,
}

/// Counts the votes, makes actions of the top items, and forgets who wrote and who voted.
pub fn close(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<Closed> {
    let seen = SeenRetro::of(conn, actor, id)?;
    let closer = seen.closer()?;
    known.check(seen.retro.version)?;
    cohorts::check_open(seen.cohort.status)?;
    rules::check_retro_open(seen.retro.status)?;
    store::end_items(conn, &closer, id)?;
    let items = store::items(conn, id)?;
    let counted: Vec<(Id, i32)> = (items.iter())
        .map(|item| (item.id, item.votes.unwrap_or_default()))
        .collect();
    let Top { made, tied } = rules::top(&counted);
    let retro = seen.retro.moved_to(RetroStatus::Closed, now);
    store::close_retro(conn, &closer, &retro)?;
    audit::changed(&seen.retro, &retro);
    let action = |item: &Item| Action {
        id: Id::new(),
        cohort_id: seen.cohort.id,
        team_id: retro.team_id,
        retro_id: Some(id),
        text: item.text.clone(),
        status: ActionStatus::Open,
        owner_id: None,
        note: None,
        version: 1,
        created_at: now,
        updated_at: now,
        ended_at: None,
    };
    let of = |id: &Id| items.iter().find(|item| item.id == *id);
    let actions: Vec<Action> = made.iter().filter_map(of).map(action).collect();
    store::insert_actions(conn, &closer.into(), &actions)?;
    let told = |item: &Item| SeenItem {
        is_own: None,
        is_voted: None,
        item: item.clone(),
    };
    Ok(Closed {
        tied: tied.iter().filter_map(of).map(told).collect(),
        actions: owned(conn, &seen.cohort, actions)?,
        version: retro.version,
    })
}
