//! Intakes, what they ask, and who is interested.

use diesel::{dsl::exists, prelude::*};

use crate::{
    admissions::{
        events,
        model::{ApplicationStatus, Form, Intake, LocalIntake, Trial, TrialNews},
        proofs::Applicant,
    },
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            admission_interests as interests, application_forms as forms, applications, campuses, cohorts, intakes,
        },
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};

/// Up to `limit` intakes behind a cohort that close later than the clocks show at some place, at one campus if it is named.
/// Of campuses that are closed there are none.
pub fn intakes_to_come(
    conn: &mut Conn,
    campus: Option<Id>,
    after: Option<Id>,
    closes_after: LocalTime,
    limit: i64,
) -> Result<Vec<LocalIntake>> {
    let rows: Vec<(Intake, Cohort, TimeZone)> = on_both!(conn, |conn| {
        let mut query = intakes::table
            .inner_join(cohorts::table)
            .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
            .filter(intakes::closes_local.gt(closes_after))
            .filter(campuses::closed_at.is_null())
            .order(intakes::cohort_id)
            .limit(limit)
            .select((Intake::as_select(), Cohort::as_select(), campuses::time_zone))
            .into_boxed();
        if let Some(campus) = campus {
            query = query.filter(cohorts::campus_id.eq(campus));
        }
        if let Some(after) = after {
            query = query.filter(intakes::cohort_id.gt(after));
        }
        query.load(conn)
    })?;
    let local = |(intake, cohort, zone)| LocalIntake { intake, cohort, zone };
    Ok(rows.into_iter().map(local).collect())
}

/// The intakes of these cohorts.
pub(super) fn of_cohorts(conn: &mut Conn, ids: &[Id]) -> Result<Vec<LocalIntake>> {
    let rows: Vec<(Intake, Cohort, TimeZone)> = on_both!(conn, |conn| intakes::table
        .inner_join(cohorts::table)
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(intakes::cohort_id.eq_any(ids))
        .select((Intake::as_select(), Cohort::as_select(), campuses::time_zone))
        .load(conn))?;
    let local = |(intake, cohort, zone)| LocalIntake { intake, cohort, zone };
    Ok(rows.into_iter().map(local).collect())
}

/// Makes the intake of a cohort, or puts another in its place.
pub fn save(conn: &mut Conn, proof: &CohortStaff, intake: &Intake, news: Option<TrialNews>) -> Result<()> {
    debug_assert_eq!(proof.cohort(), intake.cohort_id, "the proof holds elsewhere");
    if intake.version == 1 {
        diesel::insert_into(intakes::table).values(intake).execute(conn)?;
        return events::intake(intake.cohort_id).created(conn);
    }
    diesel::update(intakes::table.find(intake.cohort_id))
        .set(intake)
        .execute(conn)?;
    match news {
        Some(news) => events::intake(intake.cohort_id).happened_with(conn, "updated", &news),
        None => events::intake(intake.cohort_id).updated(conn),
    }
}

/// Who would come to the trial week of a cohort, or were offered a place in it.
pub fn trial_guests(conn: &mut Conn, cohort: Id) -> Result<Vec<Id>> {
    let applied: Vec<(Id, ApplicationStatus, Option<Trial>)> = applications::table
        .filter(applications::cohort_id.eq(cohort))
        .filter(applications::status.among([
            ApplicationStatus::Submitted,
            ApplicationStatus::Offered,
            ApplicationStatus::Accepted,
        ]))
        .order(applications::person_id)
        .select((applications::person_id, applications::status, applications::trial))
        .load(conn)?;
    let comes = |status, trial: Option<Trial>| status != ApplicationStatus::Submitted || trial == Some(Trial::Invited);
    let guests = applied.into_iter().filter(|(_, status, trial)| comes(*status, *trial));
    Ok(guests.map(|(person, ..)| person).collect())
}

/// Intakes of which nobody was told yet that they are open, or have been, and whose opening is behind what the clocks show.
pub fn newly_open(conn: &mut Conn, opens_before: LocalTime) -> Result<Vec<Id>> {
    Ok(intakes::table
        .filter(intakes::opening_told_at.is_null())
        .filter(intakes::opens_local.lt(opens_before))
        .order(intakes::cohort_id)
        .select(intakes::cohort_id)
        .load(conn)?)
}

/// Notes that those who are interested are told that it is open. `false` if it was noted before.
pub fn set_opening_told(conn: &mut Conn, cohort: Id, now: Instant) -> Result<bool> {
    let untold = intakes::table.find(cohort).filter(intakes::opening_told_at.is_null());
    let noted = diesel::update(untold)
        .set(intakes::opening_told_at.eq(now))
        .execute(conn)?;
    Ok(noted == 1)
}

/// What is asked now, if anything is.
pub fn current_form(conn: &mut Conn, cohort: Id) -> Result<Option<Form>> {
    Ok(forms::table
        .filter(forms::cohort_id.eq(cohort))
        .order(forms::number.desc())
        .select(Form::as_select())
        .first(conn)
        .optional()?)
}

/// A version of a form.
///
/// # Errors
/// `404` if there is none.
pub fn form(conn: &mut Conn, id: Id) -> Result<Form> {
    Ok(forms::table.find(id).select(Form::as_select()).first(conn)?)
}

/// Asks this from now on.
pub fn insert_form(conn: &mut Conn, form: &Form) -> Result<()> {
    diesel::insert_into(forms::table).values(form).execute(conn)?;
    Ok(())
}

/// Notes that somebody is interested. Repeating it changes nothing.
pub fn insert_interest(conn: &mut Conn, proof: &Applicant, now: Instant) -> Result<()> {
    let (cohort, person) = (proof.cohort(), proof.person());
    let there = interests::table.find((cohort, person));
    if diesel::select(exists(there)).get_result(conn)? {
        return Ok(());
    }
    diesel::insert_into(interests::table)
        .values((
            interests::cohort_id.eq(cohort),
            interests::person_id.eq(person),
            interests::created_at.eq(now),
        ))
        .execute(conn)?;
    events::interest(cohort, person).created(conn)
}

/// Notes that somebody is interested no longer.
///
/// # Errors
/// `404` if they were not.
pub fn delete_interest(conn: &mut Conn, proof: &Applicant) -> Result<()> {
    let own = interests::table.find((proof.cohort(), proof.person()));
    match diesel::delete(own).execute(conn)? {
        0 => Err(Error::not_found()),
        _ => events::interest(proof.cohort(), proof.person()).deleted(conn),
    }
}

/// Who is interested in a cohort.
pub fn interested(conn: &mut Conn, cohort: Id) -> Result<Vec<Id>> {
    Ok(interests::table
        .filter(interests::cohort_id.eq(cohort))
        .order(interests::person_id)
        .select(interests::person_id)
        .load(conn)?)
}

/// The intake of a cohort.
pub fn intake(conn: &mut Conn, cohort: Id) -> Result<Option<Intake>> {
    Ok(on_both!(conn, |conn| intakes::table
        .find(cohort)
        .select(Intake::as_select())
        .first(conn)
        .optional())?)
}
