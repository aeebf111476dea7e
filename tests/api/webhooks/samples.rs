//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use crate::authz_matrix::{Make::*, Sample, Samples, Stage, at};

/// Nobody listens there.
fn new() -> Value {
    json!({"url": "http://127.0.0.1:9/hook", "events": ["campus.*"]})
}

fn webhook(stage: &Stage, rest: &str) -> Sample {
    let made = stage.make(&stage.campus("/webhooks"), new());
    at(format!("/v1/webhooks/{}{rest}", made.id()))
}

fn delivery(stage: &Stage, rest: &str) -> Sample {
    let made = stage.make(&stage.campus("/webhooks"), new());
    let campus = stage.campus("");
    stage
        .home
        .organiser
        .patch(&campus, json!({"city": stage.unique()}))
        .is(200);
    stage.world.hand_out();
    let sent = stage.read(&format!("/v1/webhooks/{}/deliveries", made.id()));
    at(format!(
        "/v1/webhook-deliveries/{}{rest}",
        sent.data()[0]["id"].as_str().unwrap()
    ))
}

pub const SAMPLES: Samples = &[
    ("list_webhooks", Once(|stage| at(stage.campus("/webhooks")))),
    (
        "create_webhook",
        Once(|stage| at(stage.campus("/webhooks")).json(new())),
    ),
    ("get_webhook", Once(|stage| webhook(stage, ""))),
    (
        "change_webhook",
        Again(|stage| webhook(stage, "").json(json!({"events": ["round.published"]}))),
    ),
    ("delete_webhook", Again(|stage| webhook(stage, ""))),
    (
        "rotate_webhook_secret",
        Once(|stage| webhook(stage, "/secret-rotations")),
    ),
    (
        "list_webhook_deliveries",
        Once(|stage| webhook(stage, "/deliveries?status=failed")),
    ),
    (
        "replay_webhook_deliveries",
        Once(|stage| webhook(stage, "/replays").json(json!({"from": "2026-01-05T00:00:00Z"}))),
    ),
    ("get_webhook_delivery", Once(|stage| delivery(stage, ""))),
    ("replay_webhook_delivery", Once(|stage| delivery(stage, "/replays"))),
];
