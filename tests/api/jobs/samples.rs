//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::recovery::taken_elsewhere;
use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    ("list_jobs", Once(|stage| at(stage.cohort("/jobs")))),
    ("get_job", Once(|stage| at(job(stage)))),
    (
        "cancel_job",
        Again(|stage| {
            // Another process has it for ten minutes yet, so that it does not end before it is cancelled.
            let job = taken_elsewhere(stage.world, &stage.home, -600, 1);
            at(format!("/v1/jobs/{job}/cancellation"))
        }),
    ),
];

fn job(stage: &Stage) -> String {
    let body = json!({"from_week": 3, "to_week": 3, "effort": "quick"});
    let asking = stage.home.organiser.with("Prefer", "respond-async");
    let asked = asking.post(&stage.cohort("/team-plans"), body).is(202);
    asked.header("location").to_owned()
}
