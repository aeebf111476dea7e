//! What members and staff of campuses are told in the app.

use super::{model::MemberStatus, store};
use crate::{
    authz::StaffRole,
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
};

/// That somebody asks to join, to the staff; that they were admitted, to them.
///
/// # Errors
/// `404` if the campus is gone.
pub fn member_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.kind != "member.updated" {
        return Ok(None);
    }
    let (campus, person) = (event.campus_id.ok_or_else(Error::not_found)?, event.object_id);
    let name = store::campus(conn, campus)?.name;
    let is_own_doing = event.person_id == Some(person);
    Ok(match store::member_status(conn, campus, person)? {
        Some(MemberStatus::Pending) if is_own_doing => {
            let staff = store::staff_roles(conn, campus)?;
            Some(Notice {
                kind: NoticeKind::Requests,
                people: staff.into_iter().map(|(person, _)| person).collect(),
                text: Text::NoticeRequest,
                values: vec![("campus", Value::name(&name))],
                has_letter: false,
                cannot_wait: false,
                href: None,
            })
        }
        Some(MemberStatus::Member) if !is_own_doing => {
            let values = vec![("campus", Value::name(&name))];
            Some(to_one(person, Text::NoticeAdmitted, values))
        }
        _ => None,
    })
}

/// That somebody is on the staff.
///
/// # Errors
/// `404` if the campus is gone.
pub fn staff_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.kind != "staff.updated" {
        return Ok(None);
    }
    let campus = event.campus_id.ok_or_else(Error::not_found)?;
    let role = store::staff_role(conn, campus, event.object_id)?;
    let name = store::campus(conn, campus)?.name;
    let told = |role: StaffRole| {
        let values = vec![("campus", Value::name(&name)), ("role", Value::Word(role.as_str()))];
        to_one(event.object_id, Text::NoticeAppointed, values)
    };
    Ok(role.map(told))
}

fn to_one(person: Id, text: Text, values: Vec<(&'static str, Value)>) -> Notice {
    Notice {
        kind: NoticeKind::Membership,
        people: vec![person],
        text,
        values,
        has_letter: false,
        cannot_wait: false,
        href: None,
    }
}
