//! Cohorts over HTTP.

mod operations;
mod weeks;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use operations::operations;
pub use weeks::{change_project, change_week, get_project, get_week, insert_week, list_weeks};

use super::{
    actions::{self, Pattern},
    model::{Cohort, CohortPatch, CohortSelection, CohortSort, CohortStatus},
};
use crate::{
    error::{Error, Result},
    primitives::{Date, Filter, Id, Instant, Line, Page, Several, Slug, list_query},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A new cohort, from a programme or from another cohort.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "slug": "fac16", "name": "FAC16", "programme_id": "0ds8x2v4fmg00", "starts_on": "2026-03-02",
}))]
pub struct NewCohort {
    /// Short name for URLs, unique at its campus.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// The programme it runs. Give this or `clone_of`.
    programme_id: Option<Id>,
    /// A cohort of this or another campus whose weeks and projects are copied as they are now. Its students are not
    /// copied.
    clone_of: Option<Id>,
    /// First day, which must be a working day of the campus.
    starts_on: Date,
    /// `planned`, also if left out; or `graduated` for a cohort that ended before it is entered here, so that its alumni
    /// can be.
    #[serde(default)]
    status: Option<CohortStatus>,
}

impl NewCohort {
    fn pattern(&self) -> Result<Pattern> {
        match (self.programme_id, self.clone_of) {
            (Some(programme), None) => Ok(Pattern::Programme(programme)),
            (None, Some(cohort)) => Ok(Pattern::Cohort(cohort)),
            (None, None) => {
                let why = "is required, unless `clone_of` names a cohort to copy";
                Err(Error::field("/programme_id", "required", why))
            }
            (Some(_), Some(_)) => {
                let why = "cannot be combined with `programme_id`: a copy has the programme of its original";
                Err(Error::field("/clone_of", "invalid", why))
            }
        }
    }
}

/// A cohort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Cohort")]
pub struct CohortView {
    /// The cohort's id.
    id: Id,
    /// The campus it runs at.
    campus_id: Id,
    /// The programme it was made from.
    programme_id: Id,
    /// Short name for URLs, unique at its campus.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// Where it stands.
    status: CohortStatus,
    /// First day of its first week.
    starts_on: NaiveDate,
    /// Last working day of its last week.
    ends_on: NaiveDate,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was created.
    created_at: Instant,
}

impl From<Cohort> for CohortView {
    fn from(cohort: Cohort) -> Self {
        Self {
            id: cohort.id,
            campus_id: cohort.campus_id,
            programme_id: cohort.programme_id,
            slug: cohort.slug,
            name: cohort.name,
            status: cohort.status,
            starts_on: cohort.starts_on,
            ends_on: cohort.ends_on,
            version: cohort.version,
            created_at: cohort.created_at,
        }
    }
}

/// A cohort, as it is shown by itself.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CohortWithWeek")]
pub struct CohortWithWeek {
    #[serde(flatten)]
    cohort: CohortView,
    /// The number of the week that it is by the calendar of the campus; null before the first week, after the last, and of a
    /// cohort that was called off.
    current_week: Option<i32>,
}

/// `POST /v1/campuses/{id}/cohorts`
pub async fn make_cohort(call: Call<ById, NoQuery, Json<NewCohort>>) -> Result<Reply<CohortWithWeek>> {
    call.write(|conn, call| {
        let new = actions::NewCohort {
            slug: call.body.slug.clone(),
            name: call.body.name.clone(),
            pattern: call.body.pattern()?,
            starts_on: call.body.starts_on.get(),
            status: call.body.status.unwrap_or(CohortStatus::Planned),
        };
        let cohort = actions::make(conn, &call.actor, call.path.id, new, call.now)?;
        let (location, version) = (format!("/v1/cohorts/{}", cohort.id), cohort.version);
        let view = CohortWithWeek {
            current_week: actions::current_week(conn, &cohort, call.now)?,
            cohort: cohort.into(),
        };
        Ok(Reply::created(location, &view)?.version(version))
    })
    .await
}

list_query! {
    /// Which cohorts.
    pub struct CohortQuery {
        /// Filter by campus.
        campus_id: Option<Id>,
        /// Filter by status.
        status: Option<Several<CohortStatus>>,
        /// Only those that end on this day or later.
        from: Option<Date>,
        /// Only those that begin on this day or earlier.
        to: Option<Date>,
        /// Filter by slug, which is unique only within a campus.
        slug: Option<Slug>,
        /// The order; oldest first if left out.
        sort: Option<CohortSort>,
    }
}

/// `GET /v1/cohorts`
pub async fn list_cohorts(call: Call<NoPath, CohortQuery, NoBody>) -> Result<Reply<Page<CohortView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = CohortSelection {
            campus: query.campus_id,
            filter: Filter::of(query.status.as_ref(), query.from, query.to)?,
            slug: query.slug.clone(),
            sort: query.sort,
            after: None,
        };
        let page = actions::list(conn, selection, query.cursor.as_ref(), query.limit)?;
        call.page(page.map(CohortView::from))
    })
    .await
}

fn reply(cohort: Cohort, current_week: Option<i32>) -> Result<Reply<CohortWithWeek>> {
    let version = cohort.version;
    let view = CohortWithWeek {
        cohort: cohort.into(),
        current_week,
    };
    Ok(Reply::ok(&view)?.version(version))
}

/// `GET /v1/cohorts/{id}`
pub async fn get_cohort(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<CohortWithWeek>> {
    call.read(|conn, call| {
        let cohort = actions::cohort(conn, call.path.id)?;
        let week = actions::current_week(conn, &cohort, call.now)?;
        reply(cohort, week)
    })
    .await
}

/// `PATCH /v1/cohorts/{id}`
pub async fn change_cohort(call: Call<ById, NoQuery, Json<CohortPatch>>) -> Result<Reply<CohortWithWeek>> {
    call.write(|conn, call| {
        let changed = actions::change(conn, &call.actor, call.path.id, &call.body, call.if_match, call.now)?;
        let week = actions::current_week(conn, &changed, call.now)?;
        reply(changed, week)
    })
    .await
}
