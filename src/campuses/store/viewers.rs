//! How near whoever looks at people stands to them: what people show depends on it.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    accounts::model::{Audience, Viewer},
    campuses::model::MemberStatus,
    db::{Conn, dialect::AmongMethod as _, schema::campus_members},
    error::Result,
    on_both,
    primitives::Id,
};

/// Those of these people who have joined the campus.
pub fn members_among(conn: &mut Conn, campus: Id, people: &[Id]) -> Result<HashSet<Id>> {
    let members: Vec<Id> = on_both!(conn, |conn| campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .filter(campus_members::person_id.among(people))
        .select(campus_members::person_id)
        .load(conn))?;
    Ok(members.into_iter().collect())
}

/// Somebody who stands so near to these people, and as staff to those of them who have joined the campus `staff_of`.
pub fn viewer(
    conn: &mut Conn,
    person: Option<Id>,
    stands: Audience,
    staff_of: Option<Id>,
    people: &[Id],
) -> Result<Viewer> {
    let everywhere = Viewer::standing(person, stands);
    Ok(match staff_of {
        None => everywhere,
        Some(campus) => Viewer {
            nearer: (Audience::Staff, members_among(conn, campus, people)?),
            ..everywhere
        },
    })
}

/// Somebody who comes across these people, and is perhaps a member of a campus that they have joined too.
pub fn viewer_from_elsewhere(conn: &mut Conn, person: Id, people: &[Id]) -> Result<Viewer> {
    let own: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(person))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .select(campus_members::campus_id)
        .load(conn)?;
    let with_them: Vec<Id> = campus_members::table
        .filter(campus_members::campus_id.among(own))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .filter(campus_members::person_id.among(people))
        .select(campus_members::person_id)
        .load(conn)?;
    Ok(Viewer {
        nearer: (Audience::Campus, with_them.into_iter().collect()),
        ..Viewer::standing(Some(person), Audience::Network)
    })
}
