//! Organisations for which a campus builds.

pub mod ballots;
pub mod briefs;
pub mod demo_days;
mod hand_over;
pub mod offers;
mod owners;
pub mod samples;
mod steps;
mod telling;
mod work;
pub mod work_samples;
pub mod workshops;

use chrono::TimeDelta;
use peerled::{clients, primitives::Instant};
use serde_json::{Value, json};

use crate::harness::{Answer, Fac, User, World};

pub const ACCEPT: &str = "/v1/owner-invitations/acceptances";

pub fn terms(fac: &Fac) -> String {
    format!("/v1/campuses/{}/client-terms", fac.campus)
}

pub fn at_campus(fac: &Fac) -> String {
    format!("/v1/campuses/{}/clients", fac.campus)
}

/// The campus takes organisations, and waits seven days for an answer.
pub fn open(fac: &Fac) {
    fac.organiser
        .put(
            &terms(fac),
            json!({"open": true, "answer_days": 7, "about": "Free of charge."}),
        )
        .is(200);
}

pub fn new_client(name: &str) -> Value {
    json!({"name": name, "about": "Shifts are on paper.", "url": "https://example.org/food-bank"})
}

/// A client whose product owner somebody is: its path.
pub fn apply(fac: &Fac, who: &User) -> String {
    apply_as(fac, who, "Riverside Food Bank")
}

pub fn apply_as(fac: &Fac, who: &User, name: &str) -> String {
    let made = who.post(&at_campus(fac), new_client(name)).is(201);
    made.header("location").to_owned()
}

pub fn step(who: &User, client: &str, status: &str) -> Answer {
    let mut body = json!({ "status": status });
    if status == "agreement_sent" {
        body["url"] = json!("https://example.org/agreement");
    }
    if ["research_received", "completed", "exit_feedback"].contains(&status) {
        body["note"] = json!("We know our users well.");
    }
    who.put(&format!("{client}/status"), body)
}

/// Lets the staff take these steps.
pub fn go(fac: &Fac, client: &str, steps: &[&str]) {
    for status in steps {
        step(&fac.facilitator, client, status).is(200);
    }
}

/// The code of the newest letter to somebody, as it is sent back.
pub fn code(world: &World, user: &User) -> Value {
    json!({ "code": code_to(world, &user.email) })
}

/// The code of the newest letter to an address.
pub fn code_to(world: &World, address: &str) -> String {
    let mail = world.mail();
    let letter = mail.iter().rfind(|letter| letter.recipient == address).unwrap();
    let line = letter.body.lines().find(|line| line.starts_with("    ")).unwrap();
    line.trim().to_owned()
}

/// An account for an address, opened with the code of an invitation.
pub fn account(email: &str, code: &str) -> Value {
    json!({"email": email, "name": "New", "password": "weaver lamp orbit", "invitation": code})
}

/// What the server does every minute, as if it were so many days later. Whether anybody was reminded.
pub fn send_reminders(world: &World, days: i64) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let then = Instant::now().plus(TimeDelta::days(days));
    runtime
        .block_on(clients::send_reminders(&world.state.db, then))
        .unwrap()
}
