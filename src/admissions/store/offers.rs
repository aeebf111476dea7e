//! Places, the waiting list, and what is decided by.

use diesel::prelude::*;

use crate::{
    admissions::model::{Application, ApplicationStatus, Form, Intake, Places, Reading, Score},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            application_forms as forms, application_scores as scores, applications, enrolments, evidence_readings,
        },
    },
    error::Result,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// All of a cohort in this state.
pub fn in_state(conn: &mut Conn, cohort: Id, status: ApplicationStatus) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::cohort_id.eq(cohort))
        .filter(applications::status.eq(status))
        .order((applications::turn, applications::id))
        .select(Application::as_select())
        .load(conn)?)
}

/// How full the cohort is. Whoever has accepted and is a student no longer holds no place.
pub fn places(conn: &mut Conn, intake: &Intake) -> Result<Places> {
    let cohort = intake.cohort_id;
    let each: Vec<(ApplicationStatus, Id)> = applications::table
        .filter(applications::cohort_id.eq(cohort))
        .filter(applications::status.among([
            ApplicationStatus::Offered,
            ApplicationStatus::Accepted,
            ApplicationStatus::Waitlisted,
        ]))
        .select((applications::status, applications::person_id))
        .load(conn)?;
    let count = |status| i64::try_from(each.iter().filter(|(is, _)| *is == status).count()).unwrap_or(i64::MAX);
    let accepted = each.iter().filter(|(status, _)| *status == ApplicationStatus::Accepted);
    let studying: i64 = enrolments::table
        .filter(enrolments::cohort_id.eq(cohort))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .filter(enrolments::person_id.among(accepted.map(|(_, person)| *person)))
        .count()
        .get_result(conn)?;
    Ok(Places {
        places: intake.places.into(),
        held: count(ApplicationStatus::Offered) + studying,
        waiting: count(ApplicationStatus::Waitlisted),
    })
}

/// The turn of whoever joins the waiting list next.
pub fn next_turn(conn: &mut Conn, cohort: Id) -> Result<i64> {
    let last: Option<i64> = applications::table
        .filter(applications::cohort_id.eq(cohort))
        .select(diesel::dsl::max(applications::turn))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// The turns of all who wait in these cohorts.
pub fn turns(conn: &mut Conn, cohorts: &[Id]) -> Result<Vec<(Id, Option<i64>)>> {
    if cohorts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(applications::table
        .filter(applications::cohort_id.among(cohorts.to_vec()))
        .filter(applications::status.eq(ApplicationStatus::Waitlisted))
        .select((applications::cohort_id, applications::turn))
        .load(conn)?)
}

/// Cohorts in which an offer may have run out, or a place may be free for who waits.
pub fn cohorts_with_offers(conn: &mut Conn) -> Result<Vec<Id>> {
    Ok(applications::table
        .filter(applications::status.among([ApplicationStatus::Offered, ApplicationStatus::Waitlisted]))
        .select(applications::cohort_id)
        .distinct()
        .load(conn)?)
}

/// What counts of applications, all in one.
pub struct Counting {
    pub forms: Vec<Form>,
    pub readings: Vec<Reading>,
    pub scores: Vec<Score>,
}

/// What counts of the applications to a cohort that wait for a decision.
pub fn counting(conn: &mut Conn, cohort: Id) -> Result<Counting> {
    let undecided = applications::status.eq(ApplicationStatus::Submitted);
    Ok(Counting {
        forms: forms::table
            .filter(forms::cohort_id.eq(cohort))
            .select(Form::as_select())
            .load(conn)?,
        readings: evidence_readings::table
            .inner_join(applications::table)
            .filter(applications::cohort_id.eq(cohort))
            .filter(undecided)
            .select(Reading::as_select())
            .load(conn)?,
        scores: scores::table
            .inner_join(applications::table)
            .filter(applications::cohort_id.eq(cohort))
            .filter(undecided)
            .select(Score::as_select())
            .load(conn)?,
    })
}

/// How many applications to a cohort are in each state.
pub fn figures(conn: &mut Conn, cohort: Id) -> Result<Vec<(ApplicationStatus, i64)>> {
    Ok(applications::table
        .filter(applications::cohort_id.eq(cohort))
        .group_by(applications::status)
        .select((applications::status, diesel::dsl::count_star()))
        .load(conn)?)
}
