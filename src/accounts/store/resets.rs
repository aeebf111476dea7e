//! Queries on what somebody is, for whoever would hand them a new password.

use diesel::{dsl::exists, prelude::*};

use crate::{
    accounts::model::Standing,
    campuses::model::MemberStatus,
    db::{
        Conn,
        schema::{
            campus_members, campus_staff, cohorts, enrolments, mentor_slots, pastoral_carers, pastoral_notes, sign_ups,
        },
    },
    error::Result,
    primitives::Id,
};

/// What a person is at a campus, and whether they are anything more: staff or a pastoral carer anywhere, or known at another
/// campus. Whoever was a carer and is named again reads what they wrote before, so having written notes counts too.
pub fn standing(conn: &mut Conn, person: Id, campus: Id) -> Result<Standing> {
    let is_member = campus_members::table
        .find((campus, person))
        .filter(campus_members::status.eq(MemberStatus::Member));
    let on_staff = campus_staff::table.filter(campus_staff::person_id.eq(person));
    let carer = pastoral_carers::table.filter(pastoral_carers::person_id.eq(person));
    let author = pastoral_notes::table.filter(pastoral_notes::written_by.eq(person));
    let member_elsewhere = campus_members::table
        .filter(campus_members::person_id.eq(person))
        .filter(campus_members::campus_id.ne(campus));
    let enrolled_elsewhere = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(cohorts::campus_id.ne(campus));
    let mentors_elsewhere = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .filter(sign_ups::person_id.eq(person))
        .filter(cohorts::campus_id.ne(campus));
    Ok(Standing {
        is_member: diesel::select(exists(is_member)).get_result(conn)?,
        is_elsewhere: diesel::select(exists(on_staff)).get_result(conn)?
            || diesel::select(exists(carer)).get_result(conn)?
            || diesel::select(exists(author)).get_result(conn)?
            || diesel::select(exists(member_elsewhere)).get_result(conn)?
            || diesel::select(exists(enrolled_elsewhere)).get_result(conn)?
            || diesel::select(exists(mentors_elsewhere)).get_result(conn)?,
    })
}
