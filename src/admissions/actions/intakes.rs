//! Reading an intake, setting it up, and being interested in it.

use crate::{
    admissions::{
        model::{Form, Intake, IntakeState, LocalIntake, NewForm, NewIntake, TrialNews},
        proofs::{self, Applicant},
        rules::{forms, intakes as rules},
        store,
    },
    audit,
    authz::Actor,
    cohorts::{self, CohortStaff},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Date, Id, IfMatch, Instant, LocalTime, Stored, time::TimeZone},
};

/// An intake as somebody sees it.
pub struct ShownIntake {
    pub local: LocalIntake,
    pub state: IntakeState,
    /// What is asked, if that is known yet.
    pub form: Option<Form>,
    /// Whether they see what comes before the cohort.
    pub is_for_staff: bool,
}

/// The intake of a cohort, for everybody.
pub fn intake(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<ShownIntake> {
    let is_for_staff = match CohortStaff::of(conn, actor, cohort) {
        Ok(_) => true,
        Err(error) if matches!(error.code().status(), 401 | 403) => false,
        Err(error) => return Err(error),
    };
    shown(conn, cohort, is_for_staff, now)
}

fn shown(conn: &mut Conn, cohort: Id, is_for_staff: bool, now: Instant) -> Result<ShownIntake> {
    let local = proofs::intake(conn, cohort)?;
    Ok(ShownIntake {
        state: rules::state(&local, now),
        form: store::current_form(conn, cohort)?,
        local,
        is_for_staff,
    })
}

/// Up to `limit` intakes behind a cohort that are not closed, with what people can do about each.
pub fn list_intakes(
    conn: &mut Conn,
    campus: Option<Id>,
    after: Option<Id>,
    limit: i64,
    now: Instant,
) -> Result<Vec<(LocalIntake, IntakeState)>> {
    // The clocks of no place are further behind.
    let behind = LocalTime::of(now, TimeZone::UTC).plus(-chrono::TimeDelta::hours(12));
    let intakes = store::intakes_to_come(conn, campus, after, behind, limit)?;
    let with_state = |local: LocalIntake| {
        let state = rules::state(&local, now);
        (local, state)
    };
    Ok(intakes.into_iter().map(with_state).collect())
}

/// Sets up the intake of a cohort, or changes it. Offers that were made keep the time by which they are answered.
pub fn save_intake(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewIntake,
    known: IfMatch,
    now: Instant,
) -> Result<ShownIntake> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    rules::must_be_to_come(&cohort)?;
    let zone = cohorts::store::time_zone(conn, cohort.id)?;
    let (opens_local, closes_local) = rules::window(&new, &cohort, zone)?;
    let before = match proofs::intake(conn, cohort.id) {
        Ok(local) => Some(local.intake),
        Err(error) if error.code() == Code::NotFound => None,
        Err(error) => return Err(error),
    };
    known.check(before.as_ref().map_or(0, |intake| intake.version))?;
    let told = before.as_ref().and_then(|intake| intake.opening_told_at);
    let saved = Intake {
        cohort_id: cohort.id,
        interest_from: new.interest_from.map(Date::get),
        opens_local,
        closes_local,
        interviews_from: new.interviews_from.map(Date::get),
        interviews_to: new.interviews_to.map(Date::get),
        trial_from: new.trial_from.map(Date::get),
        trial_to: new.trial_to.map(Date::get),
        trial_place: new.trial_place,
        trial_url: new.trial_url,
        trial_starts: new.trial_starts,
        places: new.places,
        decide_by: new.decide_by.map(Date::get),
        reply_days: new.reply_days,
        waiting_list_until: new.waiting_list_until.map(Date::get),
        precourse: new.precourse,
        precourse_url: new.precourse_url,
        keep_months: new.keep_months,
        // Of one that is put off they are told when it opens.
        opening_told_at: told.filter(|_| opens_local.in_zone(zone) <= now),
        version: before.as_ref().map_or(1, |intake| intake.version + 1),
        created_at: before.as_ref().map_or(now, |intake| intake.created_at),
        updated_at: now,
        rubric: match &before {
            Some(intake) => intake.rubric.clone(),
            None => Stored::new(Vec::new())?,
        },
        is_blind: before.as_ref().is_some_and(|intake| intake.is_blind),
    };
    let is_same = before.as_ref().is_some_and(|before| {
        let as_before = Intake {
            version: before.version,
            updated_at: before.updated_at,
            ..saved.clone()
        };
        as_before == *before
    });
    if !is_same {
        if let Some(before) = &before {
            audit::changed(before, &saved);
        }
        let news = before.as_ref().and_then(|before| TrialNews::between(before, &saved));
        store::save(conn, &staff, &saved, news)?;
    }
    shown(conn, cohort.id, true, now)
}

/// Asks this from now on. Applications that were handed in keep the questions that they answer.
pub fn set_form(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewForm,
    known: IfMatch,
    now: Instant,
) -> Result<ShownIntake> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    let local = proofs::intake(conn, cohort.id).map_err(|error| match error.code() {
        Code::NotFound => Error::new(Code::Conflict, "The cohort has no intake yet. Set that up first."),
        _ => error,
    })?;
    known.check(local.intake.version)?;
    forms::check_questions(&new.questions)?;
    let before = store::current_form(conn, cohort.id)?;
    if before.as_ref().is_none_or(|form| *form.questions != new.questions) {
        let form = Form {
            id: Id::new(),
            cohort_id: cohort.id,
            number: before.map_or(1, |form| form.number + 1),
            questions: Stored::new(new.questions)?,
            created_at: now,
        };
        store::insert_form(conn, &form)?;
        let after = Intake {
            version: local.intake.version + 1,
            updated_at: now,
            ..local.intake
        };
        store::save(conn, &staff, &after, None)?;
    }
    shown(conn, cohort.id, true, now)
}

/// The caller is interested, and is told when applications open.
pub fn express_interest(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<()> {
    let (local, applicant) = Applicant::of(conn, actor, cohort)?;
    rules::must_take_interest(&local, now)?;
    store::insert_interest(conn, &applicant, now)
}

/// The caller is interested no longer.
pub fn withdraw_interest(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<()> {
    let (_, applicant) = Applicant::of(conn, actor, cohort)?;
    store::delete_interest(conn, &applicant)
}
