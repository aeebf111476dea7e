use std::sync::Arc;

use peerled::{app, state::State};
use serde_json::{Value, json};

use super::{
    ask, attempts, busy_threads, cancel, easy, ended, endless, fac_for_long, officers, plans, prepared, read, under_way,
};
use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
    team_plans::{plan, publish, withdraw},
};

/// Another process on the same database.
fn second_process(world: &World) -> (Arc<State>, actix_web::dev::ServerHandle) {
    let state = app::open(world.state.config.clone()).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let served = state.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (server, _) = app::serve(served, 1).unwrap();
            sender.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    (state, receiver.recv().unwrap())
}

/// The facilitator of one campus is on the staff of another too.
fn also_on_staff(fac: &Fac, other: &Fac) {
    let campus = format!("/v1/campuses/{}", other.campus);
    fac.facilitator
        .put(&format!("{campus}/members/me"), Value::Null)
        .is(204);
    let theirs = format!("{campus}/staff/{}", fac.facilitator.id);
    other.organiser.put(&theirs, json!({"role": "facilitator"})).is(204);
}

/// The facilitator of one campus asks for something easy at another.
fn ask_at(fac: &Fac, other: &Fac) -> Answer {
    let who = fac.facilitator.with("Prefer", "respond-async");
    who.post(&format!("/v1/cohorts/{}/team-plans", other.cohort), easy(1))
}

