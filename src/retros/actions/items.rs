//! Writing in retros, and voting.

use std::collections::BTreeMap;

use crate::{
    audit,
    authz::Actor,
    cohorts,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
    retros::{
        model::{Item, ItemKind, ItemPatch, NewItem, Retro, RetroStatus},
        proofs::SeenRetro,
        rules, store,
    },
};

/// An item as one of those sees it who may.
pub struct SeenItem {
    pub item: Item,
    /// Whether the caller wrote it; none once the retro is closed, when nobody knows.
    pub is_own: Option<bool>,
    /// Whether the caller votes for it; none once the retro is closed.
    pub is_voted: Option<bool>,
}

impl SeenItem {
    /// With what the caller votes for.
    pub(super) fn of(item: Item, retro: &Retro, person: Id, own: &BTreeMap<Id, ItemKind>) -> Self {
        let while_open = |is: bool| (retro.status != RetroStatus::Closed).then_some(is);
        Self {
            is_own: while_open(item.author_id == Some(person)),
            is_voted: while_open(own.contains_key(&item.id)),
            item,
        }
    }
}

fn as_seen(conn: &mut Conn, seen: &SeenRetro, item: Item) -> Result<SeenItem> {
    let own = store::own_votes(conn, seen.retro.id, seen.person())?
        .into_iter()
        .collect();
    Ok(SeenItem::of(item, &seen.retro, seen.person(), &own))
}

/// Writes an item. Nothing is kept that a repetition could be told by, so the same words of the same person are one item.
pub fn write(conn: &mut Conn, actor: &Actor, retro: Id, new: NewItem) -> Result<SeenItem> {
    let seen = SeenRetro::of(conn, actor, retro)?;
    let holder = seen.holder()?;
    cohorts::check_open(seen.cohort.status)?;
    rules::check_retro_open(seen.retro.status)?;
    if let Some(there) = store::same_item(conn, retro, holder.person(), &new)? {
        return as_seen(conn, &seen, there);
    }
    rules::ITEMS.check_room(store::written_by(conn, retro, holder.person())?)?;
    let item = Item {
        id: Id::random(),
        cohort_id: seen.cohort.id,
        retro_id: retro,
        kind: new.kind,
        text: new.text,
        author_id: Some(holder.person()),
        votes: None,
        version: 1,
    };
    store::insert_item(conn, &holder, &item)?;
    as_seen(conn, &seen, item)
}

/// An item, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SeenItem> {
    let (seen, item) = SeenRetro::of_item(conn, actor, id)?;
    as_seen(conn, &seen, item)
}

/// Changes an item before anybody has voted, as whoever wrote it.
pub fn change(conn: &mut Conn, actor: &Actor, id: Id, patch: ItemPatch, known: IfMatch) -> Result<SeenItem> {
    let (seen, before) = SeenRetro::of_item(conn, actor, id)?;
    let author = seen.author(&before)?;
    known.check(before.version)?;
    cohorts::check_open(seen.cohort.status)?;
    rules::check_editable(seen.retro.status)?;
    let after = Item {
        kind: patch.kind.or(before.kind),
        text: patch.text.or(before.text.clone()),
        ..before.clone()
    };
    if after == before {
        return as_seen(conn, &seen, before);
    }
    let after = Item {
        version: before.version + 1,
        ..after
    };
    audit::changed(&before, &after);
    store::update_item(conn, &author, &after)?;
    as_seen(conn, &seen, after)
}

/// Removes an item: before anybody has voted as whoever wrote it, at any time as staff.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let (seen, item) = SeenRetro::of_item(conn, actor, id)?;
    let keeper = match seen.moderator(&item) {
        Some(moderator) => moderator,
        None => {
            let author = seen.author(&item)?;
            rules::check_editable(seen.retro.status)?;
            author
        }
    };
    known.check(item.version)?;
    store::delete_item(conn, &keeper, &seen.retro)
}

/// Votes for an item; whoever does so twice has voted once.
pub fn vote(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let (seen, item) = SeenRetro::of_item(conn, actor, id)?;
    let voter = seen.voter()?;
    cohorts::check_open(seen.cohort.status)?;
    rules::check_retro_open(seen.retro.status)?;
    let own = store::own_votes(conn, voter.retro(), voter.person())?;
    if own.iter().any(|(voted, _)| *voted == id) {
        return Ok(());
    }
    let kinds: Vec<ItemKind> = own.into_iter().map(|(_, kind)| kind).collect();
    rules::check_vote(seen.retro.scope(), seen.retro.votes_each, item.kind, &kinds)?;
    if seen.retro.status == RetroStatus::Open {
        let voting = seen.retro.moved_to(RetroStatus::Voting, now);
        store::begin_voting(conn, &voter, &voting)?;
    }
    store::insert_vote(conn, &voter, id)
}

/// Takes a vote back.
pub fn unvote(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let (seen, _) = SeenRetro::of_item(conn, actor, id)?;
    let voter = seen.voter()?;
    cohorts::check_open(seen.cohort.status)?;
    rules::check_retro_open(seen.retro.status)?;
    store::delete_vote(conn, &voter, id)
}
