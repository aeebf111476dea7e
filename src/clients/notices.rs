//! What product owners and the staff are told in the app: each what the other side did, and owners also what another one did.

mod briefs;
mod demo_days;
mod offers;

pub use briefs::{
    brief_graduate_notices, brief_left_notices, brief_notices, brief_owner_notices, brief_team_notices,
    first_refusal_notices,
};
pub use demo_days::{demo_day_notices, invitation_notices};
pub use offers::{offer_notices, offer_owner_notices};

use super::{
    events::{
        ClientChange, ClientEvent, HandOverChange, HandOverEvent, OwnerInvitationChange, OwnerInvitationEvent,
        ProductBallotChange, ProductBallotEvent, WorkshopBookingChange, WorkshopBookingEvent,
    },
    model::{BallotStatus, Client, ClientStatus, Party},
    rules, store,
};
use crate::{
    campuses::{self, model::Campus},
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
};

/// What the staff are told of an owner's step, and owners of the staff's, if the client is still where it was then.
///
/// # Errors
/// `404` if the campus is gone.
pub fn notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let Some((told, client, campus)) = current(conn, event)? else {
        return Ok(None);
    };
    let is_by_owner = told.by == Some(Party::Owner);
    Ok(Some(Notice {
        kind: if is_by_owner {
            NoticeKind::Requests
        } else {
            NoticeKind::Membership
        },
        people: if is_by_owner {
            campuses::store::staff_ids(conn, campus.id)?
        } else {
            store::owner_ids(conn, client.id)?
        },
        text: match told.kind {
            ClientChange::Reminded => Text::NoticeClientReminder,
            ClientChange::StepTaken if is_by_owner => Text::NoticeClientStep,
            ClientChange::StepTaken => Text::NoticeClientNews,
        },
        values: values(conn, &client, &campus)?,
        has_letter: !is_by_owner,
        cannot_wait: false,
        href: None,
    }))
}

/// What owners are told of a step that another one took.
///
/// # Errors
/// As [`notices`].
pub fn owner_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let current = current(conn, event)?;
    let Some((_, client, campus)) = current.filter(|(told, ..)| told.by == Some(Party::Owner)) else {
        return Ok(None);
    };
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: store::owner_ids(conn, client.id)?,
        text: Text::NoticeClientShared,
        values: values(conn, &client, &campus)?,
        has_letter: true,
        cannot_wait: false,
        href: None,
    }))
}

/// What the owners are told when somebody has accepted an invitation.
///
/// # Errors
/// As [`notices`].
pub fn joining_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: OwnerInvitationEvent = event.read()?;
    if told.kind != OwnerInvitationChange::Accepted {
        return Ok(None);
    }
    let campus = campuses::store::campus(conn, told.campus_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: store::owner_ids(conn, told.client_id)?,
        text: Text::NoticeOwnerJoined,
        values: vec![("campus", Value::name(&campus.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// What the owners are told when their workshop is at another time or place.
///
/// # Errors
/// As [`notices`].
pub fn workshop_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let WorkshopBookingEvent {
        kind: WorkshopBookingChange::Moved,
        client_id,
        campus_id,
        ..
    } = event.read()?;
    let campus = campuses::store::campus(conn, campus_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Events,
        people: store::owner_ids(conn, client_id)?,
        text: Text::NoticeWorkshopMoved,
        values: vec![("campus", Value::name(&campus.name))],
        has_letter: true,
        cannot_wait: false,
        href: None,
    }))
}

/// What students are told of the products of their cohort, and members of a team that they are in it.
///
/// # Errors
/// `404` if the ballot is gone.
pub fn ballot_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ProductBallotEvent = event.read()?;
    let ballot = store::ballot(conn, told.ballot_id)?;
    let (text, is_current) = match told.kind {
        ProductBallotChange::Opened => (Text::NoticeProductVote, ballot.status == BallotStatus::Open),
        ProductBallotChange::Closed => (Text::NoticeProductsChosen, true),
        ProductBallotChange::TeamsFormed => (Text::NoticeProductTeam, true),
        ProductBallotChange::Cancelled => return Ok(None),
    };
    if !is_current {
        return Ok(None);
    }
    let people = match told.kind {
        ProductBallotChange::TeamsFormed => {
            let members = store::team_members(conn, ballot.id)?;
            members.into_iter().map(|member| member.person_id).collect()
        }
        _ => store::students(conn, ballot.cohort_id)?,
    };
    let cohort = cohorts::store::cohort(conn, ballot.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Teams,
        people,
        text,
        values: vec![("cohort", Value::name(&cohort.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// What the staff are told when a team has done all that belongs to handing its product over.
///
/// # Errors
/// As [`notices`].
pub fn hand_over_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let HandOverEvent {
        kind: HandOverChange::Ready,
        client_id,
        campus_id,
    } = event.read()?;
    let client = store::client(conn, client_id)?;
    if client.is_none_or(|client| client.status != ClientStatus::Project) {
        return Ok(None);
    }
    let campus = campuses::store::campus(conn, campus_id)?;
    let people = campuses::store::staff_ids(conn, campus_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Requests,
        people,
        text: Text::NoticeHandOverReady,
        values: vec![("campus", Value::name(&campus.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// A notice that tells which campus it is about and what has happened there, and neither the name of a client nor that of a brief, which
/// may be called as somebody is; none for nobody.
fn at_campus(
    conn: &mut Conn,
    campus: Id,
    (kind, text, word): (NoticeKind, Text, &'static str),
    people: Vec<Id>,
) -> Result<Option<Notice>> {
    if people.is_empty() {
        return Ok(None);
    }
    let campus = campuses::store::campus(conn, campus)?;
    Ok(Some(Notice {
        kind,
        people,
        text,
        values: vec![("campus", Value::name(&campus.name)), ("status", Value::Word(word))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// A client that is still where it was when this happened.
fn current(conn: &mut Conn, event: &StoredEvent) -> Result<Option<(ClientEvent, Client, Campus)>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ClientEvent = event.read()?;
    let Some(client) = store::client(conn, told.client_id)?.filter(|client| told.still_holds(client)) else {
        return Ok(None);
    };
    let campus = campuses::store::campus(conn, client.campus_id)?;
    Ok(Some((told, client, campus)))
}

/// Without the client's name: many an organisation is called as whoever runs it.
fn values(conn: &mut Conn, client: &Client, campus: &Campus) -> Result<Vec<(&'static str, Value)>> {
    let steps = store::steps(conn, client.id)?;
    Ok(vec![
        ("campus", Value::name(&campus.name)),
        ("status", Value::Word(rules::told_as(client.status, &steps))),
    ])
}
