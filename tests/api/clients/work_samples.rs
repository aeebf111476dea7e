//! A sample request for each operation on the work on a product; see `authz_matrix`.

use serde_json::{Value, json};

use super::{
    ballots::{UNTIL_READY, ready},
    demo_days::{at_cohort, new_demo_day},
    offers,
    samples::client,
    step,
};
use crate::authz_matrix::{Make::*, Samples, Stage, at};

/// The id at the end of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// Makes a product of a client for the cohort.
fn put_up(stage: &Stage, client: &str) {
    let product = format!("/v1/cohorts/{}/products/{}", stage.home.cohort, last(client));
    let summary = json!({"summary": "Shifts on phones."});
    stage.home.organiser.put(&product, summary).is(200);
}

/// A client whose product the cohort has: its path.
fn product(stage: &Stage) -> String {
    let client = ready(&stage.home, &stage.somebody());
    put_up(stage, &client);
    client
}

/// A demo day to which this client is invited: its path.
fn demo_day(stage: &Stage, client: &str) -> String {
    let mut day = new_demo_day();
    day["client_ids"] = json!([last(client)]);
    stage.make(&at_cohort(&stage.home), day).header("location").to_owned()
}

/// A demo day to which the product owner's client is invited: its path, and the client's.
fn own_demo_day(stage: &Stage) -> [String; 2] {
    let client = client(stage);
    // Those that it has taken are refused.
    for status in UNTIL_READY {
        step(&stage.home.organiser, &client, status);
    }
    put_up(stage, &client);
    [demo_day(stage, &client), client]
}

/// A link of the product owner's client: its path.
fn link(stage: &Stage) -> String {
    let link = json!({"kind": "other", "title": "Slides", "note": "From the workshop."});
    let made = stage.make(&format!("{}/links", client(stage)), link);
    made.header("location").to_owned()
}

pub const SAMPLES: Samples = &[
    (
        "offer_client",
        Again(|stage| {
            at(offers::at(
                &offers::agreed(&stage.home, &stage.somebody()),
                &stage.away.campus,
            ))
        }),
    ),
    (
        "withdraw_client_offer",
        Again(|stage| {
            let offer = offers::at(&offers::agreed(&stage.home, &stage.somebody()), &stage.away.campus);
            stage.home.organiser.put(&offer, Value::Null).is(204);
            at(offer)
        }),
    ),
    (
        "list_offered_clients",
        Once(|stage| at(stage.campus("/offered-clients"))),
    ),
    (
        "get_client_availability",
        Once(|stage| at(format!("{}/availability", client(stage)))),
    ),
    (
        "set_client_availability",
        Again(|stage| at(format!("{}/availability", client(stage))).json(json!({"text": stage.unique()}))),
    ),
    (
        "list_client_links",
        Once(|stage| at(format!("{}/links", client(stage)))),
    ),
    (
        "add_client_link",
        Again(|stage| {
            let link = json!({"kind": "design", "title": stage.unique(), "url": "https://example.org/design"});
            at(format!("{}/links", client(stage))).json(link)
        }),
    ),
    (
        "change_client_link",
        Again(|stage| at(link(stage)).json(json!({"title": stage.unique()}))),
    ),
    ("delete_client_link", Again(|stage| at(link(stage)))),
    (
        "create_demo_day",
        Again(|stage| at(at_cohort(&stage.home)).json(new_demo_day())),
    ),
    ("list_demo_days", Once(|stage| at(at_cohort(&stage.home)))),
    (
        "list_demo_days_of_client",
        Once(|stage| at(format!("{}/demo-days", client(stage)))),
    ),
    (
        "get_demo_day",
        Once(|stage| {
            let [day, _] = own_demo_day(stage);
            at(day)
        }),
    ),
    (
        "change_demo_day",
        Again(|stage| {
            let day = demo_day(stage, &product(stage));
            at(day).json(json!({"place": stage.unique()}))
        }),
    ),
    ("cancel_demo_day", Again(|stage| at(demo_day(stage, &product(stage))))),
    (
        "invite_to_demo_day",
        Again(|stage| {
            let day = demo_day(stage, &product(stage));
            at(format!("{day}/clients/{}", last(&product(stage))))
        }),
    ),
    (
        "answer_demo_day",
        Again(|stage| {
            let [day, client] = own_demo_day(stage);
            at(format!("{day}/answers/{}", last(&client))).json(json!({"coming": true}))
        }),
    ),
];
