//! What is told in the app: to the staff that a role waits for them, to contacts what became of it, and to all three sides what becomes
//! of introductions. None of it says who a graduate is.

use super::{
    events::{IntroductionChange, IntroductionEvent},
    model::RoleStatus,
    rules, store,
};
use crate::{
    campuses::{self, model::Campus},
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::{Id, Instant},
};

/// What the staff are told of a role that waits for them, and contacts of one that is public, as it is by now.
///
/// # Errors
/// `404` if it is gone.
pub fn role_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let role = store::role(conn, event.object_id)?;
    if event.kind != format!("employer_role.{}", role.status.as_str()) {
        return Ok(None);
    }
    let campus = campuses::store::campus(conn, role.campus_id)?;
    Ok(match role.status {
        RoleStatus::Submitted => {
            let staff = campuses::store::staff_ids(conn, campus.id)?;
            Some(notice(NoticeKind::Requests, staff, Text::NoticeRoleSubmitted, &campus))
        }
        RoleStatus::Published => {
            let contacts = store::contact_ids(conn, role.employer_id)?;
            Some(notice(
                NoticeKind::Membership,
                contacts,
                Text::NoticeRolePublished,
                &campus,
            ))
        }
        RoleStatus::Closed => None,
    })
}

/// What graduates, contacts and the staff are told of an introduction, if it is still so by now.
///
/// # Errors
/// `404` if the campus is gone.
pub fn introduction_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let told: IntroductionEvent = event.read()?;
    let Some(introduction) = store::introduction(conn, told.introduction_id)? else {
        return Ok(None);
    };
    if introduction.status != told.status {
        return Ok(None);
    }
    let campus = campuses::store::campus(conn, introduction.campus_id)?;
    // Of a consent that has run out or was withdrawn since nobody is told that it was given, or what came of it.
    let is_live = rules::is_live(&introduction, Instant::now());
    let graduate = introduction.person_id;
    let (kind, text) = match told.kind {
        IntroductionChange::Asked => {
            let text = Text::NoticeIntroductionAsked;
            return Ok(Some(notice(NoticeKind::Membership, vec![graduate], text, &campus)));
        }
        IntroductionChange::Refused => {
            let staff = campuses::store::staff_ids(conn, campus.id)?;
            let text = Text::NoticeIntroductionRefused;
            return Ok(Some(notice(NoticeKind::Requests, staff, text, &campus)));
        }
        IntroductionChange::Introduced if is_live => (NoticeKind::Requests, Text::NoticeIntroductionAgreed),
        IntroductionChange::Withdrawn => (NoticeKind::Requests, Text::NoticeIntroductionWithdrawn),
        IntroductionChange::StepTaken => (NoticeKind::Membership, Text::NoticeIntroductionStep),
        IntroductionChange::Introduced => return Ok(None),
    };
    let mut people = campuses::store::staff_ids(conn, campus.id)?;
    if told.kind != IntroductionChange::StepTaken || is_live {
        people.extend(store::contact_ids(conn, introduction.employer_id)?);
    }
    if told.kind == IntroductionChange::StepTaken {
        people.push(graduate);
    }
    people.sort_unstable();
    people.dedup();
    let mut notice = notice(kind, people, text, &campus);
    notice.values.push(("status", Value::Word(told.status.as_str())));
    Ok(Some(notice))
}

fn notice(kind: NoticeKind, people: Vec<Id>, text: Text, campus: &Campus) -> Notice {
    Notice {
        kind,
        people,
        text,
        values: vec![("campus", Value::name(&campus.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }
}
