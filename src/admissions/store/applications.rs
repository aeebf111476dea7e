//! Applications.

use diesel::{dsl::exists, prelude::*};

use crate::{
    accounts::model::PersonCard,
    admissions::{
        events::{self, ApplicationChange, ApplicationEvent},
        model::{Application, ApplicationSelection, ApplicationStatus, Applied, Changed, LocalIntake, Trial},
        proofs::{Applicant, ApplicationKeeper, IntakeStaff},
    },
    authz::SignedIn,
    cohorts::model::Cohort,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{application_recusals as recusals, applications, cohorts, intakes, people},
    },
    error::Result,
    on_both, outbox,
    primitives::{Id, Instant},
};

/// An application.
///
/// # Errors
/// `404` if there is none.
pub fn application(conn: &mut Conn, id: Id) -> Result<Option<Application>> {
    Ok(applications::table
        .find(id)
        .select(Application::as_select())
        .first(conn)
        .optional()?)
}

/// Who has applied to a cohort, or begun to: the application with its status, the person and their address.
pub fn applied(conn: &mut Conn, cohort: Id) -> Result<Vec<Applied>> {
    Ok(applications::table
        .inner_join(people::table)
        .filter(applications::cohort_id.eq(cohort))
        .select((
            applications::id,
            applications::status,
            applications::person_id,
            people::email,
        ))
        .load(conn)?)
}

/// Whether an application came from another cohort.
pub fn is_deferred_here(conn: &mut Conn, id: Id) -> Result<bool> {
    let from = applications::table.filter(applications::deferred_to.eq(id));
    Ok(diesel::select(exists(from)).get_result(conn)?)
}

/// The cohort in which an application goes on, if it was deferred.
pub fn deferred_to(conn: &mut Conn, id: Id) -> Result<Option<Id>> {
    let next: Option<Option<Id>> = applications::table
        .find(id)
        .select(applications::deferred_to)
        .first(conn)
        .optional()?;
    match next.flatten() {
        Some(next) => Ok(applications::table
            .find(next)
            .select(applications::cohort_id)
            .first(conn)
            .optional()?),
        None => Ok(None),
    }
}

/// How many applications a cohort has, drafts among them.
pub fn count(conn: &mut Conn, cohort: Id) -> Result<i64> {
    Ok(applications::table
        .filter(applications::cohort_id.eq(cohort))
        .count()
        .get_result(conn)?)
}

/// The caller's own with the intakes that they are to, the latest first.
pub fn own(conn: &mut Conn, proof: &SignedIn) -> Result<Vec<(Application, LocalIntake)>> {
    let all = applications_of(conn, proof.person())?;
    let ids: Vec<Id> = all.iter().map(|one| one.cohort_id).collect();
    let found = super::intakes::of_cohorts(conn, &ids)?;
    let with_intake = |application: Application| {
        let local = found.iter().find(|local| local.cohort.id == application.cohort_id)?;
        Some((application, local.clone()))
    };
    Ok(all.into_iter().filter_map(with_intake).collect())
}

/// All of a person, the latest first.
fn applications_of(conn: &mut Conn, person: Id) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::person_id.eq(person))
        .order(applications::id.desc())
        .select(Application::as_select())
        .load(conn)?)
}

