//! Queries on actions.

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    cohorts::model::Cohort,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{actions, campus_staff, enrolments, people},
    },
    error::Result,
    primitives::Id,
    retros::{
        events::{self, NewOwner},
        model::{Action, ActionSelection, ActionStatus},
        proofs::ActionKeeper,
    },
    students::model::EnrolmentStatus,
};

/// Up to `limit` actions of a cohort, in the order they were made.
pub fn actions(conn: &mut Conn, cohort: Id, selection: &ActionSelection, limit: i64) -> Result<Vec<Action>> {
    let mut query = actions::table
        .filter(actions::cohort_id.eq(cohort))
        .order(actions::id)
        .limit(limit)
        .select(Action::as_select())
        .into_boxed();
    if let Some(states) = &selection.states {
        query = query.filter(actions::status.among(states));
    }
    if let Some(team) = selection.team {
        query = query.filter(actions::team_id.eq(team));
    }
    if let Some(owner) = selection.owner {
        query = query.filter(actions::owner_id.eq(owner));
    }
    if let Some(retro) = selection.retro {
        query = query.filter(actions::retro_id.eq(retro));
    }
    if let Some(after) = selection.after {
        query = query.filter(actions::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// How many actions a cohort has, whatever has become of them.
pub fn count_all(conn: &mut Conn, cohort: Id) -> Result<i64> {
    Ok(actions::table
        .filter(actions::cohort_id.eq(cohort))
        .count()
        .get_result(conn)?)
}

/// One action.
///
/// # Errors
/// `404`
pub fn action(conn: &mut Conn, id: Id) -> Result<Action> {
    Ok(actions::table.find(id).select(Action::as_select()).first(conn)?)
}

/// How many actions of a cohort are to be done.
pub fn count_open(conn: &mut Conn, cohort: Id) -> Result<i64> {
    Ok(actions::table
        .filter(actions::cohort_id.eq(cohort))
        .filter(actions::status.eq(ActionStatus::Open))
        .count()
        .get_result(conn)?)
}

/// Those of these people who are in the cohort, or on the staff of its campus.
pub fn owners(conn: &mut Conn, cohort: &Cohort, ids: &[Id]) -> Result<Vec<PersonCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<PersonCard> = enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.eq(cohort.id))
        .filter(enrolments::person_id.among(ids))
        .filter(enrolments::status.among([EnrolmentStatus::Enrolled, EnrolmentStatus::Graduated]))
        .select(PersonCard::as_select())
        .load(conn)?;
    let staff: Vec<PersonCard> = campus_staff::table
        .inner_join(people::table)
        .filter(campus_staff::campus_id.eq(cohort.campus_id))
        .filter(campus_staff::person_id.among(ids))
        .select(PersonCard::as_select())
        .load(conn)?;
    found.extend(staff);
    Ok(found)
}

/// Adds actions.
pub fn insert_actions(conn: &mut Conn, proof: &ActionKeeper, new: &[Action]) -> Result<()> {
    for action in new {
        debug_assert_eq!(proof.cohort(), action.cohort_id, "the proof holds elsewhere");
        diesel::insert_into(actions::table).values(action).execute(conn)?;
        tell(conn, action, "created", action.owner_id)?;
    }
    Ok(())
}

/// Changes an action to what is given.
pub fn update_action(conn: &mut Conn, proof: &ActionKeeper, before: &Action, action: &Action) -> Result<()> {
    debug_assert_eq!(proof.cohort(), action.cohort_id, "the proof holds elsewhere");
    diesel::update(actions::table.find(action.id))
        .set(action)
        .execute(conn)?;
    tell(
        conn,
        action,
        "updated",
        action.owner_id.filter(|_| action.owner_id != before.owner_id),
    )
}

fn tell(conn: &mut Conn, action: &Action, what: &str, new_owner: Option<Id>) -> Result<()> {
    let told = events::action(action.cohort_id, action.id);
    match new_owner {
        Some(owner_id) => told.happened_with(conn, what, &NewOwner { owner_id }),
        None => told.happened(conn, what),
    }
}
