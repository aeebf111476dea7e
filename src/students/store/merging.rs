//! Making one person of two who have accounts.

use diesel::prelude::*;

use super::{
    claims::{join_attendance, join_companions, move_columns, move_in_json, reorder_pairs},
    consents::join_consents,
};
use crate::{
    admissions::model::ApplicationStatus,
    authz::{SignedIn, StaffRole},
    campuses::{events as campus_events, model::MemberStatus},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            admission_interests, admission_panels, api_tokens, application_recusals, application_scores, applications,
            brief_interests, brief_members, calendar_feeds, campus_members, campus_removals, campus_staff,
            career_profiles, cohorts, discoveries, employer_contacts, enrolments, mailed_codes, manuals,
            mentor_preferences, mentor_slots, mentor_thanks, merged_accounts, notification_settings, passkeys,
            pastoral_carers, people, product_owners, product_team_members, product_votes, product_wishes,
            second_factors, sessions, sign_ons, sign_ups, useful_marks,
        },
    },
    error::Result,
    pastoral::events as pastoral_events,
    primitives::{Id, Instant, Line},
    students::model::Enrolment,
};

/// The cohorts in which both are students or mentors, by name: what one of them is there cannot become the other's.
pub fn cohorts_of_both(conn: &mut Conn, one: Id, other: Id) -> Result<Vec<Line>> {
    let [own, theirs] = [one, other].map(|person| cohorts_of(conn, person));
    let (own, theirs) = (own?, theirs?);
    let both: Vec<Id> = own.into_iter().filter(|cohort| theirs.contains(cohort)).collect();
    Ok(cohorts::table
        .filter(cohorts::id.among(both))
        .order(cohorts::id)
        .select(cohorts::name)
        .load(conn)?)
}

fn cohorts_of(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let mut found: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select(enrolments::cohort_id)
        .load(conn)?;
    let mentored: Vec<Id> = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(sign_ups::person_id.eq(person))
        .select(mentor_slots::cohort_id)
        .load(conn)?;
    found.extend(mentored);
    let wished: Vec<Id> = mentor_preferences::table
        .filter(mentor_preferences::person_id.eq(person))
        .select(mentor_preferences::cohort_id)
        .load(conn)?;
    found.extend(wished);
    Ok(found)
}

/// Makes everything of another person the caller's, and removes that person. Of two roles on a staff the higher counts.
/// What got them in to the other account is gone, but for their sign-ons and passkeys.
pub fn merge(conn: &mut Conn, proof: &SignedIn, from: Id, now: Instant) -> Result<()> {
    let to = proof.person();
    diesel::delete(sessions::table.filter(sessions::person_id.eq(from))).execute(conn)?;
    diesel::delete(api_tokens::table.filter(api_tokens::person_id.eq(from))).execute(conn)?;
    diesel::delete(calendar_feeds::table.filter(calendar_feeds::person_id.eq(from))).execute(conn)?;
    diesel::delete(second_factors::table.filter(second_factors::person_id.eq(from))).execute(conn)?;
    diesel::delete(mailed_codes::table.filter(mailed_codes::person_id.eq(from))).execute(conn)?;
    diesel::delete(notification_settings::table.filter(notification_settings::person_id.eq(from))).execute(conn)?;
    // They are new to this account: what only an old one may do, they may not do at once.
    diesel::update(sign_ons::table.filter(sign_ons::person_id.eq(from)))
        .set(sign_ons::created_at.eq(now))
        .execute(conn)?;
    diesel::update(passkeys::table.filter(passkeys::person_id.eq(from)))
        .set(passkeys::created_at.eq(now))
        .execute(conn)?;
    let (own_care, their_care) = (cared_at(conn, to)?, cared_at(conn, from)?);
    join_campuses(conn, from, to)?;
    join_consents(conn, from, to)?;
    drop_marks_of_both(conn, from, to)?;
    drop_second_manual(conn, from, to)?;
    drop_second_profile(conn, from, to)?;
    drop_second_applications(conn, from, to)?;
    let studied: Vec<Enrolment> = enrolments::table
        .filter(enrolments::person_id.eq(from))
        .select(Enrolment::as_select())
        .load(conn)?;
    for enrolment in &studied {
        let moved = Enrolment {
            person_id: to,
            ..enrolment.clone()
        };
        super::enrolments::write(conn, &moved)?;
    }
    let cohorts = cohorts_of(conn, from)?;
    join_companions(conn, from, to)?;
    join_attendance(conn, from, to)?;
    move_columns(conn, from, to)?;
    for cohort in cohorts {
        reorder_pairs(conn, cohort)?;
        move_in_json(conn, cohort, from, to)?;
    }
    diesel::delete(people::table.find(from)).execute(conn)?;
    // What the audit trail has of the other account is the caller's from now on. What was merged into it before was moved above.
    diesel::insert_into(merged_accounts::table)
        .values((
            merged_accounts::id.eq(from),
            merged_accounts::person_id.eq(to),
            merged_accounts::created_at.eq(now),
        ))
        .execute(conn)?;
    for campus in their_care {
        let gone = pastoral_events::carer(campus, from);
        if own_care.contains(&campus) {
            gone.deleted(conn)?;
        } else {
            gone.happened_with(conn, "deleted", &pastoral_events::Replaced { by: to })?;
            pastoral_events::carer(campus, to).updated(conn)?;
        }
    }
    Ok(())
}

