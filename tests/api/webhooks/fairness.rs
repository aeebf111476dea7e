//! Receivers that fail or hang hold up nobody else, and what waits for them is bounded.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{webhook_deliveries as deliveries, webhooks},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{count, happen, hook, id, let_time_pass, list, receiver::Receiver, until};
use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
};

/// So many deliveries of a webhook, each about another object, that have been due for an hour or are due in one.
fn pile_up(world: &World, webhook: &Answer, many: i64, status: &'static str, due: TimeDelta) {
    let webhook = id(&webhook.id());
    world.db(move |conn| {
        for number in 0..many {
            diesel::insert_into(deliveries::table)
                .values((
                    deliveries::id.eq(Id::new()),
                    deliveries::webhook_id.eq(webhook),
                    deliveries::event_id.eq(Id::new()),
                    deliveries::position.eq(number),
                    deliveries::kind.eq("campus.updated"),
                    deliveries::object_type.eq("campus"),
                    deliveries::object_id.eq(Id::new()),
                    deliveries::body.eq("{}"),
                    deliveries::status.eq(status),
                    deliveries::attempts.eq(0),
                    deliveries::due_at.eq(Instant::now().plus(due)),
                    deliveries::created_at.eq(Instant::now().plus(TimeDelta::hours(-1))),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// The address of a receiver that takes connections and never answers, and how many it has taken.
fn silent() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = tries.clone();
    std::thread::spawn(move || {
        let kept = listener.incoming().inspect(|_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        kept.collect::<Vec<_>>()
    });
    (url, tries)
}

/// A webhook of the campus at this address.
fn hook_at(fac: &Fac, url: &str, events: &[&str]) -> Answer {
    let new = json!({"url": url, "events": events});
    fac.organiser
        .post(&format!("/v1/campuses/{}/webhooks", fac.campus), new)
        .is(201)
}

/// When nothing more is sent to any webhook, in seconds from now.
fn paused(world: &World) -> i64 {
    let until: Vec<Option<Instant>> = world.db(|conn| Ok(webhooks::table.select(webhooks::paused_until).load(conn)?));
    until[0].map_or(0, |until| until.unix_seconds() - Instant::now().unix_seconds())
}

/// How often nothing was taken in a row.
fn failed_in_a_row(world: &World) -> usize {
    let failures: Vec<i32> = world.db(|conn| Ok(webhooks::table.select(webhooks::failures).load(conn)?));
    usize::try_from(failures[0]).unwrap()
}

on_every_database! {
    fn a_receiver_that_never_answers_holds_up_no_other_campus(world: World) {
        let [bad, good] = ["bad", "good"].map(|slug| world.campus_with_cohort(slug, 1, 0));
        let (url, tries) = silent();
        world.hand_out();
        let hanging: Vec<Answer> = (0..10).map(|_| hook_at(&bad, &url, &["campus.closed"])).collect();
        let receiver = Receiver::always(200);
        let healthy = hook(&world, &good, &receiver, json!(["campus.updated"]));
        for webhook in &hanging {
            pile_up(&world, webhook, 200, "pending", TimeDelta::hours(-1));
        }
        happen(&good, "Leeds");
        world.hand_out();
        let began = std::time::Instant::now();
        while receiver.taken().is_empty() {
            assert!(began.elapsed().as_secs() < 60, "it never came");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        // Each try takes 15 seconds: all the places of the campus that hangs, as often as that has gone by.
        let rounds = usize::try_from(began.elapsed().as_secs()).unwrap() / 15 + 2;
        let tried = tries.load(Ordering::SeqCst);
        assert!(tried <= 4 * rounds, "{tried} tries in {rounds} rounds");
        until(&world, || count(&good, &healthy, "delivered") == 1);
        let waiting: i64 = world.db(|conn| Ok(deliveries::table.filter(deliveries::status.eq("pending")).count().get_result(conn)?));
        assert_eq!(waiting, 2000, "what hangs still waits");
    }

    fn one_failure_puts_nobody_behind_those_that_hang(world: World) {
        let good = world.campus_with_cohort("good", 1, 0);
        let bad: Vec<Fac> = (0..9).map(|number| world.campus_with_cohort(&format!("bad-{number}"), 1, 0)).collect();
        // The second request fails, once.
        let receiver = Receiver::start(|_, number| (if number == 1 { 503 } else { 200 }, String::new()));
        let healthy = hook(&world, &good, &receiver, json!(["campus.updated"]));
        happen(&good, "Leeds");
        until(&world, || count(&good, &healthy, "delivered") == 1);
        let (url, tries) = silent();
        for fac in &bad {
            for _ in 0..3 {
                pile_up(&world, &hook_at(fac, &url, &["campus.closed"]), 5, "pending", TimeDelta::hours(-1));
            }
        }
        let began = std::time::Instant::now();
        while tries.load(Ordering::SeqCst) < 8 {
            assert!(began.elapsed().as_secs() < 60, "they are not sent anything");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        happen(&good, "York");
        world.hand_out();
        let began = std::time::Instant::now();
        while receiver.taken().len() < 2 {
            assert!(began.elapsed().as_secs() < 25, "it waits for those that hang");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(receiver.requests().len(), 3);
    }

    fn one_account_has_the_turns_of_one_at_however_many_campuses(world: World) {
        let good = world.campus_with_cohort("good", 1, 0);
        let bad: Vec<Fac> = (0..3).map(|number| world.campus_with_cohort(&format!("bad-{number}"), 1, 0)).collect();
        let (url, tries) = silent();
        world.hand_out();
        let hanging: Vec<Answer> = bad.iter().flat_map(|fac| (0..4).map(|_| hook_at(fac, &url, &["campus.closed"]))).collect();
        let ids: Vec<Id> = hanging.iter().map(|made| id(&made.id())).collect();
        world.db(move |conn| {
            let one: Option<Id> = webhooks::table.find(ids[0]).select(webhooks::made_by).first(conn)?;
            assert!(one.is_some(), "who made it is stored");
            diesel::update(webhooks::table).set(webhooks::made_by.eq(one)).execute(conn)?;
            Ok(())
        });
        let began = std::time::Instant::now();
        for webhook in &hanging {
            pile_up(&world, webhook, 20, "pending", TimeDelta::hours(-1));
        }
        // New, as theirs: it waits for nothing of theirs.
        let receiver = Receiver::always(200);
        hook(&world, &good, &receiver, json!(["campus.updated"]));
        happen(&good, "Leeds");
        world.hand_out();
        while receiver.taken().is_empty() {
            assert!(began.elapsed().as_secs() < 40, "it waits for the twelve");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let rounds = usize::try_from(began.elapsed().as_secs()).unwrap() / 15 + 1;
        let tried = tries.load(Ordering::SeqCst);
        assert!(tried <= rounds, "{tried} tries in {rounds} rounds");
    }

    fn nobody_waits_for_what_a_process_was_sending_when_it_died(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::start(|_, number| (if number == 1 { 503 } else { 200 }, String::new()));
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        // As a process leaves them that had sent each of them once.
        pile_up(&world, &made, 5, "pending", TimeDelta::minutes(5));
        world.db(|conn| {
            diesel::update(deliveries::table)
                .set((deliveries::attempts.eq(1), deliveries::claimed_until.eq(Instant::now().plus(TimeDelta::minutes(5)))))
                .execute(conn)?;
            Ok(())
        });
        happen(&fac, "Leeds");
        world.hand_out();
        let began = std::time::Instant::now();
        while count(&fac, &made, "delivered") < 1 {
            assert!(began.elapsed().as_secs() < 60, "it waits for the claims of the dead");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(count(&fac, &made, "pending"), 5);
        // The time of the claims has run out. The try that nobody knows of does not count: after the failure of the next one
        // it is a matter of seconds.
        world.db(|conn| {
            let past = Instant::now().plus(TimeDelta::seconds(-1));
            diesel::update(deliveries::table.filter(deliveries::status.eq("pending")))
                .set((deliveries::due_at.eq(past), deliveries::claimed_until.eq(past)))
                .execute(conn)?;
            Ok(())
        });
        let began = std::time::Instant::now();
        while count(&fac, &made, "delivered") < 6 {
            assert!(began.elapsed().as_secs() < 60, "{:?}", list(&fac, &made, "status=pending"));
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let mut attempts: Vec<_> = list(&fac, &made, "").iter().map(|one| one["attempts"].as_i64().unwrap()).collect();
        attempts.sort_unstable();
        assert_eq!(attempts, [1, 1, 1, 1, 1, 2]);
    }

    fn what_is_under_way_counts_until_it_ends_though_its_webhook_is_disabled_or_deleted(world: World) {
        let fac = world.fac(1, 0);
        let (url, tries) = silent();
        world.hand_out();
        let began = std::time::Instant::now();
        let made = hook_at(&fac, &url, &["campus.updated"]);
        let path = format!("/v1/webhooks/{}", made.id());
        let all = json!({"from": "2026-01-01T00:00:00Z"});
        for number in 0..4 {
            happen(&fac, &format!("City {number}"));
            world.hand_out();
            std::thread::sleep(std::time::Duration::from_millis(300));
            fac.organiser.patch(&path, json!({"enabled": false})).is(200);
            fac.organiser.patch(&path, json!({"enabled": true})).is(200);
            assert_eq!(fac.organiser.post(&format!("{path}/replays"), all.clone()).is(202).json["replayed"], number + 1);
            std::thread::sleep(std::time::Duration::from_millis(300));
            fac.organiser.patch(&path, json!({"enabled": false})).is(200);
            let first = list(&fac, &made, "").pop().unwrap();
            fac.organiser.patch(&path, json!({"enabled": true})).is(200);
            let again = format!("/v1/webhook-deliveries/{}/replays", first["id"].as_str().unwrap());
            fac.organiser.post(&again, Value::Null).is(202);
        }
        fac.organiser.delete(&path).is(204);
        for number in 4..8 {
            let made = hook_at(&fac, &url, &["campus.updated"]);
            happen(&fac, &format!("City {number}"));
            world.hand_out();
            std::thread::sleep(std::time::Duration::from_millis(300));
            fac.organiser.delete(&format!("/v1/webhooks/{}", made.id())).is(204);
        }
        // A request takes 15 seconds, and there is one at a time to a receiver that has taken nothing yet.
        let rounds = usize::try_from(began.elapsed().as_secs()).unwrap() / 15 + 1;
        let tried = tries.load(Ordering::SeqCst);
        assert!((1..=rounds).contains(&tried), "{tried} tries in {rounds} rounds");
    }

    fn what_is_asked_for_again_while_it_is_sent_goes_when_that_has_ended(world: World) {
        let fac = world.fac(1, 0);
        // The first request takes a while and fails.
        let receiver = Receiver::start(|_, number| {
            std::thread::sleep(std::time::Duration::from_secs(if number == 0 { 3 } else { 0 }));
            (if number == 0 { 500 } else { 200 }, String::new())
        });
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        happen(&fac, "Leeds");
        world.hand_out();
        let began = std::time::Instant::now();
        while list(&fac, &made, "status=pending").first().is_none_or(|one| one["attempts"] != 1) {
            assert!(began.elapsed().as_secs() < 60, "it is not sent");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let began = std::time::Instant::now();
        fac.organiser.patch(&path, json!({"enabled": false})).is(200);
        fac.organiser.patch(&path, json!({"enabled": true})).is(200);
        let all = json!({"from": "2026-01-01T00:00:00Z"});
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), all).is(202).json["replayed"], 1);
        while receiver.taken().is_empty() {
            assert!(began.elapsed().as_secs() < 30, "it waits for the end of the claim");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(receiver.requests().len(), 2);
        assert!(began.elapsed().as_millis() > 1500, "after the first request");
    }

    fn who_fails_is_left_in_peace_ever_longer_until_something_is_taken(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(500);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        pile_up(&world, &made, 20, "pending", TimeDelta::hours(-1));
        // What is down pauses all deliveries, not only the one that failed.
        until(&world, || failed_in_a_row(&world) >= 9);
        let mut failures = failed_in_a_row(&world);
        let last = failures + 3;
        while failures < last {
            let_time_pass(&world);
            let began = std::time::Instant::now();
            while failed_in_a_row(&world) == failures {
                assert!(began.elapsed().as_secs() < 60, "nothing is sent after {failures} failures");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            failures = failed_in_a_row(&world);
            let (pause, longest) = (paused(&world), (72_i64 << (failures - 10)).min(4320));
            assert!(pause <= longest && pause >= longest * 5 / 6 - 20, "after {failures} failures {pause} seconds");
        }
        assert!(fac.organiser.get(&path).is(200).json["paused_until"].is_string());
        receiver.decide(|_, _| (200, String::new()));
        until(&world, || count(&fac, &made, "pending") == 0);
        let well = fac.organiser.get(&path).is(200).json;
        assert_eq!((&well["paused_until"], &well["failing_since"]), (&Value::Null, &Value::Null));
    }

    fn what_waits_is_bounded_and_what_is_beyond_is_listed(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(500);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        pile_up(&world, &made, 1000, "pending", TimeDelta::hours(1));
        happen(&fac, "Leeds");
        world.hand_out();
        let missed = list(&fac, &made, "status=failed");
        assert_eq!((missed.len(), &missed[0]["error"]), (1, &json!("too many others were waiting")));
        let again = format!("/v1/webhook-deliveries/{}/replays", missed[0]["id"].as_str().unwrap());
        fac.organiser.post(&again, Value::Null).problem(409, "conflict");
        let range = json!({"from": "2026-01-01T00:00:00Z"});
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), range.clone()).is(202).json["replayed"], 0);
        // There is room for one, and one replay at a time.
        world.db(|conn| {
            let one: Id = deliveries::table.filter(deliveries::status.eq("pending")).select(deliveries::id).first(conn)?;
            diesel::delete(deliveries::table.find(one)).execute(conn)?;
            Ok(())
        });
        pile_up(&world, &made, 5, "failed", TimeDelta::hours(1));
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), range.clone()).is(202).json["replayed"], 1);
        let busy = fac.organiser.post(&format!("{path}/replays"), range).problem(409, "conflict");
        assert!(busy.json["detail"].as_str().unwrap().contains("under way"), "{}", busy.text);
    }

    fn the_oldest_of_too_many_deliveries_are_forgotten_early(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(200);
        let made = hook(&world, &fac, &receiver, json!(["campus.closed"]));
        pile_up(&world, &made, 3, "failed", TimeDelta::zero());
        pile_up(&world, &made, 10_000, "delivered", TimeDelta::zero());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
        assert_eq!(count(&fac, &made, "failed"), 0, "the oldest");
        let kept: i64 = world.db(|conn| Ok(deliveries::table.count().get_result(conn)?));
        assert_eq!(kept, 10_000);
    }
}