/// Up to `limit` applications that were handed in, in the order in which they were begun, but for those that the caller has
/// nothing to do with.
pub fn page(
    conn: &mut Conn,
    proof: &IntakeStaff,
    selection: &ApplicationSelection,
    limit: i64,
) -> Result<Vec<(Application, PersonCard)>> {
    let mut query = applications::table
        .inner_join(people::table)
        .filter(applications::cohort_id.eq(proof.staff().cohort()))
        .filter(diesel::dsl::not(applications::id.among(proof.recused().to_vec())))
        .filter(applications::status.ne(ApplicationStatus::Draft))
        .order(applications::id)
        .limit(limit)
        .select((Application::as_select(), PersonCard::as_select()))
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(applications::status.among(states));
    }
    if let Some(trials) = selection.trials.clone() {
        query = query.filter(applications::trial.among(trials.into_iter().map(Some)));
    }
    if let Some(after) = selection.after {
        query = query.filter(applications::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Begins one.
pub fn insert(conn: &mut Conn, proof: &Applicant, application: &Application) -> Result<()> {
    debug_assert_eq!(proof.person(), application.person_id, "nobody applies for another");
    diesel::insert_into(applications::table)
        .values(application)
        .execute(conn)?;
    events::application(application).created(conn)
}

/// Puts what became of one in its place. What it has come to is told to the applicant and the staff; of what a draft was
/// nobody else learns.
pub fn update(
    conn: &mut Conn,
    proof: &ApplicationKeeper,
    changed: &Changed,
    cohort: &Cohort,
    now: Instant,
) -> Result<()> {
    let Changed { before, after } = changed;
    debug_assert_eq!(proof.cohort(), after.cohort_id, "the proof holds elsewhere");
    diesel::update(applications::table.find(after.id))
        .set(after)
        .execute(conn)?;
    let change = match after.trial {
        Some(Trial::Invited) if before.trial.is_none() => Some(ApplicationChange::TrialInvited),
        _ => ApplicationChange::to(after.status).filter(|_| before.status != after.status),
    };
    match change {
        // To the staff it is there no longer.
        None if after.status == ApplicationStatus::Draft && before.status != ApplicationStatus::Draft => {
            events::application(before).updated(conn)
        }
        Some(_) if before.status == ApplicationStatus::Draft && after.submitted_at.is_none() => {
            events::application(before).updated(conn)
        }
        Some(kind) => tell(conn, proof, after, cohort, kind, now),
        None => events::application(after).updated(conn),
    }
}

/// Tells the applicant and the staff that something happened to an application.
pub fn tell(
    conn: &mut Conn,
    proof: &ApplicationKeeper,
    of: &Application,
    cohort: &Cohort,
    kind: ApplicationChange,
    now: Instant,
) -> Result<()> {
    let event = ApplicationEvent {
        kind,
        application_id: of.id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        person_id: of.person_id,
    };
    outbox::record(conn, &event, proof.person(), now)
}

/// Lets an application go on in this cohort.
pub fn insert_deferred(
    conn: &mut Conn,
    proof: &ApplicationKeeper,
    application: &Application,
    cohort: &Cohort,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.cohort(), application.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(applications::table)
        .values(application)
        .execute(conn)?;
    tell(conn, proof, application, cohort, ApplicationChange::Submitted, now)
}

/// Those of a person of which something may still come.
pub fn open_of(conn: &mut Conn, person: Id) -> Result<Vec<Application>> {
    let mut all = applications_of(conn, person)?;
    all.retain(|application| !application.status.is_over());
    Ok(all)
}

/// Removes all of a person who goes for good.
pub fn delete_of(conn: &mut Conn, person: Id) -> Result<Vec<Application>> {
    let all = applications_of(conn, person)?;
    delete(conn, &all)?;
    Ok(all)
}

fn delete(conn: &mut Conn, all: &[Application]) -> Result<()> {
    let ids: Vec<Id> = all.iter().map(|one| one.id).collect();
    // Who stood aside is forgotten with the application, and not told of its end either.
    let aside: Vec<(Id, Id)> = recusals::table
        .filter(recusals::application_id.among(ids.clone()))
        .select((recusals::application_id, recusals::person_id))
        .load(conn)?;
    diesel::delete(applications::table.filter(applications::id.among(ids))).execute(conn)?;
    all.iter().try_for_each(|one| {
        let aside = aside.iter().filter(|(of, _)| *of == one.id).map(|(_, person)| *person);
        events::application_without(one, aside).deleted(conn)
    })
}

/// So many are removed at once.
const FORGOTTEN_AT_ONCE: i64 = 200;

/// Removes those that led nowhere as many months ago as their campus states, unless the applicant agrees that they are kept;
/// and what was never handed in or decided, as long after the cohort began and nobody has touched it. How many.
pub fn forget(conn: &mut Conn, now: Instant) -> Result<usize> {
    use ApplicationStatus::{Declined, Deferred, Draft, Expired, Offered, Rejected, Submitted, Waitlisted, Withdrawn};
    let months: Vec<i32> = intakes::table.select(intakes::keep_months).distinct().load(conn)?;
    let mut removed = 0;
    for kept in months {
        let months = chrono::Months::new(kept.try_into().unwrap_or_default());
        let Some(day) = now.date().checked_sub_months(months) else {
            continue;
        };
        let over = Instant::end_of(day);
        let old: Vec<Application> = on_both!(conn, |conn| {
            let stating = intakes::table
                .filter(intakes::keep_months.eq(kept))
                .select(intakes::cohort_id);
            let begun = cohorts::table.filter(cohorts::starts_on.le(day)).select(cohorts::id);
            let has_ended = applications::ended_at.lt(over).assume_not_null();
            let led_nowhere = applications::status.eq_any([Withdrawn, Declined, Deferred, Expired, Rejected]);
            let undecided = applications::status.eq_any([Draft, Submitted, Waitlisted, Offered]);
            let is_old = led_nowhere.and(has_ended).or(undecided
                .and(applications::cohort_id.eq_any(begun))
                .and(applications::updated_at.lt(over)));
            applications::table
                .filter(applications::cohort_id.eq_any(stating))
                .filter(applications::may_be_kept.eq(false))
                .filter(is_old)
                .limit(FORGOTTEN_AT_ONCE)
                .select(Application::as_select())
                .load(conn)
        })?;
        delete(conn, &old)?;
        removed += old.len();
    }
    Ok(removed)
}
