//! Making, changing and reading webhooks.

use diesel::prelude::*;
use peerled::{
    db::{Conn, schema::webhook_deliveries as deliveries},
    primitives::{Id, Instant},
    webhooks::model::{TYPES, WITHHELD},
};
use serde_json::{Value, json};

use super::{count, happen, hook, id, list, receiver::Receiver, until};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn organisers_manage_the_webhooks_of_their_campus(world: World) {
        let [fac, away] = ["fac", "away"].map(|slug| world.campus_with_cohort(slug, 1, 1));
        let path = format!("/v1/campuses/{}/webhooks", fac.campus);
        let new = json!({"url": "https://example.org/hook", "events": ["round.published", "enrolment.*"]});
        let made = fac.organiser.post(&path, new.clone()).is(201);
        assert!(made.json["secret"].as_str().unwrap().starts_with("whsec_"));
        assert_eq!(made.header("cache-control"), "no-store");
        let own = format!("/v1/webhooks/{}", made.id());
        assert_eq!(made.header("location"), own);
        assert_eq!(made.json["events"], json!(["enrolment.*", "round.published"]));
        let shown = fac.organiser.get(&own).is(200);
        assert_eq!((shown.json["secret"].clone(), &shown.json["enabled"]), (Value::Null, &json!(true)));
        assert_eq!(fac.organiser.get(&path).is(200).data().len(), 1);

        fac.facilitator.post(&path, new.clone()).problem(403, "forbidden");
        fac.students[0].get(&path).problem(403, "forbidden");
        world.nobody().get(&path).problem(401, "authentication_required");
        for stranger in [&fac.facilitator, &away.organiser] {
            stranger.get(&own).problem(404, "not_found");
            stranger.patch(&own, json!({"enabled": false})).problem(404, "not_found");
            stranger.post(&format!("{own}/secret-rotations"), Value::Null).problem(404, "not_found");
            stranger.get(&format!("{own}/deliveries")).problem(404, "not_found");
            stranger.delete(&own).problem(404, "not_found");
        }
        let stale = fac.organiser.with("If-Match", "\"9-x\"");
        stale.patch(&own, json!({"enabled": false})).problem(412, "precondition_failed");
        let changed = fac.organiser.patch(&own, json!({"enabled": false, "url": "https://example.org/other"})).is(200).json;
        assert_eq!((&changed["enabled"], &changed["disabled_because"], &changed["version"]), (&json!(false), &Value::Null, &json!(2)));
        assert_eq!(fac.organiser.patch(&own, json!({"enabled": false})).is(200).json["version"], 2);
        let entries = fac.organiser.get(&format!("/v1/campuses/{}/audit-entries", fac.campus)).is(200).text;
        assert!(entries.contains("change_webhook") && !entries.contains("whsec_") && !entries.contains("example.org"), "{entries}");
        fac.organiser.delete(&own).is(204);
        fac.organiser.get(&own).problem(404, "not_found");
    }

    fn what_is_wrong_is_said(world: World) {
        let fac = world.fac(1, 0);
        let path = format!("/v1/campuses/{}/webhooks", fac.campus);
        let with = |url: &str| fac.organiser.post(&path, json!({"url": url, "events": ["campus.updated"]}));
        for url in [
            "http://example.org", "https://localhost/x", "https://10.0.0.1", "https://169.254.169.254/latest", "https://[::1]",
            "https://[fe80::1]", "https://[64:ff9b::7f00:1]", "https://example.org:0", "https://example.org:25/", "https://example.org:1023", "https://user:word@example.org",
        ] {
            with(url).field("/url", "invalid");
        }
        let of = |events: Value| fac.organiser.post(&path, json!({"url": "https://example.org", "events": events}));
        of(json!([])).field("/events", "invalid");
        for unknown in ["account.updated", "*", "round"] {
            of(json!(["campus.updated", unknown])).field("/events/1", "invalid");
        }
        for withheld in WITHHELD {
            let refused = of(json!(["campus.updated", withheld])).field("/events/1", "invalid");
            assert!(refused.text.contains("is never sent, because"), "{}", refused.text);
            let object = withheld.split_once('.').unwrap().0;
            assert!(refused.text.contains(&format!("or `{object}.*`")), "{}", refused.text);
        }
        of(json!(["retro.*", "walk.*"])).is(201);
        with("https://example.org:8443/").is(201);
        let made = of(json!(["campus.updated"])).is(201);
        let own = format!("/v1/webhooks/{}", made.id());
        fac.organiser.patch(&own, json!({"url": "https://127.0.0.2"})).field("/url", "invalid");
        fac.organiser.patch(&own, json!({"secret": "x"})).field("/secret", "unknown");
        for _ in 3..20 {
            of(json!(["campus.updated"])).is(201);
        }
        let full = of(json!(["campus.updated"])).problem(409, "conflict");
        assert!(full.json["detail"].as_str().unwrap().contains("has at most 20."));
    }

    fn what_earlier_versions_noted_of_withheld_events_is_forgotten(world: World) {
        let fac = world.fac(1, 0);
        let made = hook(&world, &fac, &Receiver::always(200), json!(["retro.*", "walk.*"]));
        let webhook = id(&made.id());
        let kinds: Vec<&str> = WITHHELD.iter().copied().chain(["retro.created", "walk.deleted"]).collect();
        world.db(move |conn| {
            for (number, kind) in (0_i64..).zip(&kinds) {
                diesel::insert_into(deliveries::table)
                    .values((
                        deliveries::id.eq(Id::new()),
                        deliveries::webhook_id.eq(webhook),
                        deliveries::event_id.eq(Id::new()),
                        deliveries::position.eq(number),
                        deliveries::kind.eq(*kind),
                        deliveries::object_type.eq("retro"),
                        deliveries::object_id.eq(Id::new()),
                        deliveries::body.eq("{}"),
                        deliveries::status.eq("failed"),
                        deliveries::attempts.eq(0),
                        deliveries::due_at.eq(Instant::now()),
                        deliveries::created_at.eq(Instant::now()),
                    ))
                    .execute(conn)?;
            }
            let step = match conn {
                Conn::Sqlite(_) => include_str!("../../../migrations/sqlite/2026-12-09-000020_withheld_deliveries/up.sql"),
                Conn::Postgres(_) => include_str!("../../../migrations/postgres/2026-12-09-000020_withheld_deliveries/up.sql"),
            };
            diesel::sql_query(step).execute(conn)?;
            Ok(())
        });
        let listed = list(&fac, &made, "");
        let mut left: Vec<&str> = listed.iter().map(|one| one["type"].as_str().unwrap()).collect();
        left.sort_unstable();
        assert_eq!(left, ["retro.created", "walk.deleted"]);
    }

    fn deliveries_are_listed_by_what_became_of_them_and_when(world: World) {
        let fac = world.fac(1, 0);
        let receiver = Receiver::always(200);
        let made = hook(&world, &fac, &receiver, json!(["campus.updated"]));
        for city in ["Leeds", "York", "Bath"] {
            happen(&fac, city);
        }
        until(&world, || count(&fac, &made, "delivered") == 3);
        let today = Instant::now().date();
        assert_eq!(list(&fac, &made, &format!("from={today}&to={today}")).len(), 3);
        assert_eq!(list(&fac, &made, &format!("from={}", today + chrono::Days::new(1))).len(), 0);
        assert_eq!(count(&fac, &made, "failed,pending"), 0);
        let first = fac.organiser.get(&format!("/v1/webhooks/{}/deliveries?limit=2", made.id())).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        let rest = fac.organiser.get(&format!("/v1/webhooks/{}/deliveries?limit=2&cursor={cursor}", made.id())).is(200);
        assert_eq!((first.data().len(), rest.data().len()), (2, 1));
        let one = fac.organiser.get(&format!("/v1/webhook-deliveries/{}", rest.data()[0]["id"].as_str().unwrap())).is(200).json;
        assert_eq!((&one["type"], &one["response_status"], &one["next_attempt_at"]), (&json!("campus.updated"), &json!(200), &Value::Null));
        let campus = json!({"type": "campus", "id": fac.campus});
        assert_eq!((&one["object"], &one["href"]), (&campus, &json!(format!("/v1/campuses/{}", fac.campus))));

        let last_month = Instant::now().plus(-chrono::TimeDelta::days(31));
        world.db(move |conn| {
            diesel::update(deliveries::table).set(deliveries::created_at.eq(last_month)).execute(conn)?;
            Ok(())
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(peerled::app::sweep(&world.state.db, Instant::now())).unwrap();
        assert!(list(&fac, &made, "").is_empty());
    }
}

#[test]
fn what_can_be_asked_for_is_documented() {
    let document = std::fs::read_to_string("docs/webhooks.md").unwrap();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<(&str, Vec<&str>)> = rows
        .filter_map(|row| {
            let (object, rest) = row.split_once("` | `")?;
            let (whats, _) = rest.split_once("` |")?;
            Some((object, whats.split("`, `").collect()))
        })
        .collect();
    let types: Vec<(&str, Vec<&str>)> = TYPES.iter().map(|(object, whats)| (*object, whats.to_vec())).collect();
    assert_eq!(rows, types);
}
