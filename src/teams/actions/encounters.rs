//! Who has worked with whom, who has had which role, and whose turn it was in the smaller team.

use std::collections::BTreeMap;

use crate::{
    authz::Actor,
    cohorts::CohortInsider,
    db::Conn,
    error::Result,
    primitives::Id,
    programmes,
    students::{self, model::EnrolmentStatus},
    teams::{
        model::{self, Encounters, PersonName},
        rules::{self, LedgerEntry, Turns},
        store,
    },
};

/// Counts the encounters in published rounds, for those inside the cohort.
pub fn list_encounters(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Encounters> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let students = students_of(conn, cohort.id)?;
    let ids: Vec<Id> = students.iter().map(|student| student.id).collect();
    let met = model::encounters(&store::published_rounds(conn, cohort.id)?, &ids);
    Ok(Encounters {
        cohort: cohort.name.to_string(),
        students,
        met,
    })
}

/// Those who have not left, by name.
fn students_of(conn: &mut Conn, cohort: Id) -> Result<Vec<PersonName>> {
    let roster = students::store::roster(conn, cohort)?;
    let stayed = roster
        .iter()
        .filter(|(enrolment, _)| enrolment.status != EnrolmentStatus::Withdrawn);
    Ok(stayed.map(|(_, card)| card.into()).collect())
}

/// The roles of a cohort's programme, in the order they rotate, and who has had which.
pub struct RoleLedger {
    /// The roles.
    pub roles: Vec<String>,
    /// Everybody who has not left, by name.
    pub entries: Vec<LedgerEntry>,
}

/// Counts the roles in published rounds that begin in a week or later, for those inside the cohort.
pub fn list_roles(conn: &mut Conn, actor: &Actor, cohort: Id, from: i32) -> Result<RoleLedger> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let programme = programmes::store::programme(conn, cohort.programme_id)?;
    let roles: Vec<String> = programme
        .role_names()?
        .iter()
        .map(|role| role.as_str().to_owned())
        .collect();
    let mut rounds = store::published_rounds(conn, cohort.id)?;
    rounds.retain(|round| round.span.first >= from);
    rounds.sort_by_key(|round| round.span);
    let students = students_of(conn, cohort.id)?;
    Ok(RoleLedger {
        entries: rules::ledger(students, &rounds, &roles),
        roles,
    })
}

/// Counts the turns in smaller teams of published rounds that begin in a week or later, for those inside the cohort.
pub fn list_turns(conn: &mut Conn, actor: &Actor, cohort: Id, from: i32) -> Result<BTreeMap<Id, Turns>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let mut rounds = store::published_rounds(conn, cohort.id)?;
    rounds.retain(|round| round.span.first >= from);
    Ok(rules::turns(&rounds))
}
