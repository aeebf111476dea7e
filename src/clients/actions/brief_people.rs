//! Who would like a brief, and who does it.

use std::collections::BTreeSet;

use super::briefs::{WholeBrief, brief, whole};
use crate::{
    accounts::model::{Audience, PersonView},
    audit,
    authz::Actor,
    campuses::store as campuses,
    clients::{
        builders,
        model::{Brief, BriefStatus, Interest, NewInterest},
        proofs::{RefusalEnd, SeenBrief},
        rules, store,
    },
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
};

/// What somebody has answered to a brief, as the staff read it.
pub struct SeenInterest {
    pub interest: Interest,
    pub person: PersonView,
    /// Whether they built a product for the client.
    pub has_built: bool,
}

/// Up to `limit` answers to a brief behind that of somebody, for the staff of the campus at which it is.
pub fn interests(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    after: Option<Id>,
    limit: i64,
    now: Instant,
) -> Result<Vec<SeenInterest>> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    let staff = seen.staff()?;
    let builders = builders::builders(conn, seen.client.id)?;
    let found = store::interests(conn, &staff, after, limit)?;
    let people: Vec<Id> = found.iter().map(|(interest, _)| interest.person_id).collect();
    // Whoever has built for the client need not be a member here.
    let viewer = campuses::viewer(
        conn,
        Some(staff.person()),
        Audience::Network,
        Some(seen.campus.id),
        &people,
    )?;
    let as_seen = |(interest, card): (Interest, _)| SeenInterest {
        has_built: builders.contains(&interest.person_id),
        person: viewer.view(card),
        interest,
    };
    Ok(found.into_iter().map(as_seen).collect())
}

/// The caller says whether they would like to do it. Once all who built the product have declined, it is open to all graduates.
pub fn answer_brief(conn: &mut Conn, actor: &Actor, id: Id, new: NewInterest, now: Instant) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    let candidate = seen.candidate(now)?;
    let interest = Interest {
        brief_id: id,
        person_id: candidate.person(),
        is_interested: new.interested,
        note: new.note,
        updated_at: now,
    };
    let is_the_same = seen
        .standing
        .answer
        .as_ref()
        .is_some_and(|answer| (answer.is_interested, &answer.note) == (interest.is_interested, &interest.note));
    if is_the_same {
        return whole(conn, seen, now);
    }
    store::save_interest(conn, &candidate, &seen.brief, &interest)?;
    if !interest.is_interested && rules::is_reserved(&seen.brief, now) && nobody_wants(conn, &seen.brief)? {
        // Its version does not rise: the owners would learn that all have declined.
        let freed = Brief {
            reserved_until: Some(now),
            opened_to_all_at: Some(now),
            ..seen.brief.clone()
        };
        store::end_first_refusal(conn, &RefusalEnd::of_candidate(&candidate), &freed, now)?;
    }
    brief(conn, actor, id, now)
}

/// Whether none of those who built the client's product is left who may want a brief.
pub(super) fn nobody_wants(conn: &mut Conn, brief: &Brief) -> Result<bool> {
    let builders = builders::builders(conn, brief.client_id)?;
    Ok(rules::is_free(&builders, &store::answered(conn, brief.id, false)?))
}

/// The caller takes back what they have answered. Repeating it changes nothing.
pub fn delete_answer(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    rules::must_not_be_chosen(&seen.standing)?;
    match seen.standing.answer {
        Some(_) => store::delete_interest(conn, &seen.answerer(), &seen.brief),
        None => Ok(()),
    }
}

/// Says who does the work, of those who would like it, in place of what was said.
pub fn set_brief_team(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    members: &[Id],
    known: IfMatch,
    now: Instant,
) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    let staff = seen.staff()?;
    let before = &seen.brief;
    let team = rules::check_team(before, members)?;
    // Of two who choose at once, one has not seen what the other has chosen.
    known.require(before.version)?;
    rules::must_be_interested(&team, &store::answered(conn, id, true)?)?;
    let there: BTreeSet<Id> = store::brief_members(conn, id)?.into_iter().collect();
    if before.status == BriefStatus::Staffed && there == team {
        return whole(conn, seen, now);
    }
    let after = Brief {
        status: BriefStatus::Staffed,
        ..before.clone()
    }
    .changed(now);
    audit::changed(before, &after);
    audit::touched("team");
    let happening = store::replace_brief_team(conn, &staff, &after, &team, now)?;
    store::advance_brief(conn, &staff, &after, happening, now)?;
    brief(conn, actor, id, now)
}