/// The campuses for whose students somebody cares.
fn cared_at(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    Ok(pastoral_carers::table
        .filter(pastoral_carers::person_id.eq(person))
        .order(pastoral_carers::campus_id)
        .select(pastoral_carers::campus_id)
        .load(conn)?)
}

/// Deletes what somebody wrote of how they work.
pub fn delete_manual(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::delete(manuals::table.find(person)).execute(conn)?;
    Ok(())
}

/// Of two manuals the caller's own stays.
fn drop_second_manual(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let own: i64 = manuals::table.find(to).count().get_result(conn)?;
    match own {
        0 => Ok(()),
        _ => delete_manual(conn, from),
    }
}

/// The same of two profiles.
fn drop_second_profile(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let own: i64 = career_profiles::table.find(to).count().get_result(conn)?;
    if own > 0 {
        diesel::delete(career_profiles::table.find(from)).execute(conn)?;
    }
    Ok(())
}

/// Of two applications to one cohort the caller's own stays, unless that is a draft and the other is none; of two scores and the
/// like the caller's own.
fn drop_second_applications(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let of = |conn: &mut Conn, person: Id| -> Result<Vec<(Id, Id, ApplicationStatus)>> {
        Ok(applications::table
            .filter(applications::person_id.eq(person))
            .select((applications::cohort_id, applications::id, applications::status))
            .load(conn)?)
    };
    let (own, theirs) = (of(conn, to)?, of(conn, from)?);
    for (cohort, other, status) in theirs {
        let Some((_, mine, my_status)) = own.iter().find(|(of, ..)| *of == cohort) else {
            continue;
        };
        let is_further = *my_status == ApplicationStatus::Draft && status != ApplicationStatus::Draft;
        let dropped = if is_further { *mine } else { other };
        diesel::delete(applications::table.find(dropped)).execute(conn)?;
    }
    macro_rules! drop_what_is_there_twice {
        ($($table:ident.$column:ident),*) => {$(
            let own: Vec<Id> = $table::table.filter($table::person_id.eq(to)).select($table::$column).load(conn)?;
            let twice = $table::table.filter($table::person_id.eq(from)).filter($table::$column.among(own));
            diesel::delete(twice).execute(conn)?;
        )*};
    }
    drop_what_is_there_twice!(
        admission_interests.cohort_id,
        admission_panels.cohort_id,
        application_recusals.application_id,
        application_scores.application_id,
        product_owners.client_id,
        product_team_members.ballot_id,
        product_votes.ballot_id,
        product_wishes.ballot_id,
        brief_interests.brief_id,
        brief_members.brief_id,
        employer_contacts.employer_id
    );
    Ok(())
}

/// What both found useful counts once.
fn drop_marks_of_both(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let own: Vec<Id> = useful_marks::table
        .filter(useful_marks::person_id.eq(to))
        .select(useful_marks::discovery_id)
        .load(conn)?;
    let twice: Vec<Id> = useful_marks::table
        .filter(useful_marks::person_id.eq(from))
        .filter(useful_marks::discovery_id.among(own))
        .select(useful_marks::discovery_id)
        .load(conn)?;
    let marks = useful_marks::table
        .filter(useful_marks::person_id.eq(from))
        .filter(useful_marks::discovery_id.among(&twice));
    diesel::delete(marks).execute(conn)?;
    diesel::update(discoveries::table.filter(discoveries::id.among(&twice)))
        .set(discoveries::useful.eq(discoveries::useful - 1))
        .execute(conn)?;
    Ok(())
}

/// Leaves of the other person only what the caller has not at the same campus. Who is a member with one of the two accounts is one;
/// of two removals the later counts, and ends no membership that the person has with the other account.
fn join_campuses(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let joined: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(from))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .select(campus_members::campus_id)
        .load(conn)?;
    let admitted: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(to))
        .filter(campus_members::status.eq(MemberStatus::Pending))
        .filter(campus_members::campus_id.among(joined))
        .select(campus_members::campus_id)
        .load(conn)?;
    for campus in admitted {
        diesel::delete(campus_members::table.find((campus, to))).execute(conn)?;
        campus_events::member(campus, to).updated(conn)?;
    }
    let removed: Vec<(Id, Instant)> = campus_removals::table
        .filter(campus_removals::person_id.eq(from))
        .select((campus_removals::campus_id, campus_removals::created_at))
        .load(conn)?;
    for (campus, at) in removed {
        let earlier = campus_removals::table
            .find((campus, to))
            .filter(campus_removals::created_at.lt(at));
        diesel::delete(earlier).execute(conn)?;
    }
    let organised: Vec<Id> = campus_staff::table
        .filter(campus_staff::person_id.eq(from))
        .filter(campus_staff::role.eq(StaffRole::Organiser))
        .select(campus_staff::campus_id)
        .load(conn)?;
    diesel::update(
        campus_staff::table
            .filter(campus_staff::person_id.eq(to))
            .filter(campus_staff::campus_id.among(organised)),
    )
    .set(campus_staff::role.eq(StaffRole::Organiser))
    .execute(conn)?;
    macro_rules! delete_what_is_there_twice {
        ($($table:ident),*) => {$(
            let own: Vec<Id> = $table::table
                .filter($table::person_id.eq(to))
                .select($table::campus_id)
                .load(conn)?;
            let twice = $table::table
                .filter($table::person_id.eq(from))
                .filter($table::campus_id.among(own));
            diesel::delete(twice).execute(conn)?;
        )*};
    }
    delete_what_is_there_twice!(
        campus_members,
        campus_removals,
        campus_staff,
        mentor_thanks,
        pastoral_carers
    );
    Ok(())
}
