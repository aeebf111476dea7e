//! Jobs: asked for, watched, cancelled, taken up again.

mod ask;
mod cancel;
mod queue;
mod recovery;
pub mod samples;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

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

/// Keeps the threads for jobs busy until it is dropped: a job that is taken meanwhile has been prepared and waits with its
/// work, however slow or fast the machine is.
pub struct BusyThreads {
    is_over: Arc<AtomicBool>,
    running: Option<JoinHandle<()>>,
}

pub fn busy_threads(world: &World) -> BusyThreads {
    let (pool, is_over) = (world.state.solver_pool.clone(), Arc::new(AtomicBool::new(false)));
    let (began, begun) = std::sync::mpsc::channel();
    let (over, threads) = (is_over.clone(), pool.threads());
    let running = std::thread::spawn(move || {
        let works = (0..threads).map(|_| {
            let (over, began) = (over.clone(), began.clone());
            pool.run_job(move |_| {
                began.send(()).unwrap();
                while !over.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(10));
                }
            })
        });
        let ended = actix_web::rt::System::new().block_on(futures_util::future::join_all(works));
        assert!(ended.iter().all(Result::is_ok));
    });
    for _ in 0..threads {
        begun.recv().unwrap();
    }
    BusyThreads {
        is_over,
        running: Some(running),
    }
}

impl Drop for BusyThreads {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.running.take().unwrap().join().unwrap();
    }
}

/// Reads the job until it has been prepared: whoever runs it gives its first sign of life after that.
#[track_caller]
pub fn prepared(world: &World, who: &Client, job: &str) {
    let lease_until = || {
        let row = jobs::table.find(Id::parse(job).unwrap());
        world.db(move |conn| {
            Ok(row
                .select(jobs::lease_until)
                .first::<Option<peerled::primitives::Instant>>(conn)?)
        })
    };
    until(who, job, |job| job["status"] == "running");
    let (taken, began) = (lease_until(), Instant::now());
    while lease_until() == taken {
        assert!(began.elapsed() < Duration::from_secs(120), "no sign of life");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(read(who, job).json["status"], "running");
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
