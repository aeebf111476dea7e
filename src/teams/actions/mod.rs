//! What staff and students do with teams.

mod edits;
mod encounters;
mod plans;
mod publication;
mod published;
mod repairs;
mod reruns;
mod trade_offs;

use std::collections::BTreeMap;

pub use edits::{WhichEdit, edit, preview};
pub use encounters::{RoleLedger, encounters, role_ledger};
pub use plans::{Asked, FullPlan, Glance, ask, discard, form, keep, order, plan, plan_at_a_glance, plans, solve};
pub use publication::{WhichWay, explanation, publish};
pub use published::{Changes, TeamView, WeekView, change_team, own_team, team, week_teams};
pub use repairs::{MadeRepair, OptionsFor, propose, repair, repairs};
pub use reruns::{AskedAgain, RerunOf, ask_again, ask_ordered, form_again, keep_again, order_again, solve_again};
pub use trade_offs::{
    AskedCurve, CurveOf, CurveView, ask_trade_off, choose, find_trade_off, keep_trade_off, order_trade_off, trade_off,
};

use super::{
    model::{Formed, PlanRequest, Progress, Rule, Seed, Snapshot, Span, Student, WeekDates},
    problem,
    rules::{self, Names},
    store,
};
use crate::{
    authz::{Actor, CohortStaff},
    cohorts::{
        self,
        model::{Cohort, CohortStatus},
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::Id,
    programmes,
    students::{
        self,
        model::{EnrolmentStatus, PairRule},
    },
};

/// A cohort for its staff; to everybody else its drafts do not exist.
fn for_staff(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, CohortStaff)> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    let staff = CohortStaff::prove_or_hide(actor, cohort.campus_id, cohort.id)?;
    Ok((cohort, staff))
}

/// Teams are made and changed only while a cohort is going on.
fn check_going_on(cohort: &Cohort) -> Result<()> {
    if matches!(cohort.status, CohortStatus::Planned | CohortStatus::Running) {
        return Ok(());
    }
    let status = cohort.status.as_str();
    let detail = format!("The cohort is {status}, so its teams can no longer change.");
    Err(Error::new(Code::Conflict, detail))
}

/// The seed that is chosen, knowing the one that the published rounds came of.
fn seed(conn: &mut Conn, cohort: Id, choose: impl FnOnce(Option<i64>) -> i64) -> Result<Seed> {
    let published = store::seed_of_published(conn, cohort)?;
    let value = choose(published);
    Ok(Seed {
        value,
        is_known: published == Some(value),
    })
}

/// Teams for the rounds, with the rest of the course in mind; or why there are none, for those who asked.
fn form_or_tell(
    snapshot: &Snapshot,
    (request, rounds): (&PlanRequest, &[Span]),
    seed: Seed,
    names: &Names,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Formed> {
    let ahead = rules::rounds_ahead(request, snapshot);
    let formed = problem::form(snapshot, request, (rounds, &ahead), seed, watch)?;
    formed.map_err(|why| rules::infeasible(&why, snapshot, (request, rounds), names))
}

/// The cohort as its teams depend on it, and what its people are called.
fn snapshot(conn: &mut Conn, cohort: &Cohort) -> Result<(Snapshot, Names)> {
    let (mut students, mut names) = (Vec::new(), Names::default());
    for (enrolment, card) in students::store::roster(conn, cohort.id)? {
        students.push(Student {
            id: card.id,
            enrolled: enrolment.status == EnrolmentStatus::Enrolled,
            experience: enrolment.experience,
            attributes: text_values(&enrolment.attributes),
            joined_on: enrolment.joined_on,
            left_on: enrolment.left_on,
        });
        names.0.insert(card.id, card.name.to_string());
    }
    students.sort_unstable_by_key(|student| student.id);
    let programme = programmes::store::programme(conn, cohort.programme_id)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?
        .into_iter()
        .map(|week| WeekDates {
            number: week.number,
            phase: week.phase,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
        });
    let absences = students::store::absences(conn, cohort.id)?;
    let snapshot = Snapshot {
        weeks: weeks.collect(),
        students,
        absences: absences
            .iter()
            .map(|absence| (absence.week_number, absence.person_id))
            .collect(),
        rules: students::store::pair_rules(conn, cohort.id)?.iter().map(rule).collect(),
        roles: serde_json::from_str(&programme.roles).map_err(Error::internal)?,
        published: store::published_rounds(conn, cohort.id)?,
    };
    Ok((snapshot, names))
}

fn text_values(json: &str) -> BTreeMap<String, String> {
    let values: BTreeMap<String, serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let text = |(name, value): (String, serde_json::Value)| Some((name, value.as_str()?.to_owned()));
    values.into_iter().filter_map(text).collect()
}

fn rule(rule: &PairRule) -> Rule {
    Rule {
        id: rule.id,
        kind: rule.kind,
        pair: [rule.person_a, rule.person_b],
        weeks: Span {
            first: rule.from_week.unwrap_or(0),
            last: rule.to_week.unwrap_or(i32::MAX),
        },
    }
}
