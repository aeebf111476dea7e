//! Queries on what somebody is, for whoever would hand them a new password.

use diesel::{dsl::exists, prelude::*};

use crate::{
    accounts::model::Standing,
    campuses::model::MemberStatus,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            admission_interests, admission_panels, application_recusals, application_scores, applications,
            brief_interests, campus_members, campus_staff, client_briefs, cohorts, employer_contacts, enrolments,
            interview_slots, mentor_preferences, mentor_slots, pastoral_carers, pastoral_notes, product_owners,
            sign_ups,
        },
    },
    error::Result,
    primitives::Id,
};

macro_rules! standing {
    (
        anywhere { $($table:ident.$column:ident),* $(,)? }
        in_cohorts { $($cohort_table:ident.$cohort_column:ident),* $(,)? }
        besides { $($other_table:ident.$other_column:ident),* $(,)? }
    ) => {
        /// Columns whose people are something that reaches further than one campus. A test asks of every other column that
        /// holds a person why it is not among them.
        pub const STANDING_COLUMNS: &[&str] = &[
            $(concat!(stringify!($table), ".", stringify!($column)),)*
            $(concat!(stringify!($cohort_table), ".", stringify!($cohort_column)),)*
            $(concat!(stringify!($other_table), ".", stringify!($other_column)),)*
        ];

        /// Whether somebody is what counts at whatever campus, the one that asks too.
        fn is_more_anywhere(conn: &mut Conn, person: Id) -> Result<bool> {
            $(
                let rows = $table::table.filter($table::$column.eq(person));
                if diesel::select(exists(rows)).get_result::<bool>(conn)? {
                    return Ok(true);
                }
            )*
            Ok(false)
        }

        /// The cohorts in which somebody is what counts at another campus.
        fn cohorts_of(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
            let mut found: Vec<Id> = sign_ups::table
                .inner_join(mentor_slots::table)
                .filter(sign_ups::person_id.eq(person))
                .select(mentor_slots::cohort_id)
                .load(conn)?;
            $(
                let rows: Vec<Id> = $cohort_table::table
                    .filter($cohort_table::$cohort_column.eq(person))
                    .select($cohort_table::cohort_id)
                    .load(conn)?;
                found.extend(rows);
            )*
            Ok(found)
        }
    };
}

// Who was a carer, or on a panel, and is named again has what they wrote before, so having written counts too.
standing! {
    anywhere {
        campus_staff.person_id,
        pastoral_carers.person_id,
        pastoral_notes.written_by,
        admission_panels.person_id,
        application_scores.person_id,
        application_recusals.person_id,
        interview_slots.interviewer_id,
        product_owners.person_id,
        employer_contacts.person_id,
    }
    in_cohorts {
        enrolments.person_id,
        applications.person_id,
        admission_interests.person_id,
        mentor_preferences.person_id,
    }
    besides {
        brief_interests.person_id,
        campus_members.person_id,
        sign_ups.person_id,
    }
}

/// What a person is at a campus, and whether they are anything more: staff, a pastoral carer, on a panel, a product owner or
/// an employer's contact anywhere, or known at another campus.
pub fn standing(conn: &mut Conn, person: Id, campus: Id) -> Result<Standing> {
    let is_member = campus_members::table
        .find((campus, person))
        .filter(campus_members::status.eq(MemberStatus::Member));
    let member_elsewhere = campus_members::table
        .filter(campus_members::person_id.eq(person))
        .filter(campus_members::campus_id.ne(campus));
    // Whoever built for a client is asked wherever its brief is passed on to.
    let briefs_elsewhere = brief_interests::table
        .inner_join(client_briefs::table)
        .filter(brief_interests::person_id.eq(person))
        .filter(client_briefs::campus_id.ne(campus));
    let cohorts = cohorts_of(conn, person)?;
    let cohorts_elsewhere = cohorts::table
        .filter(cohorts::id.among(cohorts))
        .filter(cohorts::campus_id.ne(campus));
    Ok(Standing {
        is_member: diesel::select(exists(is_member)).get_result(conn)?,
        is_elsewhere: is_more_anywhere(conn, person)?
            || diesel::select(exists(member_elsewhere)).get_result(conn)?
            || diesel::select(exists(briefs_elsewhere)).get_result(conn)?
            || diesel::select(exists(cohorts_elsewhere)).get_result(conn)?,
    })
}
