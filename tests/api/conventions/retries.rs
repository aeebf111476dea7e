//! A `POST` that is sent again with its `Idempotency-Key` is done once and answered again.

use std::thread;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{idempotency_keys as keys, people},
    primitives::Instant,
    web::forget_old_keys,
};
use serde_json::{Value, json};

use crate::{
    harness::{Answer, Client, Fac, World},
    on_every_database,
};

fn make(caller: &Client, fac: &Fac, capacity: i32) -> Answer {
    let body = json!({"week": 1, "kind": "week", "min": 0, "capacity": capacity});
    caller.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), body)
}

/// As if everything had been asked for so long ago.
fn made_ago(world: &World, ago: TimeDelta) {
    let then = Instant::now().plus(-ago);
    world.db(move |conn| {
        diesel::update(keys::table)
            .set(keys::created_at.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

fn count(fac: &Fac) -> usize {
    let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    fac.facilitator.get(&path).is(200).data().len()
}

on_every_database! {
    fn the_first_answer_comes_again_after_a_restart_too(world: World) {
        let mut world = world;
        let fac = world.fac(1, 0);
        let caller = fac.facilitator.with("Idempotency-Key", "one-1");
        let first = make(&caller, &fac, 4).is(201);
        assert_eq!(first.header("idempotent-replayed"), "");
        let same = |again: &Answer| {
            let parts = |answer: &Answer| (answer.json.clone(), answer.header("location").to_owned(), answer.header("etag").to_owned());
            assert_eq!((parts(again), again.header("idempotent-replayed")), (parts(&first), "true"));
        };
        same(&make(&caller, &fac, 4).is(201));
        world.restart();
        let caller = caller.at(&world.url);
        same(&make(&caller, &fac, 4).is(201));
        make(&caller, &fac, 5).problem(422, "idempotency_key_reused");
        let slots = caller.get(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort)).is(200);
        assert_eq!(slots.data().len(), 1);
    }

    fn a_refusal_is_kept_as_well(world: World) {
        let fac = world.fac(1, 0);
        let caller = fac.facilitator.with("Idempotency-Key", "refused");
        let first = make(&caller, &fac, 0).field("/capacity", "invalid");
        let again = make(&caller, &fac, 0).field("/capacity", "invalid");
        assert_eq!((first.json, again.header("idempotent-replayed")), (again.json.clone(), "true"));
        assert_eq!(count(&fac), 0);
    }

    fn a_key_belongs_to_one_caller_and_one_operation(world: World) {
        let fac = world.fac(1, 0);
        let with_key = |caller: &Client| caller.with("Idempotency-Key", "shared");
        let first = make(&with_key(&fac.facilitator), &fac, 4).is(201).id();
        assert_ne!(make(&with_key(&fac.organiser), &fac, 4).is(201).id(), first);
        let elsewhere = format!("/v1/mentor-slots/{first}/sign-ups");
        with_key(&fac.facilitator).post(&elsewhere, Value::Null).problem(422, "idempotency_key_reused");
        assert_eq!(count(&fac), 2);
    }

    fn what_waited_longer_than_its_answer_is_kept_is_done_once(world: World) {
        let fac = world.fac(1, 0);
        let waited = fac.facilitator.with("Idempotency-Key", "waited");
        let refused = fac.facilitator.with("Idempotency-Key", "refused");
        let first = make(&waited, &fac, 4).is(201);
        make(&refused, &fac, 0).field("/capacity", "invalid");
        for swept in [false, true] {
            made_ago(&world, TimeDelta::hours(25));
            if swept {
                world.db(|conn| forget_old_keys(conn, Instant::now()));
                let bodies: Vec<String> = world.db(|conn| Ok(keys::table.select(keys::body).load(conn)?));
                assert_eq!(bodies, [""], "the answer and the refusal are gone");
            }
            let again = make(&waited, &fac, 4).problem(409, "already_done");
            assert_eq!(again.json["location"], first.header("location"));
            make(&waited, &fac, 5).problem(422, "idempotency_key_reused");
        }
        assert_eq!(count(&fac), 1);
        // What was refused long ago may be possible now.
        make(&refused, &fac, 3).is(201);
        made_ago(&world, TimeDelta::days(31));
        assert_ne!(make(&waited, &fac, 4).is(201).id(), first.id());
        world.db(|conn| forget_old_keys(conn, Instant::now()));
    }

    fn an_answer_that_is_too_long_to_keep_is_not_kept(world: World) {
        let fac = world.fac(1, 0);
        let caller = fac.facilitator.with("Idempotency-Key", "long");
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200);
        let project = format!("/v1/projects/{}", week.json["project"]["id"].as_str().unwrap());
        let change = |letter: &str| caller.patch(&project, json!({"brief": letter.repeat(9_000)}));
        let first = change("🦊").is(200);
        assert!(first.text.len() > 32 * 1024, "{}", first.text.len());
        let told = change("🦊").problem(409, "already_done");
        assert!(told.text.contains("too long to be kept"), "{}", told.text);
        change("é").problem(422, "idempotency_key_reused");
        assert_eq!(fac.facilitator.get(&project).is(200).json["version"], first.json["version"]);
        let kept: Vec<String> = world.db(|conn| Ok(keys::table.select(keys::body).load(conn)?));
        assert_eq!(kept, [""]);
        // A short answer to the same request is.
        let short = fac.facilitator.with("Idempotency-Key", "short");
        for _ in 0..2 {
            short.patch(&project, json!({"brief": "Shorter."})).is(200);
        }
    }

    fn other_writes_than_post_take_a_key_too(world: World) {
        let fac = world.fac(1, 0);
        let slot = make(&fac.facilitator, &fac, 4).is(201);
        let path = format!("/v1/mentor-slots/{}", slot.id());
        let key = |key: &str| fac.facilitator.with("Idempotency-Key", key).with("If-Match", slot.header("etag"));
        let patch = || key("patch").patch(&path, json!({"capacity": 5}));
        let first = patch().is(200);
        let again = patch().is(200);
        assert_eq!((again.header("idempotent-replayed"), &again.json), ("true", &first.json));
        let delete = || fac.facilitator.with("Idempotency-Key", "delete").delete(&path);
        assert_eq!(delete().is(204).header("idempotent-replayed"), "");
        assert_eq!(delete().is(204).header("idempotent-replayed"), "true");
    }

    fn an_answer_is_not_shown_again_to_whoever_has_lost_a_role(world: World) {
        let fac = world.fac(1, 1);
        let caller = fac.facilitator.with("Idempotency-Key", "once");
        let first = make(&caller, &fac, 7).is(201);
        let theirs = format!("/v1/campuses/{}/staff/{}", fac.campus, fac.facilitator.id);
        let refused_too = fac.facilitator.with("Idempotency-Key", "refused");
        make(&refused_too, &fac, 0).field("/capacity", "invalid");
        fac.organiser.delete(&theirs).is(204);
        let told = make(&caller, &fac, 7).problem(409, "already_done");
        assert_eq!(told.json["location"], first.header("location"));
        assert!(!told.text.contains("capacity"), "{}", told.text);
        make(&refused_too, &fac, 0).problem(409, "already_done");
        // Another request under the key tells nothing either, and nothing is done twice.
        make(&caller, &fac, 8).problem(422, "idempotency_key_reused");
        fac.organiser.put(&theirs, json!({"role": "organiser"})).is(204);
        assert_eq!(make(&caller, &fac, 7).is(201).json, first.json);
        assert_eq!(count(&fac), 1);
        let person = peerled::primitives::Id::parse(&fac.facilitator.id).unwrap();
        world.db(move |conn| {
            let now = Instant::now();
            diesel::update(people::table.find(person)).set(people::disabled_at.eq(now)).execute(conn)?;
            Ok(())
        });
        make(&caller, &fac, 7).problem(401, "invalid_token");
    }

    fn to_have_become_more_hides_nothing(world: World) {
        let fac = world.fac(1, 2);
        let student = fac.students[0].with("Idempotency-Key", "once");
        let path = format!("/v1/cohorts/{}/pair-rules", fac.cohort);
        let rule = json!({"kind": "apart", "people": [fac.students[0].id, fac.students[1].id]});
        let first = student.post(&path, rule.clone()).is(201);
        fac.organiser.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        let again = student.post(&path, rule.clone()).is(201);
        assert_eq!((again.json.clone(), again.header("idempotent-replayed")), (first.json, "true"));
        world.enrol_again(&fac, &fac.students[0], peerled::students::model::EnrolmentStatus::Withdrawn);
        student.post(&path, rule).problem(409, "already_done");
    }

    fn a_key_must_be_printable_and_bounded(world: World) {
        let fac = world.fac(1, 0);
        for wrong in ["", "with space", "clé", &"k".repeat(256)] {
            make(&fac.facilitator.with("Idempotency-Key", wrong), &fac, 4).problem(400, "malformed_request");
        }
        make(&fac.facilitator.with("Idempotency-Key", &"k".repeat(255)), &fac, 4).is(201);
        assert_eq!(count(&fac), 1);
    }

    fn one_that_comes_while_the_first_runs_is_told_to_wait(world: World) {
        // Hashing a password takes long enough for the second to arrive; not always, so try again.
        let met = (0..20).any(|n| {
            let account = json!({"email": format!("amal{n}@example.org"), "name": "Amal", "password": "weaver lamp orbit"});
            let caller = world.nobody().with("Idempotency-Key", &format!("key-{n}"));
            let open = || caller.post("/v1/people", account.clone());
            let answers: Vec<Answer> = thread::scope(|scope| {
                let threads: Vec<_> = (0..3).map(|_| scope.spawn(open)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert_eq!(world.count_people(), n + 1);
            let made: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
            assert!(made.windows(2).all(|pair| pair[0].json == pair[1].json) && !made.is_empty());
            let mut told = answers.into_iter().filter(|answer| answer.status != 201).peekable();
            let met = told.peek().is_some();
            told.for_each(|answer| assert_eq!(answer.problem(409, "request_in_progress").header("retry-after"), "1"));
            met
        });
        assert!(met, "twenty times the second request came too late to be told to wait");
    }
}
