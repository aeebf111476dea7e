//! Who misses which week or day.

use chrono::NaiveDate;

use crate::{
    accounts::{
        model::{Audience, PersonView},
        store as accounts,
    },
    authz::Actor,
    campuses::store as campuses,
    cohorts::{CohortInsider, model::Cohort, store as cohorts},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Field, Id, Instant, Period, Text},
    students::{
        model::{Absence, DayAbsence, EnrolmentStatus},
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

/// One day of one student of a cohort.
#[derive(Clone, Copy)]
pub struct StudentDay {
    pub cohort: Id,
    pub day: NaiveDate,
    pub person: Id,
}

/// Staff for everybody, students for themselves as far as [`rules::student_may_note`]; the student must be there, and what
/// they miss, of which `last_day` tells the last day.
fn may_note(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, person): (Id, Id),
    last_day: impl FnOnce(&mut Conn, &Cohort) -> Result<NaiveDate>,
    noted_by: Option<Id>,
    now: Instant,
) -> Result<CohortInsider> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let own = insider.is_student() && insider.person() == person;
    if !own && !insider.is_staff() {
        return Err(Error::forbidden("staff of the campus, and students for themselves,"));
    }
    let last_day = last_day(conn, &cohort)?;
    if !insider.is_staff() {
        rules::student_may_note(last_day, now.date_in(insider.zone()), person, noted_by)?;
    }
    match store::enrolment(conn, cohort.id, person)? {
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
    let proof = may_note_week(conn, actor, missed, noted.as_ref(), now)?;
    // What it excuses depends on when it was first said.
    let created_at = noted.as_ref().map_or(now, |noted| noted.created_at);
    let reason = reason.clone().or(noted.and_then(|noted| noted.reason));
    let absence = Absence {
        cohort_id: missed.cohort,
        week_number: missed.week,
        person_id: missed.person,
        reason: reason.filter(|reason| !reason.as_str().is_empty()),
        noted_by: Some(proof.person()),
        created_at,
    };
    store::set_absence(conn, &proof, &absence)
}

pub fn remove_absence(conn: &mut Conn, actor: &Actor, missed: StudentWeek, now: Instant) -> Result<()> {
    let noted = store::absence(conn, missed.cohort, missed.week, missed.person)?;
    let proof = may_note_week(conn, actor, missed, noted.as_ref(), now)?;
    store::remove_absence(conn, &proof, missed.week, missed.person)
}

fn may_note_week(
    conn: &mut Conn,
    actor: &Actor,
    missed: StudentWeek,
    noted: Option<&Absence>,
    now: Instant,
) -> Result<CohortInsider> {
    let last_day = |conn: &mut Conn, cohort: &Cohort| Ok(cohorts::week(conn, cohort.id, missed.week)?.ends_on);
    let noted_by = noted.and_then(|noted| noted.noted_by);
    may_note(conn, actor, (missed.cohort, missed.person), last_day, noted_by, now)
}

/// A day is one of a week of the cohort.
fn may_note_day(
    conn: &mut Conn,
    actor: &Actor,
    missed: StudentDay,
    noted: Option<&DayAbsence>,
    now: Instant,
) -> Result<CohortInsider> {
    let last_day = |conn: &mut Conn, cohort: &Cohort| {
        let weeks = cohorts::weeks(conn, cohort.id)?;
        match weeks.iter().any(|week| week.span().contains(missed.day)) {
            true => Ok(missed.day),
            false => {
                let detail = format!(
                    "{} is in none of the cohort's weeks, so there is nothing to miss.",
                    missed.day
                );
                Err(Error::new(Code::NotFound, detail))
            }
        }
    };
    let noted_by = noted.and_then(|noted| noted.noted_by);
    may_note(conn, actor, (missed.cohort, missed.person), last_day, noted_by, now)
}

/// Notes that somebody misses a day. A reason that is not said again stays.
pub fn set_day_absence(
    conn: &mut Conn,
    actor: &Actor,
    missed: StudentDay,
    reason: &Field<Option<Text>>,
    now: Instant,
) -> Result<()> {
    let noted = store::day_absence(conn, missed.cohort, missed.day, missed.person)?;
    let proof = may_note_day(conn, actor, missed, noted.as_ref(), now)?;
    let reason = reason.clone().or(noted.and_then(|noted| noted.reason));
    let absence = DayAbsence {
        cohort_id: missed.cohort,
        day: missed.day,
        person_id: missed.person,
        reason: reason.filter(|reason| !reason.as_str().is_empty()),
        noted_by: Some(proof.person()),
        created_at: now,
    };
    store::set_day_absence(conn, &proof, &absence)
}

pub fn remove_day_absence(conn: &mut Conn, actor: &Actor, missed: StudentDay, now: Instant) -> Result<()> {
    let noted = store::day_absence(conn, missed.cohort, missed.day, missed.person)?;
    let proof = may_note_day(conn, actor, missed, noted.as_ref(), now)?;
    store::remove_day_absence(conn, &proof, missed.day, missed.person)
}

/// Up to `limit` days that are missed: all for staff, their own for students; for anybody else there are none to see.
pub fn day_absences(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    period: Period,
    after: Option<(NaiveDate, Id)>,
    limit: i64,
) -> Result<Vec<(DayAbsence, PersonView)>> {
    let seen = seen(conn, actor, cohort)?;
    let absences = store::day_absences_page(conn, seen.cohort, period, seen.person, after, limit)?;
    seen.with_cards(conn, absences, |absence| absence.person_id)
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
    let seen = seen(conn, actor, cohort)?;
    let absences = store::absences_page(conn, seen.cohort, week, seen.person, after, limit)?;
    seen.with_cards(conn, absences, |absence| absence.person_id)
}

/// Whose absences somebody sees.
struct Seen {
    cohort: Id,
    /// Only this person's.
    person: Option<Id>,
    by: Id,
    staff_of: Option<Id>,
}

fn seen(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Seen> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    Ok(Seen {
        cohort: cohort.id,
        person: match () {
            () if insider.is_staff() => None,
            () if insider.is_student() => Some(insider.person()),
            () => return Err(Error::not_found()),
        },
        by: insider.person(),
        staff_of: insider.is_staff().then_some(cohort.campus_id),
    })
}

impl Seen {
    fn with_cards<A>(&self, conn: &mut Conn, absences: Vec<A>, person: fn(&A) -> Id) -> Result<Vec<(A, PersonView)>> {
        let ids: Vec<Id> = absences.iter().map(person).collect();
        let cards = accounts::cards(conn, &ids)?;
        let viewer = campuses::viewer(conn, Some(self.by), Audience::Cohort, self.staff_of, &ids)?;
        let with_card = |absence: A| {
            let card = cards.iter().find(|card| card.id == person(&absence)).cloned()?;
            Some((absence, viewer.view(card)))
        };
        Ok(absences.into_iter().filter_map(with_card).collect())
    }
}
