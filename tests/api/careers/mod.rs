//! Employers, their roles, and graduates who meet them.

mod employers;
mod fees;
mod introductions;
mod profiles;
mod roles;
pub mod samples;

use chrono::Days;
use peerled::primitives::{Id, Instant};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Fac, User, World};

/// A day so many days ahead. The campus may be a day ahead of or behind UTC, so tests keep a day's distance from the edges.
pub fn in_days(days: u64) -> String {
    (Instant::now().date() + Days::new(days)).to_string()
}

pub fn id_of(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

/// An employer of the campus: its path.
pub fn employer(fac: &Fac) -> String {
    employer_named(fac, "Northwind Software")
}

pub fn employer_named(fac: &Fac, name: &str) -> String {
    let employers = format!("/v1/campuses/{}/employers", fac.campus);
    let made = fac.facilitator.post(&employers, json!({ "name": name })).is(201);
    made.header("location").to_owned()
}

pub fn add_contact(fac: &Fac, employer: &str, who: &User) -> Answer {
    fac.facilitator
        .put(&format!("{employer}/contacts/{}", who.id), Value::Null)
}

/// Somebody who acts for an employer.
pub fn contact(world: &World, fac: &Fac, employer: &str, name: &str) -> User {
    let who = world.person(name);
    who.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null)
        .is(204);
    add_contact(fac, employer, &who).is(204);
    who
}

pub fn new_role() -> Value {
    json!({
        "title": "Junior developer", "text": "You build the box office.", "place": "London",
        "pay": {"minimum": 3_000_000, "maximum": 3_600_000, "currency": "GBP", "per": "year"}, "expires_on": in_days(30),
    })
}

/// A role of an employer, which waits to be approved: its path.
pub fn role(fac: &Fac, employer: &str) -> String {
    let made = fac.facilitator.post(&format!("{employer}/roles"), new_role()).is(201);
    made.header("location").to_owned()
}

pub fn set_status(who: &Client, role: &str, status: &str) -> Answer {
    let seen = who.get(role).is(200);
    let seen = who.with("If-Match", seen.header("etag"));
    seen.put(&format!("{role}/status"), json!({ "status": status }))
}

pub fn publish(staff: &Client, role: &str) {
    set_status(staff, role, "published").is(200);
}

/// A role that is public: its path.
pub fn public_role(fac: &Fac, employer: &str) -> String {
    let role = role(fac, employer);
    publish(&fac.facilitator, &role);
    role
}

/// Asks a graduate about a role: the introduction's path.
pub fn ask(fac: &Fac, role: &str, graduate: &str) -> String {
    let new = json!({"person_id": graduate, "message": "They like maps."});
    let made = fac.facilitator.post(&format!("{role}/introductions"), new).is(201);
    made.header("location").to_owned()
}

/// The consent to an introduction until so many days ahead.
pub fn consent(who: &Client, introduction: &str, days: u64) -> Value {
    let seen = who.get(introduction).is(200).json;
    json!({"employer_id": seen["employer_id"], "role_id": seen["role_id"], "until": in_days(days)})
}

pub fn agree(graduate: &Client, introduction: &str) -> Answer {
    let consent = consent(graduate, introduction, 30);
    graduate.put(&format!("{introduction}/consent"), consent)
}

pub fn withdraw(graduate: &Client, introduction: &str) -> Answer {
    graduate.delete(&format!("{introduction}/consent"))
}

pub fn step(who: &Client, introduction: &str, status: &str) -> Answer {
    who.put(&format!("{introduction}/status"), json!({ "status": status }))
}

/// Lets somebody take these steps.
pub fn go(who: &Client, introduction: &str, steps: &[&str]) {
    for status in steps {
        step(who, introduction, status).is(200);
    }
}

pub fn new_fee() -> Value {
    json!({"amount": 400_000, "currency": "GBP", "due_on": in_days(0)})
}

/// The titles of what somebody has been told by now, the latest first.
pub fn notices(world: &World, who: &User) -> Vec<String> {
    world.hand_out();
    let listed = who.get("/v1/me/notifications").is(200);
    let title = |notice: &Value| notice["title"].as_str().unwrap().to_owned();
    listed.data().iter().map(title).collect()
}
