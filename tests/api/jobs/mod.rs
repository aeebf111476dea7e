//! Jobs: asked for, watched, cancelled, taken up again.

mod ask;
mod cancel;
mod queue;
mod recovery;
pub mod samples;

use std::time::{Duration, Instant};

use diesel::prelude::*;
use peerled::{db::schema::jobs, primitives::Id};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Fac, World};

/// Asks for a plan in a job, as the facilitator.
pub fn ask(fac: &Fac, body: Value) -> Answer {
    let who = fac.facilitator.with("Prefer", "respond-async");
    who.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), body)
}

/// Teams that are found at once.
pub fn easy(week: i32) -> Value {
    json!({"from_week": week, "to_week": week, "effort": "quick"})
}

/// Thirty-six in sixes for five weeks, in which nobody is to meet twice: there is no such thing (Euler's
/// officers), but no bound says so, and the search goes on to its end, which takes minutes.
pub fn endless() -> Value {
    officers("thorough")
}

/// The same with an end.
pub fn officers(effort: &str) -> Value {
    json!({"from_week": 1, "to_week": 5, "team_size": {"min": 6, "max": 6}, "effort": effort})
}

/// A cohort with the officers.
pub fn fac_for_long(world: &World) -> Fac {
    world.fac(5, 36)
}

pub fn read(who: &Client, job: &str) -> Answer {
    who.get(&format!("/v1/jobs/{job}")).is(200)
}

/// Reads the job until it is as it should be.
#[track_caller]
pub fn until(who: &Client, job: &str, is_there: impl Fn(&Value) -> bool) -> Answer {
    let began = Instant::now();
    loop {
        let answer = read(who, job);
        if is_there(&answer.json) {
            return answer;
        }
        assert!(began.elapsed() < Duration::from_secs(120), "{}", answer.text);
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Reads the job until it has come to this end.
#[track_caller]
pub fn ended(who: &Client, job: &str, status: &str) -> Answer {
    let answer = until(who, job, |job| !job["finished_at"].is_null());
    assert_eq!(answer.json["status"], status, "{}", answer.text);
    answer
}

/// Reads the job until it runs and has said how far it is.
#[track_caller]
pub fn under_way(who: &Client, job: &str) -> Answer {
    let answer = until(who, job, |job| {
        !job["progress"].is_null() || !job["finished_at"].is_null()
    });
    assert_eq!(answer.json["status"], "running", "{}", answer.text);
    answer
}

pub fn cancel(who: &Client, job: &str) -> Answer {
    who.post(&format!("/v1/jobs/{job}/cancellation"), Value::Null)
}

/// How many plans the cohort has.
pub fn plans(fac: &Fac) -> usize {
    let all = format!("/v1/cohorts/{}/team-plans?limit=100", fac.cohort);
    fac.organiser.get(&all).is(200).data().len()
}

/// As if whoever runs the job had given no sign of life for long.
pub fn let_lease_run_out(world: &World, job: &str) {
    let id = Id::parse(job).unwrap();
    world.db(move |conn| {
        diesel::update(jobs::table.find(id))
            .set(jobs::lease_until.eq(peerled::primitives::Instant::now().plus(chrono::TimeDelta::seconds(-1))))
            .execute(conn)?;
        Ok(())
    });
}

pub fn attempts(world: &World, job: &str) -> i32 {
    let id = Id::parse(job).unwrap();
    world.db(move |conn| Ok(jobs::table.find(id).select(jobs::attempts).first(conn)?))
}
