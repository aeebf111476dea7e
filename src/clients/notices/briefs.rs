//! What is told of briefs: to the staff, owners, teams and graduates.

use super::at_campus;
use crate::{
    campuses,
    clients::{
        builders,
        events::{BriefChange, BriefEvent},
        model::{Brief, Party},
        rules, store,
    },
    db::Conn,
    error::Result,
    mail::Text,
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Instant,
};

/// What the staff are told of a brief that waits for them, or that its client has withdrawn.
///
/// # Errors
/// `404` if the campus is gone.
pub fn brief_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, _)) = current_brief(conn, event)? else {
        return Ok(None);
    };
    let word = match told.kind {
        BriefChange::Submitted if told.is_passed_on => "passed_on",
        BriefChange::Submitted if told.by == Party::Owner => "submitted",
        BriefChange::Withdrawn if told.by == Party::Owner => "withdrawn",
        _ => return Ok(None),
    };
    let staff = campuses::store::staff_ids(conn, told.campus_id)?;
    at_campus(
        conn,
        told.campus_id,
        (NoticeKind::Requests, Text::NoticeBriefRequest, word),
        staff,
    )
}

/// What owners are told of what the staff do with their brief.
///
/// # Errors
/// As [`brief_notices`].
pub fn brief_owner_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, brief)) = current_brief(conn, event)?.filter(|(told, _)| told.by == Party::Staff) else {
        return Ok(None);
    };
    let word = match told.kind {
        BriefChange::Opened if told.left.is_empty() => "opened",
        BriefChange::Opened => "reopened",
        BriefChange::Staffed => "staffed",
        BriefChange::Done => "done",
        BriefChange::Withdrawn => "withdrawn",
        BriefChange::PassedOn => "passed_on",
        BriefChange::Submitted | BriefChange::OpenedToAll => return Ok(None),
    };
    let owners = store::owner_ids(conn, brief.client_id)?;
    at_campus(
        conn,
        told.campus_id,
        (NoticeKind::Membership, Text::NoticeBriefNews, word),
        owners,
    )
}

/// What those are told who do a brief, or no longer do: that they are in the team, and how it ended.
///
/// # Errors
/// As [`brief_notices`].
pub fn brief_team_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, _)) = current_brief(conn, event)? else {
        return Ok(None);
    };
    let (word, people) = match told.kind {
        BriefChange::Staffed => ("staffed", &told.joined),
        BriefChange::Done => ("done", &told.members),
        BriefChange::Withdrawn => ("withdrawn", &told.members),
        _ => return Ok(None),
    };
    at_campus(
        conn,
        told.campus_id,
        (NoticeKind::Membership, Text::NoticeBriefTeam, word),
        people.clone(),
    )
}

/// What those are told who are not in the team of a brief any more.
///
/// # Errors
/// As [`brief_notices`].
pub fn brief_left_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, _)) = current_brief(conn, event)? else {
        return Ok(None);
    };
    let left = (NoticeKind::Membership, Text::NoticeBriefTeam, "left");
    at_campus(conn, told.campus_id, left, told.left.clone())
}

/// What the team that built a client's product is told when it has the first refusal of a brief.
///
/// # Errors
/// As [`brief_notices`].
pub fn first_refusal_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let opened = current_brief(conn, event)?.filter(|(told, _)| told.kind == BriefChange::Opened);
    let Some((told, brief)) = opened.filter(|(_, brief)| rules::is_reserved(brief, Instant::now())) else {
        return Ok(None);
    };
    let builders = builders::builders(conn, brief.client_id)?;
    let first = (NoticeKind::Membership, Text::NoticeBriefTeam, "first_refusal");
    at_campus(conn, told.campus_id, first, builders)
}

/// What graduates of the campus are told, if they wish to hear of paid work, once a brief is open to all of them: those who have not
/// answered, nor had the first refusal.
///
/// # Errors
/// As [`brief_notices`].
pub fn brief_graduate_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, brief)) = current_brief(conn, event)? else {
        return Ok(None);
    };
    let is_open_to_all = match told.kind {
        BriefChange::OpenedToAll => true,
        BriefChange::Opened => !rules::is_reserved(&brief, Instant::now()),
        _ => false,
    };
    if !is_open_to_all {
        return Ok(None);
    }
    let mut known = store::answered(conn, brief.id, true)?;
    known.extend(store::answered(conn, brief.id, false)?);
    if brief.reserved_until.is_some() {
        known.extend(builders::builders(conn, brief.client_id)?);
    }
    let mut graduates = campuses::store::graduate_ids(conn, brief.campus_id)?;
    graduates.retain(|graduate| !known.contains(graduate));
    let open = (NoticeKind::PaidWork, Text::NoticeBriefOpen, "open");
    at_campus(conn, told.campus_id, open, graduates)
}

/// A brief that is still where it was when this happened.
fn current_brief(conn: &mut Conn, event: &StoredEvent) -> Result<Option<(BriefEvent, Brief)>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: BriefEvent = event.read()?;
    let then = match told.kind {
        BriefChange::OpenedToAll => BriefChange::Opened,
        kind => kind,
    };
    let holds = |brief: &Brief| {
        then == BriefChange::PassedOn || then == brief.status.into() && told.campus_id == brief.campus_id
    };
    let brief = store::brief(conn, told.brief_id)?.filter(holds);
    Ok(brief.map(|brief| (told, brief)))
}
