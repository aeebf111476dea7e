//! Who would like a brief, and who does it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::briefs::{Happening, save};
use crate::{
    accounts::model::PersonCard,
    clients::{
        events::{self, BriefChange, BriefEvent},
        model::{Brief, BriefStatus, Interest, Party},
        proofs::{BriefCandidate, BriefKeeper, RefusalEnd},
    },
    db::{
        Conn,
        schema::{brief_interests as interests, brief_members as members, campuses, client_briefs as briefs, people},
    },
    error::Result,
    on_both, outbox,
    primitives::{Id, Instant},
};

/// Up to `limit` answers to a brief behind that of somebody, with who gave them.
pub fn interests(
    conn: &mut Conn,
    proof: &BriefKeeper,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<(Interest, PersonCard)>> {
    let mut query = interests::table
        .inner_join(people::table)
        .filter(interests::brief_id.eq(proof.brief()))
        .order(interests::person_id)
        .limit(limit)
        .select((Interest::as_select(), PersonCard::as_select()))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(interests::person_id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Who has said that they would like it, or that they would not.
pub fn answered(conn: &mut Conn, brief: Id, is_interested: bool) -> Result<BTreeSet<Id>> {
    let found: Vec<Id> = interests::table
        .filter(interests::brief_id.eq(brief))
        .filter(interests::is_interested.eq(is_interested))
        .select(interests::person_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// Notes what somebody answers, in place of what they have answered.
pub fn save_interest(conn: &mut Conn, proof: &BriefCandidate, of: &Brief, interest: &Interest) -> Result<()> {
    debug_assert_eq!(
        (proof.brief(), proof.person()),
        (of.id, interest.person_id),
        "the proof holds elsewhere"
    );
    diesel::delete(interests::table.find((of.id, interest.person_id))).execute(conn)?;
    diesel::insert_into(interests::table).values(interest).execute(conn)?;
    events::interest(of, interest.person_id).updated(conn)
}

/// Forgets what somebody has answered.
pub fn delete_interest(conn: &mut Conn, proof: &BriefCandidate, of: &Brief) -> Result<()> {
    debug_assert_eq!(proof.brief(), of.id, "the proof holds elsewhere");
    diesel::delete(interests::table.find((of.id, proof.person()))).execute(conn)?;
    events::interest(of, proof.person()).deleted(conn)
}

/// Forgets all answers: it is another offer now.
pub fn delete_interests(conn: &mut Conn, proof: &BriefKeeper) -> Result<()> {
    diesel::delete(interests::table.filter(interests::brief_id.eq(proof.brief()))).execute(conn)?;
    Ok(())
}

/// Opens a brief to all graduates, which its owners are not told, and nobody who was the last to decline.
pub fn end_first_refusal(conn: &mut Conn, proof: &RefusalEnd, brief: &Brief, now: Instant) -> Result<()> {
    save(conn, proof.brief(), brief)?;
    let event = BriefEvent {
        kind: BriefChange::OpenedToAll,
        brief_id: brief.id,
        campus_id: brief.campus_id,
        by: Party::Staff,
        is_passed_on: false,
        owners: Vec::new(),
        joined: Vec::new(),
        members: Vec::new(),
        left: Vec::new(),
    };
    outbox::record(conn, &event, None, now)
}

/// The briefs whose days of first refusal are over and of which graduates are still to be told, at campuses that are open.
pub fn free_now(conn: &mut Conn, now: Instant) -> Result<Vec<Id>> {
    Ok(briefs::table
        .inner_join(campuses::table)
        .filter(briefs::status.eq(BriefStatus::Open))
        .filter(briefs::opened_to_all_at.is_null())
        .filter(briefs::reserved_until.assume_not_null().le(now))
        .filter(campuses::closed_at.is_null())
        .order(briefs::id)
        .select(briefs::id)
        .load(conn)?)
}

/// The briefs that are for those who built the product for now, at campuses that are open.
pub fn reserved(conn: &mut Conn, now: Instant) -> Result<Vec<Brief>> {
    Ok(briefs::table
        .inner_join(campuses::table)
        .filter(briefs::status.eq(BriefStatus::Open))
        .filter(briefs::reserved_until.assume_not_null().gt(now))
        .filter(campuses::closed_at.is_null())
        .order(briefs::id)
        .select(Brief::as_select())
        .load(conn)?)
}

/// Who does the work, in the order of their accounts.
pub fn brief_members(conn: &mut Conn, brief: Id) -> Result<Vec<Id>> {
    Ok(members::table
        .filter(members::brief_id.eq(brief))
        .order(members::person_id)
        .select(members::person_id)
        .load(conn)?)
}

/// Says who does the work from now on.
pub fn replace_brief_team(
    conn: &mut Conn,
    proof: &BriefKeeper,
    brief: &Brief,
    team: &BTreeSet<Id>,
    now: Instant,
) -> Result<Happening> {
    debug_assert_eq!(proof.brief(), brief.id, "the proof holds elsewhere");
    let before: BTreeSet<Id> = brief_members(conn, brief.id)?.into_iter().collect();
    diesel::delete(members::table.filter(members::brief_id.eq(brief.id))).execute(conn)?;
    let rows: Vec<_> = team
        .iter()
        .map(|person| {
            (
                members::brief_id.eq(brief.id),
                members::person_id.eq(*person),
                members::created_at.eq(now),
            )
        })
        .collect();
    on_both!(conn, |conn| diesel::insert_into(members::table)
        .values(rows)
        .execute(conn))?;
    Ok(Happening {
        joined: team.difference(&before).copied().collect(),
        members: team.intersection(&before).copied().collect(),
        left: before.difference(team).copied().collect(),
        ..Happening::of(brief.status.into(), Vec::new())
    })
}