on_every_database! {
    fn accounts_take_turns_at_however_many_campuses(world: World) {
        let [fac, other, third] = ["fac", "other", "third"].map(|slug| world.campus_with_cohort(slug, 5, 36));
        also_on_staff(&fac, &other);
        let long = ask(&fac, endless()).is(202).id();
        under_way(&fac.facilitator, &long);
        let own = ask_at(&fac, &other).is(202).id();
        let theirs = ask(&third, easy(1)).is(202).id();
        cancel(&fac.facilitator, &long).is(200);
        let started = |who: &crate::harness::Client, job: &str| {
            ended(who, job, "succeeded").json["started_at"].as_str().unwrap().to_owned()
        };
        assert!(started(&third.facilitator, &theirs) < started(&fac.facilitator, &own));
    }

    fn ten_of_an_account_may_wait(world: World) {
        let (fac, other) = (fac_for_long(&world), world.campus_with_cohort("other", 2, 8));
        also_on_staff(&fac, &other);
        let long = ask(&fac, endless()).is(202).id();
        under_way(&fac.facilitator, &long);
        let waiting: Vec<String> = (0..10).map(|_| ask(&fac, easy(1)).is(202).id()).collect();
        let refused = ask_at(&fac, &other).problem(429, "job_limit");
        assert!(refused.json["detail"].as_str().unwrap().contains("you asked for"), "{}", refused.text);
        ask(&other, easy(1)).is(202);
        cancel(&fac.facilitator, &waiting[0]).is(200);
        ask_at(&fac, &other).is(202);
        for job in waiting.iter().chain([&long]) {
            cancel(&fac.facilitator, job);
        }
    }

    fn ten_of_a_campus_may_wait(world: World) {
        let (fac, other) = (fac_for_long(&world), world.campus_with_cohort("other", 2, 8));
        let long = ask(&fac, endless()).is(202).id();
        under_way(&fac.facilitator, &long);
        let waiting: Vec<String> = (0..10).map(|_| ask(&fac, easy(1)).is(202).id()).collect();
        let with_key = fac.facilitator.with("Idempotency-Key", "once-there-is-room").with("Prefer", "respond-async");
        let again = || with_key.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), easy(1));
        for _ in 0..2 {
            let refused = again().problem(429, "job_limit");
            assert_eq!((refused.header("retry-after"), refused.header("idempotent-replayed")), ("30", ""));
        }
        let refused = ask(&fac, easy(1)).problem(429, "job_limit");
        assert_eq!(refused.header("retry-after"), "30");
        assert!(refused.json["detail"].as_str().unwrap().contains("cancel one"));
        ask(&other, easy(1)).is(202);
        plan(&fac, easy(1)).is(201);
        cancel(&fac.facilitator, &waiting[4]).is(200);
        // To be told to come back is no answer to be kept.
        again().is(202);
        ask(&fac, easy(1)).problem(429, "job_limit");
        for job in waiting.iter().chain([&long]) {
            cancel(&fac.facilitator, job);
        }
    }

    fn campuses_take_turns(world: World) {
        let (fac, other) = (fac_for_long(&world), world.campus_with_cohort("other", 2, 8));
        let long = ask(&fac, endless()).is(202).id();
        under_way(&fac.facilitator, &long);
        let own: Vec<String> = (1..=3).map(|week| ask(&fac, easy(week)).is(202).id()).collect();
        let theirs = ask(&other, easy(1)).is(202).id();
        for job in &own {
            assert_eq!(read(&fac.facilitator, job).json["status"], "queued");
        }
        cancel(&fac.facilitator, &long).is(200);
        let started = |who: &crate::harness::Client, job: &str| {
            ended(who, job, "succeeded").json["started_at"].as_str().unwrap().to_owned()
        };
        let own: Vec<String> = own.iter().map(|job| started(&fac.facilitator, job)).collect();
        assert!(own.is_sorted());
        assert!(started(&other.facilitator, &theirs) < own[1]);
    }

    fn of_two_processes_one_does_each_job(world: World) {
        let campuses: Vec<_> = (0..4).map(|n| world.campus_with_cohort(&format!("c{n}"), 3, 8)).collect();
        let (_state, stop) = second_process(&world);
        let jobs: Vec<_> = campuses
            .iter()
            .flat_map(|fac| (1..=3).map(move |week| (fac, ask(fac, easy(week)).is(202).id())))
            .collect();
        for (fac, job) in &jobs {
            ended(&fac.facilitator, job, "succeeded");
            assert_eq!(attempts(&world, job), 1);
        }
        assert!(campuses.iter().all(|fac| plans(fac) == 3));
        drop(stop.stop(false));
    }

    fn what_changed_while_the_job_waited_counts(world: World) {
        let fac = fac_for_long(&world);
        let long = ask(&fac, endless()).is(202).id();
        under_way(&fac.facilitator, &long);
        let lock = json!([{"week": 2, "people": [fac.students[0].id, fac.students[1].id]}]);
        let published = ask(&fac, easy(1)).is(202).id();
        let locked = ask(&fac, json!({"from_week": 2, "to_week": 2, "locks": lock, "effort": "quick"})).is(202).id();
        let own = fac.organiser.with("Prefer", "respond-async");
        let mine = own.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), easy(3)).is(202).id();
        let by_dismissed = ask(&fac, easy(3)).is(202).id();
        publish(&fac, &plan(&fac, easy(1)).is(201), None).is(200);
        withdraw(&world, &fac, &fac.students[1].id);
        fac.organiser.delete(&format!("/v1/campuses/{}/staff/{}", fac.campus, fac.facilitator.id)).is(204);
        cancel(&fac.organiser, &long).is(200);
        let problem = |job: &str| ended(&fac.organiser, job, "failed").json["problem"].clone();
        assert_eq!(problem(&by_dismissed)["code"], "forbidden");
        assert_eq!(problem(&published)["code"], "forbidden");
        assert_eq!(problem(&locked)["code"], "forbidden");
        ended(&fac.organiser, &mine, "succeeded");
        assert_eq!(plans(&fac), 2);
    }

    fn what_changed_while_the_job_ran_counts(world: World) {
        let (fac, other) = (fac_for_long(&world), world.campus_with_cohort("other", 5, 36));
        let busy = busy_threads(&world);
        let job = ask(&fac, officers("quick")).is(202).id();
        prepared(&world, &fac.facilitator, &job);
        withdraw(&world, &fac, &fac.students[4].id);
        drop(busy);
        let failed = ended(&fac.facilitator, &job, "failed");
        assert_eq!((&failed.json["problem"]["code"], &failed.json["problem"]["status"]), (&json!("roster_changed"), &json!(409)));
        assert_eq!(plans(&fac), 0);
        let draft = plan(&other, easy(4)).is(201);
        let busy = busy_threads(&world);
        let job = ask(&other, officers("quick")).is(202).id();
        prepared(&world, &other.facilitator, &job);
        publish(&other, &draft, None).is(200);
        drop(busy);
        let failed = ended(&other.facilitator, &job, "failed");
        assert_eq!((&failed.json["problem"]["code"], &failed.json["problem"]["weeks"]), (&json!("weeks_published"), &json!([4])));
        assert_eq!(plans(&other), 1);
    }
}
