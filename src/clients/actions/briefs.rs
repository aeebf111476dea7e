//! Paid work for clients: submitted, approved, passed on, ended.

use std::collections::BTreeSet;

use crate::{
    accounts::{
        model::{Audience, PersonView},
        store as accounts,
    },
    audit,
    authz::Actor,
    campuses::store as campuses,
    clients::{
        builders,
        events::BriefChange,
        model::{
            Brief, BriefPatch, BriefSelection, BriefStanding, BriefStatus, NamedBrief, NewBrief, NewBriefStatus, Party,
            Pass, USUAL_FIRST_REFUSAL_DAYS,
        },
        proofs::{BriefKeeper, BriefReader, ClientKeeper, SeenBrief, SeenClient},
        rules,
        store::{self, Happening},
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
};

/// A brief as somebody sees it.
pub struct WholeBrief {
    pub named: NamedBrief,
    /// What they are to it.
    pub standing: BriefStanding,
    /// Until when only the team that built the product sees it, for the staff and that team.
    pub reserved_until: Option<Instant>,
    /// Who does the work, for those whom it concerns.
    pub team: Option<Vec<PersonView>>,
    /// The campuses that have passed it on, for its client and the staff.
    pub passed: Option<Vec<Pass>>,
}

pub(super) fn whole(conn: &mut Conn, seen: SeenBrief, now: Instant) -> Result<WholeBrief> {
    let person = seen.person();
    let SeenBrief {
        brief,
        client,
        campus,
        standing,
        ..
    } = seen;
    let is_staff = standing.parties.contains(&Party::Staff);
    let team = match rules::reads_team(&standing) {
        false => None,
        true => {
            let members = store::brief_members(conn, brief.id)?;
            let viewer = match is_staff {
                true => campuses::viewer(conn, Some(person), Audience::Network, Some(campus.id), &members)?,
                false => campuses::viewer_from_elsewhere(conn, person, &members)?,
            };
            let cards = accounts::cards(conn, &members)?.into_iter();
            Some(cards.map(|card| viewer.view(card)).collect())
        }
    };
    let passed = match !standing.parties.is_empty() || standing.has_passed_on {
        false => None,
        true => Some(store::passes(conn, brief.id)?),
    };
    let tells_reserved = is_staff || standing.has_passed_on || standing.has_built;
    let reserved_until = brief
        .reserved_until
        .filter(|_| tells_reserved && rules::is_reserved(&brief, now));
    Ok(WholeBrief {
        named: NamedBrief {
            client_name: client.name,
            campus_name: campus.name,
            brief,
        },
        standing,
        reserved_until,
        team,
        passed,
    })
}

/// One brief, as whoever asks sees it now.
pub fn brief(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    whole(conn, seen, now)
}

/// Submits paid work of a client, which waits for the staff to approve it.
pub fn create_brief(conn: &mut Conn, actor: &Actor, client: Id, new: NewBrief, now: Instant) -> Result<WholeBrief> {
    let seen = SeenClient::of(conn, actor, client)?;
    let keeper = seen.keeper()?;
    rules::may_submit(seen.client.status)?;
    let made = Brief::submitted(new, client, seen.campus.id, now);
    rules::check_brief(&made, now.date_in(seen.campus.time_zone))?;
    rules::BRIEFS.check_room(store::count_briefs(conn, client)?)?;
    let by = seen.parties().first().copied().unwrap_or(Party::Owner);
    audit::became("status", None::<BriefStatus>, made.status);
    store::insert_brief(conn, &keeper, &made, by, now)?;
    brief(conn, actor, made.id, now)
}

/// Up to `limit` briefs of a client, for its owners and the staff of its campus.
pub fn briefs_of(
    conn: &mut Conn,
    actor: &Actor,
    client: Id,
    selection: &BriefSelection,
    limit: i64,
) -> Result<Vec<NamedBrief>> {
    let seen = SeenClient::of(conn, actor, client)?;
    store::briefs_of(conn, &seen, selection, limit)
}

/// Up to `limit` briefs of a campus: for its staff all that it has or had, for others those that are open to them and those that they do.
pub fn briefs_at(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    selection: &BriefSelection,
    limit: i64,
    now: Instant,
) -> Result<Vec<NamedBrief>> {
    let reader = BriefReader::of(conn, actor, campus)?;
    store::briefs_at(conn, &reader, selection, limit, now)
}

/// Changes what a brief says. If it offers something else it waits to be approved again, and answers to the former are forgotten.
pub fn change_brief(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: BriefPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    let keeper = seen.keeper()?;
    let before = &seen.brief;
    known.check(before.version)?;
    let after = before.patched(patch);
    if after == *before {
        return whole(conn, seen, now);
    }
    rules::may_be_changed(before)?;
    rules::check_brief(&after, now.date_in(seen.campus.time_zone))?;
    match after.offers_the_same(before) || before.status == BriefStatus::Submitted {
        true => {
            let after = after.changed(now);
            audit::changed(before, &after);
            store::update_brief(conn, &keeper, &after)?;
        }
        false => {
            let status = BriefStatus::Submitted;
            let after = Brief { status, ..after }.changed(now);
            audit::changed(before, &after);
            store::delete_interests(conn, &keeper)?;
            let happening = Happening::of(BriefChange::Submitted, Vec::new());
            store::advance_brief(conn, &keeper, &after, happening, now)?;
        }
    }
    brief(conn, actor, id, now)
}

/// Approves a brief, looks for another team, or ends it.
pub fn set_brief_status(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    step: &NewBriefStatus,
    known: IfMatch,
    now: Instant,
) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    let keeper = seen.keeper()?;
    let before = &seen.brief;
    let becomes =
        rules::becomes(before, step.status, &seen.standing.parties).map_err(|refused| seen.explained(refused))?;
    // What is approved or ended is what was read.
    known.require(before.version)?;
    let outcome = rules::check_note(step)?;
    if !becomes {
        return whole(conn, seen, now);
    }
    let after = Brief {
        status: step.status,
        outcome,
        ..before.clone()
    };
    match step.status {
        BriefStatus::Open => open(conn, &keeper, before, after, now)?,
        _ => end(conn, &keeper, before, after, now)?,
    }
    brief(conn, actor, id, now)
}

