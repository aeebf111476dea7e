//! Queries on wishes for mentoring.

use diesel::prelude::*;

use crate::{
    cohorts::model::{Cohort, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campus_alumni_sources, campus_removals, campus_staff, cohorts, enrolments, mentor_companions,
            mentor_preferences, mentor_slots, mentor_wishes, people, sign_ups, weeks,
        },
    },
    error::Result,
    mentoring::{
        Mentor, SlotViewer, events,
        model::{Companion, MentorWish, Preference, SignUpStatus, Slot},
    },
    on_both,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// Everybody who has wishes in a cohort, by their id.
pub fn preferences(conn: &mut Conn, cohort: Id) -> Result<Vec<Preference>> {
    Ok(mentor_preferences::table
        .filter(mentor_preferences::cohort_id.eq(cohort))
        .order(mentor_preferences::person_id)
        .select(Preference::as_select())
        .load(conn)?)
}

/// That somebody has wishes in a cohort.
pub fn preference(conn: &mut Conn, cohort: Id, person: Id) -> Result<Option<Preference>> {
    Ok(mentor_preferences::table
        .find((cohort, person))
        .select(Preference::as_select())
        .first(conn)
        .optional()?)
}

/// All wishes for slots of a cohort, by rank.
pub fn wishes(conn: &mut Conn, cohort: Id) -> Result<Vec<MentorWish>> {
    Ok(mentor_wishes::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(cohort))
        .order((mentor_wishes::ranked, mentor_wishes::slot_id))
        .select(MentorWish::as_select())
        .load(conn)?)
}

/// Who wishes to come with whom in a cohort.
pub fn companions(conn: &mut Conn, cohort: Id) -> Result<Vec<Companion>> {
    Ok(mentor_companions::table
        .filter(mentor_companions::cohort_id.eq(cohort))
        .order((mentor_companions::person_id, mentor_companions::companion_id))
        .select(Companion::as_select())
        .load(conn)?)
}

/// Puts somebody's wishes in place of those that they had.
pub fn replace(
    conn: &mut Conn,
    proof: &Mentor,
    preference: &Preference,
    wishes: &[MentorWish],
    companions: &[Companion],
) -> Result<()> {
    delete_of(conn, preference.cohort_id, proof.person())?;
    diesel::insert_into(mentor_preferences::table)
        .values(preference)
        .execute(conn)?;
    on_both!(&mut *conn, |conn| diesel::insert_into(mentor_wishes::table)
        .values(wishes)
        .execute(conn))?;
    on_both!(conn, |conn| diesel::insert_into(mentor_companions::table)
        .values(companions)
        .execute(conn))?;
    events::preference(preference.cohort_id, proof.person()).updated(conn)
}

/// Takes back the wishes of whoever holds the proof.
pub fn delete(conn: &mut Conn, proof: &SlotViewer, cohort: Id) -> Result<()> {
    delete_of(conn, cohort, proof.person())?;
    events::preference(cohort, proof.person()).deleted(conn)
}

fn delete_of(conn: &mut Conn, cohort: Id, person: Id) -> Result<()> {
    let slots = mentor_slots::table
        .filter(mentor_slots::cohort_id.eq(cohort))
        .select(mentor_slots::id);
    let own = mentor_wishes::table
        .filter(mentor_wishes::person_id.eq(person))
        .filter(mentor_wishes::slot_id.eq_any(slots));
    diesel::delete(own).execute(conn)?;
    let named = mentor_companions::table
        .filter(mentor_companions::cohort_id.eq(cohort))
        .filter(mentor_companions::person_id.eq(person));
    diesel::delete(named).execute(conn)?;
    diesel::delete(mentor_preferences::table.find((cohort, person))).execute(conn)?;
    Ok(())
}

/// Those of these people who may mentor in a cohort: its campus's staff, the alumni it admits and has not removed, and
/// administrators, but none who study there.
pub fn may_mentor(conn: &mut Conn, cohort: &Cohort, asked: &[Id]) -> Result<Vec<Id>> {
    let host = cohort.campus_id;
    let staff: Vec<Id> = campus_staff::table
        .filter(campus_staff::campus_id.eq(host))
        .filter(campus_staff::person_id.among(asked))
        .select(campus_staff::person_id)
        .load(conn)?;
    let admitted = campus_alumni_sources::table
        .filter(campus_alumni_sources::campus_id.eq(host))
        .select(campus_alumni_sources::source_id);
    let removed: Vec<Id> = campus_removals::table
        .filter(campus_removals::campus_id.eq(host))
        .filter(campus_removals::person_id.among(asked))
        .select(campus_removals::person_id)
        .load(conn)?;
    let mut alumni: Vec<Id> = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.among(asked))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .filter(cohorts::campus_id.eq(host).or(cohorts::campus_id.eq_any(admitted)))
        .select(enrolments::person_id)
        .load(conn)?;
    alumni.retain(|person| !removed.contains(person));
    let admins: Vec<Id> = people::table
        .filter(people::id.among(asked))
        .filter(people::is_admin.eq(true))
        .select(people::id)
        .load(conn)?;
    let students: Vec<Id> = enrolments::table
        .filter(enrolments::cohort_id.eq(cohort.id))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .filter(enrolments::person_id.among(asked))
        .select(enrolments::person_id)
        .load(conn)?;
    let mut found = [staff, alumni, admins].concat();
    found.retain(|person| !students.contains(person));
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// All that these people have signed up for and not given up, anywhere, with the days of its week.
pub fn commitments(conn: &mut Conn, people: &[Id]) -> Result<Vec<(Id, SignUpStatus, Slot, Week)>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    Ok(on_both!(conn, |conn| sign_ups::table
        .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
        .filter(sign_ups::person_id.among(people))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .order(sign_ups::id)
        .select((
            sign_ups::person_id,
            sign_ups::status,
            Slot::as_select(),
            Week::as_select(),
        ))
        .load(conn))?)
}
