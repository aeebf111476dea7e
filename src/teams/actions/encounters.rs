//! Who has worked with whom.

use crate::{
    authz::{Actor, CohortInsider},
    cohorts,
    db::Conn,
    error::Result,
    primitives::Id,
    students::{self, model::EnrolmentStatus},
    teams::{
        model::PersonName,
        rules::{self, Encounters},
        store,
    },
};

/// Counts the encounters in published rounds, for those inside the cohort.
pub fn encounters(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Encounters> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    CohortInsider::prove_or_hide(actor, cohort.campus_id, cohort.id)?;
    let roster = students::store::roster(conn, cohort.id)?;
    let stayed = roster
        .iter()
        .filter(|(enrolment, _)| enrolment.status != EnrolmentStatus::Withdrawn);
    let students: Vec<PersonName> = stayed.map(|(_, card)| card.into()).collect();
    let ids: Vec<Id> = students.iter().map(|student| student.id).collect();
    let met = rules::encounters(&store::published_rounds(conn, cohort.id)?, &ids);
    Ok(Encounters {
        cohort: cohort.name.to_string(),
        students,
        met,
    })
}
