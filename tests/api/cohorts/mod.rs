//! Cohorts, their weeks and projects.

mod by_hand;
mod dates;
mod insertion;
mod list;
mod moves;
mod open;
mod projects;
pub mod samples;
mod status;
mod weeks;

use serde_json::{Value, json};

use crate::harness::{Answer, Fac, User, World};

/// The id of a programme of the library.
fn library(world: &World, slug: &str) -> String {
    let found = world
        .nobody()
        .get(&format!("/v1/programmes?library=true&slug={slug}"))
        .is(200);
    found.data()[0]["id"].as_str().unwrap().into()
}

/// A planned cohort of the library's twelve weeks.
fn planned(world: &World, fac: &Fac, starts_on: &str) -> Answer {
    let body = json!({
        "slug": "fac31", "name": "FAC 31", "programme_id": library(world, "fac-2022"), "starts_on": starts_on,
    });
    fac.facilitator
        .post(&format!("/v1/campuses/{}/cohorts", fac.campus), body)
        .is(201)
}

/// A campus in Gaza, opened by Amal.
fn gaza(world: &World) -> (User, String) {
    let amal = world.person("Amal");
    let id = amal.post("/v1/campuses", crate::campuses::gaza()).is(201).id();
    (amal, id)
}

/// `starts_on/ends_on` of each week.
fn dates(weeks: &Answer) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let span = |week: &Value| format!("{}/{}", text(&week["starts_on"]), text(&week["ends_on"]));
    weeks.data().iter().map(span).collect()
}

/// The status of each student, in the order of their names.
fn enrolled(reader: &User, cohort: &str) -> Vec<String> {
    let enrolments = reader.get(&format!("/v1/cohorts/{cohort}/enrolments")).is(200);
    let status = |enrolment: &Value| enrolment["status"].as_str().unwrap().to_owned();
    enrolments.data().iter().map(status).collect()
}
