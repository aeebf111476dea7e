//! Encounters over HTTP, in numbers and as a picture.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cohorts::model::FIRST_WEEK,
    error::Result,
    pictures,
    primitives::{Page, page::PageInfo},
    teams::{
        actions::{self, RoleLedger},
        model::{Encounter, Encounters, Names, PersonName},
        rules::LedgerEntry,
    },
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// Who has worked with whom.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Encounters")]
pub struct EncountersView {
    /// Every pair that was in one team, in the order of their names. A round of several weeks counts once.
    data: Vec<EncounterView>,
    /// Always the whole list.
    page: PageInfo,
    /// Every student who has not withdrawn, by name.
    students: Vec<Coverage>,
    /// Number of pairs of these students that have not met.
    never_met: usize,
}

/// Two people who were in one team.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Encounter")]
pub struct EncounterView {
    /// The two people.
    people: [PersonName; 2],
    /// In how many published rounds they were together.
    meetings: usize,
    /// The first weeks of those rounds.
    weeks: Vec<i32>,
}

/// How much of the cohort a student has worked with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EncounterCoverage")]
pub struct Coverage {
    #[serde(flatten)]
    person: PersonName,
    /// How many of the others they have worked with.
    met: usize,
    /// How many of the others they have not worked with.
    never_met: usize,
}

impl From<Encounters> for EncountersView {
    fn from(found: Encounters) -> Self {
        let count = found.students.len();
        let coverage = |person: PersonName| {
            let met = found.met.iter().filter(|met| met.pair.contains(&person.id)).count();
            Coverage {
                met,
                never_met: count.saturating_sub(met + 1),
                person,
            }
        };
        let names: Names = found.students.iter().cloned().collect();
        let view = |met: &Encounter| EncounterView {
            people: met.pair.map(|id| names.of(id)),
            meetings: met.weeks.len(),
            weeks: met.weeks.clone(),
        };
        let Page { data, page } = Page::whole(found.met.iter().map(view).collect());
        Self {
            data,
            page,
            never_met: (count * count.saturating_sub(1) / 2).saturating_sub(found.met.len()),
            students: found.students.iter().cloned().map(coverage).collect(),
        }
    }
}

/// `GET /v1/cohorts/{id}/encounters`
pub async fn list_encounters(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<EncountersView>> {
    call.read(|conn, call| {
        let found = actions::list_encounters(conn, &call.actor, call.path.id)?;
        if !call.prefers(pictures::SVG) {
            return Reply::ok(&EncountersView::from(found));
        }
        pictures::check_legible(found.students.len())?;
        Ok(Reply::media(pictures::SVG, pictures::heat_map(&found)))
    })
    .await
}

/// Who has had which role how often.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RoleLedger")]
pub struct RoleLedgerView {
    /// Every student who has not withdrawn, by name.
    data: Vec<LedgerEntry>,
    /// Always the whole list.
    page: PageInfo,
    /// The programme's roles, in the order they rotate.
    roles: Vec<String>,
}

/// `GET /v1/cohorts/{id}/role-ledger`
pub async fn list_roles(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<RoleLedgerView>> {
    call.read(|conn, call| {
        let RoleLedger { roles, entries } = actions::list_roles(conn, &call.actor, call.path.id, FIRST_WEEK)?;
        let Page { data, page } = Page::whole(entries);
        Reply::ok(&RoleLedgerView { data, page, roles })
    })
    .await
}
