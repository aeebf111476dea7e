//! Who misses which week.

use crate::{
    accounts::{
        model::{Audience, PersonView},
        store as accounts,
    },
    authz::Actor,
    campuses::store as campuses,
    cohorts::{CohortInsider, store as cohorts},
    db::Conn,
    error::{Error, Result},
    primitives::{Field, Id, Instant, Text},
    students::{
        model::{Absence, EnrolmentStatus},
        rules::absences as rules,
        store,
    },
};

/// One week of one student of a cohort.
#[derive(Clone, Copy)]
pub struct StudentWeek {
    pub cohort: Id,
    pub week: i32,
    pub person: Id,
}

/// Staff for everybody, students for themselves as far as [`rules::student_may_note`]; the week and the student must be
/// there.
fn may_note(
    conn: &mut Conn,
    actor: &Actor,
    missed: StudentWeek,
    noted: Option<&Absence>,
    now: Instant,
) -> Result<CohortInsider> {
    let (cohort, insider) = CohortInsider::of(conn, actor, missed.cohort)?;
    let own = insider.is_student() && insider.person() == missed.person;
    if !own && !insider.is_staff() {
        return Err(Error::forbidden("staff of the campus, and students for themselves,"));
    }
    let week = cohorts::week(conn, cohort.id, missed.week)?;
    if !insider.is_staff() {
        let zone = campuses::campus(conn, cohort.campus_id)?.time_zone;
        rules::student_may_note(&week, now.date_in(zone), missed.person, noted)?;
    }
    match store::enrolment(conn, cohort.id, missed.person)? {
        Some((enrolment, _)) if enrolment.status == EnrolmentStatus::Enrolled => Ok(insider),
        _ => Err(Error::not_found()),
    }
}

/// Notes an absence. A reason that is not said again stays.
pub fn set_absence(
    conn: &mut Conn,
    actor: &Actor,
    missed: StudentWeek,
    reason: &Field<Option<Text>>,
    now: Instant,
) -> Result<()> {
    let noted = store::absence(conn, missed.cohort, missed.week, missed.person)?;
    let proof = may_note(conn, actor, missed, noted.as_ref(), now)?;
    let reason = reason.clone().or(noted.and_then(|noted| noted.reason));
    let absence = Absence {
        cohort_id: missed.cohort,
        week_number: missed.week,
        person_id: missed.person,
        reason: reason.filter(|reason| !reason.as_str().is_empty()),
        noted_by: Some(proof.person()),
        created_at: now,
    };
    store::set_absence(conn, &proof, &absence)
}

pub fn remove_absence(conn: &mut Conn, actor: &Actor, missed: StudentWeek, now: Instant) -> Result<()> {
    let noted = store::absence(conn, missed.cohort, missed.week, missed.person)?;
    let proof = may_note(conn, actor, missed, noted.as_ref(), now)?;
    store::remove_absence(conn, &proof, missed.week, missed.person)
}

/// Up to `limit` absences: all for staff, their own for students; for anybody else there are none to see.
pub fn absences(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    week: Option<i32>,
    after: Option<(i32, Id)>,
    limit: i64,
) -> Result<Vec<(Absence, PersonView)>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let person = match () {
        () if insider.is_staff() => None,
        () if insider.is_student() => Some(insider.person()),
        () => return Err(Error::not_found()),
    };
    let absences = store::absences_page(conn, cohort.id, week, person, after, limit)?;
    let ids: Vec<Id> = absences.iter().map(|absence| absence.person_id).collect();
    let cards = accounts::cards(conn, &ids)?;
    let staff_of = insider.is_staff().then_some(cohort.campus_id);
    let viewer = campuses::viewer(conn, Some(insider.person()), Audience::Cohort, staff_of, &ids)?;
    let with_card = |absence: Absence| {
        let card = cards.iter().find(|card| card.id == absence.person_id).cloned()?;
        Some((absence, viewer.view(card)))
    };
    Ok(absences.into_iter().filter_map(with_card).collect())
}
