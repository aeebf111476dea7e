//! Absences over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonView,
    error::Result,
    primitives::{Date, Field, Id, Instant, Page, Period, Text, list_query},
    students::actions::{self, StudentDay, StudentWeek},
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

/// `{id}/absences/{person_id}/{date}`
#[derive(Clone, Copy, Deserialize, JsonSchema)]
pub struct ByPersonAndDate {
    /// The cohort's id.
    id: Id,
    /// The student's id.
    person_id: Id,
    /// A day of one of the cohort's weeks.
    date: Date,
}

impl ByPersonAndDate {
    fn missed(self) -> StudentDay {
        StudentDay {
            cohort: self.id,
            day: self.date.get(),
            person: self.person_id,
        }
    }
}

/// `PUT /v1/cohorts/{id}/absences/{person_id}/{date}`
pub async fn set_day_absence(call: Call<ByPersonAndDate, NoQuery, OptionalJson<NewAbsence>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::set_day_absence(conn, &call.actor, call.path.missed(), &call.body.reason, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/absences/{person_id}/{date}`
pub async fn remove_day_absence(call: Call<ByPersonAndDate, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_day_absence(conn, &call.actor, call.path.missed(), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

list_query! {
    /// Which days.
    pub struct DayAbsenceQuery {
        /// This day or later ones.
        from: Option<Date>,
        /// This day or earlier ones.
        to: Option<Date>,
    }
}

/// A student who misses a day.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "DayAbsence")]
pub struct DayAbsenceView {
    /// The day.
    date: NaiveDate,
    /// The student.
    person: PersonView,
    /// Why, if they said so.
    reason: Option<Text>,
    /// When it was noted.
    created_at: Instant,
}

/// `GET /v1/cohorts/{id}/day-absences`
pub async fn list_day_absences(call: Call<ById, DayAbsenceQuery, NoBody>) -> Result<Reply<Page<DayAbsenceView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let (period, after) = (Period::of(query.from, query.to)?, query.after()?);
        let (cohort, limit) = (call.path.id, query.limit.plus_one());
        let absences = actions::day_absences(conn, &call.actor, cohort, period, after, limit)?;
        let views = absences.into_iter().map(|(absence, person)| DayAbsenceView {
            date: absence.day,
            person,
            reason: absence.reason,
            created_at: absence.created_at,
        });
        call.page(Page::of(views.collect(), query.limit, |view| {
            (view.date, view.person.id)
        }))
    })
    .await
}
