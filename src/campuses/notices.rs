//! What members and staff of campuses are told in the app.

use super::{model::MemberStatus, store};
use crate::{
    db::Conn,
    error::{Error, Result},
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
                title: format!("Somebody asks to join {name}."),
                has_letter: false,
            })
        }
        Some(MemberStatus::Member) if !is_own_doing => Some(to_one(person, format!("You are a member of {name}."))),
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
    let told = |role: crate::authz::StaffRole| {
        to_one(
            event.object_id,
            format!("You are on the staff of {name}, as {}.", role.as_str()),
        )
    };
    Ok(role.map(told))
}

fn to_one(person: Id, title: String) -> Notice {
    Notice {
        kind: NoticeKind::Membership,
        people: vec![person],
        title,
        has_letter: false,
    }
}
