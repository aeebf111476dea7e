//! Campuses, their members, staff and days off.

mod closing;
mod days_off;
mod members;
mod open;
pub mod samples;
pub mod second_factor;
mod staff;
mod staff_invitations;

use serde_json::{Value, json};

use crate::harness::{User, World};

/// What a campus is opened with.
pub fn gaza() -> Value {
    json!({
        "slug": "gaza", "name": "FAC Gaza", "city": "Gaza", "country": "Palestine",
        "time_zone": "Asia/Gaza", "work_week": ["sun", "mon", "tue", "wed", "thu"],
    })
}

/// Somebody's own campus, and its path.
fn opened(world: &World) -> (User, String) {
    let amal = world.person("Amal");
    let id = amal.post("/v1/campuses", gaza()).is(201).id();
    (amal, format!("/v1/campuses/{id}"))
}
