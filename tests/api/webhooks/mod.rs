//! What a campus's own servers are told.

mod delivering;
mod disabling;
mod fairness;
mod managing;
mod receiver;
pub mod samples;

use std::time::{Duration, Instant as Clock};

use diesel::prelude::*;
use peerled::{
    db::schema::{webhook_deliveries as deliveries, webhooks},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Fac, World};
use receiver::Receiver;

/// A webhook of the campus at this receiver: the answer, with its secret.
fn hook(world: &World, fac: &Fac, receiver: &Receiver, events: Value) -> Answer {
    // What has happened so far waits no longer.
    world.hand_out();
    let new = json!({"url": receiver.url(), "events": events});
    fac.organiser
        .post(&format!("/v1/campuses/{}/webhooks", fac.campus), new)
        .is(201)
}

fn secret(made: &Answer) -> &str {
    made.json["secret"].as_str().unwrap()
}

/// Something happens that every organiser may see.
fn happen(fac: &Fac, what: &str) {
    let campus = format!("/v1/campuses/{}", fac.campus);
    fac.organiser.patch(&campus, json!({"city": what})).is(200);
}

/// Everything that waits is due, as if its time had come.
fn let_time_pass(world: &World) {
    world.db(|conn| {
        let waiting = deliveries::table
            .filter(deliveries::status.eq("pending"))
            .filter(deliveries::claimed_until.is_null());
        diesel::update(waiting)
            .set(deliveries::due_at.eq(Instant::now()))
            .execute(conn)?;
        diesel::update(webhooks::table)
            .set(webhooks::paused_until.eq(None::<Instant>))
            .execute(conn)?;
        Ok(())
    });
}

/// Waits until it is so, while time passes quickly.
#[track_caller]
fn until(world: &World, is_so: impl Fn() -> bool) {
    world.hand_out();
    let began = Clock::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "it never was");
        let_time_pass(world);
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn list(fac: &Fac, webhook: &Answer, query: &str) -> Vec<Value> {
    let path = format!("/v1/webhooks/{}/deliveries?limit=100&{query}", webhook.id());
    fac.organiser.get(&path).is(200).data().to_vec()
}

fn count(fac: &Fac, webhook: &Answer, status: &str) -> usize {
    list(fac, webhook, &format!("status={status}")).len()
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}