/// Those who built the product have the first refusal when it is opened for the first time; a team that it had is dissolved.
fn open(conn: &mut Conn, keeper: &BriefKeeper, before: &Brief, after: Brief, now: Instant) -> Result<()> {
    let client = store::client(conn, before.client_id)?.ok_or_else(Error::not_found)?;
    let days = store::terms(conn, client.campus_id)?.map_or(USUAL_FIRST_REFUSAL_DAYS, |terms| terms.first_refusal_days);
    let has_team = !builders::builders(conn, client.id)?.is_empty();
    let reserved_until = rules::first_refusal(before, has_team, days, now);
    let is_for_all = reserved_until.is_none_or(|until| until <= now);
    let after = Brief {
        reserved_until,
        opened_at: before.opened_at.or(Some(now)),
        opened_to_all_at: before.opened_to_all_at.or(is_for_all.then_some(now)),
        ..after
    }
    .changed(now);
    audit::changed(before, &after);
    let happening = store::replace_brief_team(conn, keeper, &after, &BTreeSet::new(), now)?;
    store::advance_brief(conn, keeper, &after, happening, now)
}

fn end(conn: &mut Conn, keeper: &BriefKeeper, before: &Brief, after: Brief, now: Instant) -> Result<()> {
    let after = after.changed(now);
    audit::changed(before, &after);
    let members = store::brief_members(conn, before.id)?;
    let happening = Happening::of(after.status.into(), members);
    store::advance_brief(conn, keeper, &after, happening, now)
}

/// Withdraws the briefs of a client that is withdrawn or that nobody looks after any more, but for those that a team does.
pub(super) fn withdraw_briefs(conn: &mut Conn, client: &ClientKeeper, by: Party, now: Instant) -> Result<()> {
    for (before, keeper) in BriefKeeper::of_client(conn, client, by)? {
        let after = Brief {
            status: BriefStatus::Withdrawn,
            ..before.clone()
        };
        end(conn, &keeper, &before, after, now)?;
    }
    Ok(())
}

/// Passes a brief on to another campus that builds for organisations, whose staff approve it anew. What was answered is forgotten, as it
/// was said to this campus. Repeating it changes nothing.
pub fn pass_brief_on(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    campus: Id,
    known: IfMatch,
    now: Instant,
) -> Result<WholeBrief> {
    let seen = SeenBrief::of(conn, actor, id, now)?;
    if seen.standing.has_passed_on && seen.brief.campus_id == campus {
        return whole(conn, seen, now);
    }
    let keeper = seen.staff()?;
    let before = &seen.brief;
    known.check(before.version)?;
    if before.campus_id == campus {
        return whole(conn, seen, now);
    }
    rules::may_be_passed_on(before)?;
    let there = campuses::campuses_among(conn, &[campus])?;
    if !there.iter().any(|campus| campus.closed_at.is_none()) {
        let detail = "must be the id of another campus that is not closed";
        return Err(Error::field("/campus_id", "not_found", detail));
    }
    rules::must_be_open(store::terms(conn, campus)?.as_ref())?;
    let passes = store::passes(conn, id)?.len();
    rules::PASSES.check_room(passes)?;
    let after = Brief {
        campus_id: campus,
        status: BriefStatus::Submitted,
        ..before.clone()
    }
    .changed(now);
    audit::changed(before, &after);
    store::delete_interests(conn, &keeper)?;
    store::pass_brief_on(conn, &keeper, before, &after, now)?;
    brief(conn, actor, id, now)
}
