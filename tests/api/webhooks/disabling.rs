//! Receivers that do not want any more, or do not answer as they should.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{webhook_deliveries as deliveries, webhooks},
    primitives::Instant,
};
use serde_json::{Value, json};

use super::{count, happen, hook, id, let_time_pass, list, receiver::Receiver, until};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn gone_disables_at_once_and_what_was_missed_can_be_sent(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(410);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        happen(&fac, "Leeds");
        until(&world, || !fac.organiser.get(&path).is(200).json["enabled"].as_bool().unwrap());
        assert_eq!(fac.organiser.get(&path).is(200).json["disabled_because"], "gone");
        let mail = world.mail();
        let to: Vec<&str> = mail.iter().map(|message| message.recipient.as_str()).collect();
        assert_eq!(to, [fac.organiser.email.as_str()], "organisers, not facilitators");
        assert_eq!(mail[0].subject, "A webhook of fac is disabled");
        assert!(mail[0].body.contains(&receiver.url()) && mail[0].body.contains(&path));

        happen(&fac, "York");
        world.hand_out();
        let missed = list(&fac, &made, "status=failed");
        assert_eq!(missed.len(), 2);
        assert_eq!((&missed[0]["error"], &missed[0]["attempts"]), (&json!("the webhook was disabled"), &json!(0)));
        let again = format!("/v1/webhook-deliveries/{}/replays", missed[0]["id"].as_str().unwrap());
        let range = json!({"from": "2026-01-01T00:00:00Z"});
        fac.organiser.post(&again, Value::Null).problem(409, "conflict");
        fac.organiser.post(&format!("{path}/replays"), range.clone()).problem(409, "conflict");
        assert_eq!(receiver.requests().len(), 1, "nothing more is sent");

        receiver.decide(|_, _| (200, String::new()));
        let enabled = fac.organiser.patch(&path, json!({"enabled": true})).is(200).json;
        assert_eq!((&enabled["disabled_because"], &enabled["failing_since"]), (&Value::Null, &Value::Null));
        let nothing = json!({"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"});
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), nothing).is(202).json["replayed"], 0);
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), range).is(202).json["replayed"], 2);
        until(&world, || count(&fac, &made, "delivered") == 2);
        let all = json!({"from": "2026-01-01T00:00:00Z", "delivered": true});
        assert_eq!(fac.organiser.post(&format!("{path}/replays"), all).is(202).json["replayed"], 2);
        until(&world, || receiver.taken().len() == 4);
    }

    fn days_without_a_success_disable(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(500);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        let failing = |days: i64| {
            let (webhook, since) = (id(&made.id()), Instant::now().plus(-TimeDelta::days(days)));
            world.db(move |conn| {
                diesel::update(webhooks::table.find(webhook)).set((webhooks::failing_since.eq(since), webhooks::failures.eq(10))).execute(conn)?;
                Ok(())
            });
        };
        happen(&fac, "Leeds");
        until(&world, || fac.organiser.get(&path).is(200).json["failing_since"].is_string());
        failing(4);
        let tries = receiver.requests().len();
        until(&world, || receiver.requests().len() > tries + 1);
        assert_eq!(fac.organiser.get(&path).is(200).json["enabled"], true);
        failing(6);
        until(&world, || fac.organiser.get(&path).is(200).json["disabled_because"] == "failing");
        assert_eq!(count(&fac, &made, "pending"), 0);
        let mail = world.mail();
        assert!(mail.len() == 1 && mail[0].body.contains("five days"), "{mail:?}");
    }

    fn days_of_refusals_disable_too_but_not_a_few(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(422);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        happen(&fac, "Leeds");
        until(&world, || fac.organiser.get(&path).is(200).json["failing_since"].is_string());
        let (webhook, since) = (id(&made.id()), Instant::now().plus(-TimeDelta::days(6)));
        world.db(move |conn| {
            diesel::update(webhooks::table.find(webhook)).set(webhooks::failing_since.eq(since)).execute(conn)?;
            Ok(())
        });
        until(&world, || !fac.organiser.get(&path).is(200).json["enabled"].as_bool().unwrap());
        assert_eq!(fac.organiser.get(&path).is(200).json["disabled_because"], "failing");
        assert_eq!(receiver.requests().len(), 10, "not before it was tried often");
        assert!(world.mail().iter().any(|mail| mail.body.contains("five days")));
    }

    fn what_is_taken_between_refusals_keeps_a_webhook_enabled(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(422);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        let path = format!("/v1/webhooks/{}", made.id());
        happen(&fac, "Leeds");
        until(&world, || count(&fac, &made, "failed") == 1);
        receiver.decide(|_, _| (200, String::new()));
        happen(&fac, "York");
        until(&world, || count(&fac, &made, "delivered") == 1);
        let well = fac.organiser.get(&path).is(200).json;
        assert_eq!((&well["enabled"], &well["failing_since"]), (&json!(true), &Value::Null));
    }

    fn a_redirect_is_a_failure_and_a_receiver_may_ask_to_wait(world: World) {
        let fac = world.fac(1, 0);
        let elsewhere = Receiver::always(200);
        let target = elsewhere.url();
        let receiver = Receiver::start(move |_, number| match number {
            0 => (307, format!("Location: {target}\r\n")),
            _ => (429, "Retry-After: 3000\r\n".into()),
        });
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        happen(&fac, "Leeds");
        world.hand_out();
        let first = || list(&fac, &made, "").remove(0);
        let began = std::time::Instant::now();
        while first()["error"] != "answered 307" {
            assert!(began.elapsed() < std::time::Duration::from_secs(60), "{}", first());
        }
        assert!(elsewhere.requests().is_empty());
        let_time_pass(&world);
        while first()["error"] != "answered 429" {
            assert!(began.elapsed() < std::time::Duration::from_secs(60), "{}", first());
        }
        let due: Vec<Instant> = world.db(|conn| Ok(deliveries::table.select(deliveries::due_at).load(conn)?));
        let wait = due[0].unix_seconds() - Instant::now().unix_seconds();
        assert!((2900..=3000).contains(&wait), "{wait}");
    }

    fn nothing_in_a_private_network_is_ever_connected_to(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(200);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        // As if the name had led elsewhere when it was entered: it does now.
        for host in ["localhost", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "2130706434"] {
            let (webhook, url) = (id(&made.id()), format!("http://{host}:{}/hook", receiver.port));
            world.db(move |conn| {
                diesel::update(webhooks::table.find(webhook)).set(webhooks::url.eq(&url)).execute(conn)?;
                Ok(())
            });
            happen(&fac, host);
            world.hand_out();
            let failed = || list(&fac, &made, "status=pending").first().map(|one| one["error"].clone());
            let began = std::time::Instant::now();
            while failed() != Some(json!("the host has no address on the public internet")) {
                assert!(began.elapsed() < std::time::Duration::from_secs(60), "{host}: {:?}", failed());
                let_time_pass(&world);
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            world.db(|conn| {
                diesel::delete(deliveries::table).execute(conn)?;
                Ok(())
            });
        }
        assert!(receiver.requests().is_empty());
    }
}
