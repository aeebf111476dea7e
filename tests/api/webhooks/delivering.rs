//! Everything arrives, in order, signed, and once.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use peerled::{
    db::schema::{webhook_deliveries as deliveries, webhooks},
    primitives::Instant,
};
use serde_json::{Value, json};

use super::{count, happen, hook, id, list, receiver::Receiver, secret, until};
use crate::{
    harness::{World, on_both},
    on_every_database,
};

#[test]
fn a_webhook_is_told_of_nothing_from_before_it_was_made() {
    on_both(|backend| {
        // Nothing is handed out but by the test.
        let world = World::start_idle(backend);
        let fac = world.fac(1, 0);
        happen(&fac, "Leeds");
        let new = json!({"url": Receiver::always(200).url(), "events": ["campus.updated"]});
        let webhooks = format!("/v1/campuses/{}/webhooks", fac.campus);
        let made = fac.organiser.post(&webhooks, new).is(201);
        happen(&fac, "York");
        world.hand_out();
        assert_eq!(count(&fac, &made, "pending"), 1);
    });
}

on_every_database! {
    fn a_receiver_that_fails_half_the_time_gets_everything_in_order(world: World) {
        let fac = world.coming_fac(3, 0);
        let receiver = Receiver::start(|_, number| (if number % 2 == 0 { 500 } else { 204 }, String::new()));
        let made = hook(&world, &fac, &receiver, json!(["mentor_slot.*"]));
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        for week in 1..=3 {
            let slot = json!({"week": week, "kind": "week", "min": 0, "capacity": 1});
            let slot = fac.facilitator.post(&slots, slot).is(201).id();
            for capacity in 2..=5 {
                fac.facilitator.patch(&format!("/v1/mentor-slots/{slot}"), json!({"capacity": capacity})).is(200);
            }
        }
        until(&world, || count(&fac, &made, "delivered") == 15);
        assert_eq!((count(&fac, &made, "failed"), count(&fac, &made, "pending")), (0, 0));
        let (all, taken) = (receiver.requests(), receiver.taken());
        assert!(all.iter().all(|request| request.is_signed_with(secret(&made))));
        assert!(!all.iter().any(|request| request.is_signed_with("whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=")));
        let ids: BTreeSet<&str> = taken.iter().map(|request| request.id.as_str()).collect();
        assert_eq!((taken.len(), ids.len()), (15, 15), "each once");
        assert!(all.len() > 15);
        // The same text under the same id, however often.
        for request in &all {
            let first = all.iter().find(|one| one.id == request.id).unwrap();
            assert_eq!(request.body, first.body);
        }
        let listed: Vec<Value> = list(&fac, &made, "");
        assert_eq!(listed.iter().map(|one| one["id"].as_str().unwrap()).collect::<BTreeSet<_>>(), ids);
        let positions: BTreeMap<String, i64> = world
            .db(|conn| Ok(deliveries::table.select((deliveries::id, deliveries::position)).load::<(peerled::primitives::Id, i64)>(conn)?))
            .into_iter()
            .map(|(id, position)| (id.to_string(), position))
            .collect();
        let mut last: BTreeMap<&str, i64> = BTreeMap::new();
        for request in &taken {
            let before = last.insert(request.object(), positions[&request.id]).unwrap_or_default();
            assert!(before < positions[&request.id], "out of order: {request:?}");
        }
        assert_eq!(last.len(), 3);
        let data = &taken[0].json["data"];
        assert_eq!(taken[0].kind(), "mentor_slot.created");
        assert_eq!(*data, json!({
            "object": {"type": "mentor_slot", "id": taken[0].object()}, "campus_id": fac.campus, "cohort_id": fac.cohort,
            "href": format!("/v1/mentor-slots/{}", taken[0].object()),
        }));
    }

    fn what_is_sent_again_has_the_same_id_and_another_signature_at_another_time(world: World) {
        let fac = world.fac(1, 0);
        // The first answer takes long enough for the clock to show another second when it is sent again.
        let receiver = Receiver::start(|_, number| match number {
            0 => {
                std::thread::sleep(std::time::Duration::from_millis(1100));
                (500, String::new())
            }
            _ => (204, String::new()),
        });
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        happen(&fac, "Leeds");
        until(&world, || count(&fac, &made, "delivered") == 1);
        let all = receiver.requests();
        let [first, again] = all.as_slice() else {
            panic!("{all:?}");
        };
        assert_eq!((&first.id, &first.body), (&again.id, &again.body));
        assert!(first.timestamp < again.timestamp && first.signature != again.signature, "{all:?}");
        assert!(all.iter().all(|request| request.is_signed_with(secret(&made))));
        // It says what happened to what and where it is read, and nothing of what became of it.
        let data = first.json["data"].as_object().unwrap();
        let fields: BTreeSet<&str> = data.keys().map(String::as_str).collect();
        assert_eq!(fields, BTreeSet::from(["object", "campus_id", "cohort_id", "href"]));
        assert!(!first.body.contains("Leeds"), "{}", first.body);
    }

    fn a_poison_event_holds_up_its_own_object_only(world: World) {
        let fac = world.coming_fac(2, 0);
        let receiver = Receiver::always(200);
        let made = hook(&world, &fac, &receiver, json!(["mentor_slot.*"]));
        let slot = |week| {
            let slot = json!({"week": week, "kind": "week", "min": 0, "capacity": 1});
            fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201).id()
        };
        let (poisoned, other) = (slot(1), slot(2));
        let poison = poisoned.clone();
        receiver.decide(move |request, _| {
            let is_poison = request.kind() == "mentor_slot.created" && request.object() == poison;
            (if is_poison { 422 } else { 200 }, String::new())
        });
        // What comes after it.
        for one in [&poisoned, &other] {
            fac.facilitator.patch(&format!("/v1/mentor-slots/{one}"), json!({"capacity": 2})).is(200);
        }
        until(&world, || count(&fac, &made, "failed") == 1);
        let at = |object: &str, kind: &str| receiver.requests().iter().position(|one| one.object() == object && one.kind() == kind);
        until(&world, || at(&poisoned, "mentor_slot.updated").is_some());
        let tries: Vec<usize> = receiver.requests().iter().enumerate()
            .filter(|(_, one)| one.object() == poisoned && one.kind() == "mentor_slot.created")
            .map(|(number, _)| number)
            .collect();
        assert_eq!(tries.len(), 10, "it is tried ten times");
        assert!(at(&other, "mentor_slot.updated").unwrap() < tries[9], "others do not wait for it");
        assert!(at(&poisoned, "mentor_slot.updated").unwrap() > tries[9], "what is about the same object does");
        let failed = list(&fac, &made, "status=failed").remove(0);
        assert_eq!((&failed["attempts"], &failed["response_status"], &failed["error"]), (&json!(10), &json!(422), &json!("answered 422")));

        receiver.decide(|_, _| (200, String::new()));
        let path = format!("/v1/webhook-deliveries/{}/replays", failed["id"].as_str().unwrap());
        let replayed = fac.organiser.post(&path, Value::Null).is(202);
        assert_eq!((&replayed.json["status"], &replayed.json["attempts"]), (&json!("pending"), &json!(0)));
        until(&world, || count(&fac, &made, "failed") == 0 && count(&fac, &made, "pending") == 0);
        let taken = receiver.taken();
        assert_eq!(taken.last().unwrap().id, failed["id"], "under the id that it had");
    }

    fn two_processes_send_nothing_twice(world: World) {
        let fac = world.fac(1, 0);
        // Slow, so that both have something to do.
        let receiver = Receiver::start(|_, _| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            (200, String::new())
        });
        let made = hook(&world, &fac, &receiver, json!(["campus.updated", "staff.*"]));
        world.working(|| {
            for number in 0..30 {
                happen(&fac, &format!("City {number}"));
            }
            until(&world, || count(&fac, &made, "delivered") == 30);
        });
        let ids: BTreeSet<String> = receiver.requests().into_iter().map(|request| request.id).collect();
        assert_eq!((receiver.requests().len(), ids.len()), (30, 30));
    }

    fn both_secrets_sign_for_a_day(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(200);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        assert_eq!(fac.organiser.get(&path).is(200).json["old_secret_until"], Value::Null);
        let rotated = fac.organiser.post(&format!("{path}/secret-rotations"), Value::Null).is(201);
        let (old, new) = (secret(&made), secret(&rotated));
        assert_ne!(old, new);
        happen(&fac, "Leeds");
        until(&world, || receiver.requests().len() == 1);
        let both = receiver.requests().remove(0);
        assert!(both.is_signed_with(old) && both.is_signed_with(new));
        let until_then = fac.organiser.get(&path).is(200).json["old_secret_until"].clone();
        assert_eq!(until_then, rotated.json["old_secret_until"]);
        let webhook = id(&made.id());
        world.db(move |conn| {
            let over = Instant::now().plus(-chrono::TimeDelta::seconds(1));
            diesel::update(webhooks::table.find(webhook)).set(webhooks::old_secret_until.eq(over)).execute(conn)?;
            Ok(())
        });
        happen(&fac, "York");
        until(&world, || receiver.requests().len() == 2);
        let one = receiver.requests().remove(1);
        assert!(!one.is_signed_with(old) && one.is_signed_with(new));
        assert_eq!(fac.organiser.get(&path).is(200).json["old_secret_until"], Value::Null);
        let stored: Vec<String> = world.db(|conn| Ok(webhooks::table.select(webhooks::secret).load(conn)?));
        assert!(!stored[0].contains(new.strip_prefix("whsec_").unwrap()), "it is stored encrypted");
    }

    fn only_what_every_organiser_of_the_campus_may_see_is_sent(world: World) {
        let [here, there] = ["here", "there"].map(|slug| world.campus_with_cohort(slug, 1, 1));
        let receiver = Receiver::always(200);
        let made = hook(&world, &here, &receiver, json!(["campus.*", "member.*", "enrolment.*", "mentor_slot.*"]));
        happen(&there, "Leeds");
        // What concerns the person alone.
        here.students[0].patch("/v1/me", json!({"time_zone": "Asia/Gaza"})).is(200);
        here.students[0].patch("/v1/me/visibility", json!({"github": "nobody"}));
        here.students[0].put("/v1/me/notifications/read", Value::Null).is(204);
        happen(&here, "York");
        until(&world, || receiver.requests().iter().any(|one| one.kind() == "campus.updated"));
        let requests = receiver.requests();
        assert!(requests.iter().all(|one| one.json["data"]["campus_id"] == here.campus.as_str()), "{requests:?}");
        let kinds: BTreeSet<String> = requests.iter().map(|one| one.kind().to_owned()).collect();
        let open = ["campus.updated", "enrolment.updated", "member.updated"].map(str::to_owned);
        assert!(kinds.is_subset(&open.into()), "{kinds:?}");
        assert!(!requests[0].body.contains("York"), "not what became of it");
        // Once the campus is closed, what everybody sees.
        world.set_status(&here, "graduated");
        here.organiser.put(&format!("/v1/campuses/{}/closing", here.campus), Value::Null).is(200);
        here.students[0].delete(&format!("/v1/campuses/{}/members/me", here.campus)).is(204);
        until(&world, || receiver.requests().iter().any(|one| one.kind() == "campus.closed"));
        here.organiser.delete(&format!("/v1/campuses/{}/closing", here.campus)).is(200);
        until(&world, || receiver.requests().iter().any(|one| one.kind() == "campus.reopened"));
        assert!(receiver.requests().iter().all(|one| one.kind() != "member.deleted"));
        assert_eq!(count(&here, &made, "failed"), 0);
    }
}
