//! Absences over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonView,
    error::Result,
    primitives::{Field, Instant, Page, Text, list_query},
    students::actions::{self, StudentWeek},
    web::{ById, ByWeekAndPerson, Call, NoBody, NoQuery, OptionalJson, Reply},
};

/// Why somebody misses a week, if they want to say.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"reason": "An exam at the university."}))]
pub struct NewAbsence {
    /// Seen by staff and the student only. If left out, an earlier reason stays; `null` clears it.
    #[serde(default)]
    reason: Field<Option<Text>>,
}

fn missed(path: ByWeekAndPerson) -> StudentWeek {
    StudentWeek {
        cohort: path.id,
        week: path.number.0,
        person: path.person_id,
    }
}

/// `PUT /v1/cohorts/{id}/weeks/{number}/absences/{person_id}`
pub async fn set_absence(call: Call<ByWeekAndPerson, NoQuery, OptionalJson<NewAbsence>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::set_absence(conn, &call.actor, missed(call.path), &call.body.reason, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/weeks/{number}/absences/{person_id}`
pub async fn remove_absence(call: Call<ByWeekAndPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_absence(conn, &call.actor, missed(call.path), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

list_query! {
    /// Which absences.
    pub struct AbsenceQuery {
        /// Filter by week.
        #[serde(default)]
        week: Option<i32>,
    }
}

/// A student who misses a week.
#[derive(Clone, Serialize, JsonSchema)]
pub struct AbsenceView {
    /// The number of the week they miss.
    week: i32,
    /// The student.
    person: PersonView,
    /// Why, if they said so.
    reason: Option<Text>,
    /// When it was noted.
    created_at: Instant,
}

/// `GET /v1/cohorts/{id}/absences`
pub async fn list_absences(call: Call<ById, AbsenceQuery, NoBody>) -> Result<Reply<Page<AbsenceView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let after = call.query.after()?;
        let absences = actions::absences(
            conn,
            &call.actor,
            call.path.id,
            call.query.week,
            after,
            limit.plus_one(),
        )?;
        let views = absences.into_iter().map(|(absence, person)| AbsenceView {
            week: absence.week_number,
            person,
            reason: absence.reason,
            created_at: absence.created_at,
        });
        let page = Page::of(views.collect(), limit, |view| (view.week, view.person.id));
        call.page(page)
    })
    .await
}
