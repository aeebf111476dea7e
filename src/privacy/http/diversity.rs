//! The diversity of a campus's students, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{Date, Page, Period, Word},
    privacy::{actions, rules::Window},
    web::{ById, Call, NoBody, Reply},
};

/// What to count, and when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiversityQuery {
    /// The attribute whose values are counted, such as `gender`; or `experience`.
    attribute: Word,
    /// Only periods that end in the year of this day or later. A period is told whole or not at all.
    #[serde(default)]
    from: Option<Date>,
    /// Only periods that begin in the year of this day or earlier.
    #[serde(default)]
    to: Option<Date>,
}

/// What can be told of the students of cohorts that began in a period of whole years.
#[derive(Serialize, JsonSchema)]
pub struct Diversity {
    /// First year of the period.
    first_year: i32,
    /// Last year of the period.
    last_year: i32,
    /// All students, whether they are counted or not.
    students: usize,
    /// How many have which value. What is missing up to `students` cannot be told; if all of it is, the period has too
    /// few students, and is told together with the next year once that is over.
    counts: Vec<ValueCount>,
    /// How many have told nothing, or do not consent to being counted; null if it cannot be told.
    untold: Option<usize>,
}

/// How many students have a value; at least five.
#[derive(Serialize, JsonSchema)]
pub struct ValueCount {
    /// The value, in lower case.
    value: String,
    /// How many have it.
    count: usize,
}

impl From<Window> for Diversity {
    fn from(window: Window) -> Self {
        let count = |(value, count)| ValueCount { value, count };
        Self {
            first_year: window.first_year,
            last_year: window.last_year,
            students: window.students,
            counts: window.counts.into_iter().map(count).collect(),
            untold: window.untold,
        }
    }
}

/// `GET /v1/campuses/{id}/diversity`, by year, whole
pub async fn list_diversity(call: Call<ById, DiversityQuery, NoBody>) -> Result<Reply<Page<Diversity>>> {
    call.read(|conn, call| {
        let DiversityQuery { attribute, from, to } = &call.query;
        let period = Period::of(*from, *to)?;
        let windows = actions::diversity(conn, &call.actor, call.path.id, attribute, period, call.now)?;
        call.page(Page::whole(windows).map(Diversity::from))
    })
    .await
}
