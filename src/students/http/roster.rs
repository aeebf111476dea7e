//! The roster as a table over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    primitives::table::CSV,
    students::{
        actions,
        model::{DateFormat, ImportOptions, ImportOutcome},
    },
    web::{ById, Call, Csv, NoBody, NoQuery, Reply},
};

/// How to import.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Report what would become of each row, without changing anything.
    #[serde(default)]
    dry_run: bool,
    /// How dates are written where the year does not come first, such as `23/11/2026`. If left out, a column in which
    /// some day is beyond the 12th shows it, and any other such date is refused.
    #[serde(default)]
    date_format: Option<DateFormat>,
    /// Skip columns whose names mean nothing here, and name them in the answer, instead of refusing the table.
    #[serde(default)]
    skip_unknown: bool,
}

/// `POST /v1/cohorts/{id}/enrolments/import`
pub async fn import_enrolments(call: Call<ById, ImportQuery, Csv>) -> Result<Reply<ImportOutcome>> {
    call.write(|conn, call| {
        let ImportQuery {
            dry_run,
            date_format,
            skip_unknown,
        } = call.query;
        let options = ImportOptions {
            dry_run,
            date_format,
            skip_unknown,
        };
        let outcome = actions::import_as(conn, &call.actor, call.path.id, &call.body.0, options, call.now)?;
        if outcome.is_refused() && !dry_run {
            return Err(refusal(&outcome));
        }
        Reply::ok(&outcome)
    })
    .await
}

fn refusal(outcome: &ImportOutcome) -> Error {
    let bad = outcome.summary.errors;
    let rows = if bad == 1 {
        "1 row is".to_owned()
    } else {
        format!("{bad} rows are")
    };
    let detail = format!("{rows} invalid; see rows. Nothing was changed. Correct the table and import it again.");
    Error::new(Code::InvalidRows, detail)
        .with("rows", &outcome.rows)
        .with("summary", outcome.summary)
}

/// `GET /v1/cohorts/{id}/enrolments/export`
pub async fn export_enrolments(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.read(|conn, call| {
        let (cohort, csv) = actions::export_as(conn, &call.actor, call.path.id)?;
        let name = format!("{}-students.csv", cohort.slug);
        Ok(Reply::media(CSV, csv).file_name(name))
    })
    .await
}
