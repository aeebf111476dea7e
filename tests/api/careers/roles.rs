//! Roles, and the board of those that are public.

use std::thread;

use chrono::Days;
use diesel::prelude::*;
use peerled::{db::schema::employer_roles, primitives::Instant};
use serde_json::{Value, json};

use super::{
    contact, employer, employer_named, id_of, in_days, new_role, notices, public_role, publish, role, set_status,
};
use crate::{
    changes::Follower,
    harness::{Fac, World},
    on_every_database,
};

fn board(world: &World, fac: &Fac) -> Vec<Value> {
    let listed = world
        .nobody()
        .get(&format!("/v1/campuses/{}/roles", fac.campus))
        .is(200);
    listed.data().iter().map(|role| role["title"].clone()).collect()
}

/// Lets a role have expired so many days ago.
fn expire(world: &World, role: &str, days: u64) {
    let (id, day) = (id_of(role), Instant::now().date() - Days::new(days));
    world.db(move |conn| {
        diesel::update(employer_roles::table.find(id))
            .set(employer_roles::expires_on.eq(day))
            .execute(conn)?;
        Ok(())
    });
}

on_every_database! {
    fn what_is_public_was_approved_and_has_not_expired(world: World) {
        let fac = world.fac(1, 1);
        let own = employer(&fac);
        let vera = contact(&world, &fac, &own, "Vera");
        let made = vera.post(&format!("{own}/roles"), new_role()).is(201);
        assert_eq!((&made.json["status"], &made.json["pay"]), (&json!("submitted"), &new_role()["pay"]));
        let path = made.header("location").to_owned();
        assert!(board(&world, &fac).is_empty());
        world.nobody().get(&path).problem(404, "not_found");
        fac.students[0].get(&path).problem(404, "not_found");
        set_status(&vera, &path, "published").problem(403, "forbidden");
        assert_eq!(notices(&world, &fac.facilitator).len(), 1);
        publish(&fac.facilitator, &path);
        assert_eq!(board(&world, &fac), ["Junior developer"]);
        let seen = world.nobody().get(&path).is(200).json;
        assert_eq!((&seen["employer_name"], &seen["status"]), (&json!("Northwind Software"), &json!("published")));
        let told = notices(&world, &vera);
        assert!(told[0].ends_with("has published your role."), "{told:?}");
        // What was approved and is changed is read again before it is public.
        let changed = vera.patch(&path, json!({"title": "Senior developer"})).is(200).json;
        assert_eq!(changed["status"], "submitted");
        assert!(board(&world, &fac).is_empty());
        world.nobody().get(&path).problem(404, "not_found");
        assert_eq!(vera.patch(&path, json!({"title": "Senior developer"})).is(200).json["version"], changed["version"]);
        publish(&fac.organiser, &path);
        set_status(&vera, &path, "closed").is(200);
        assert!(board(&world, &fac).is_empty());
        set_status(&fac.facilitator, &path, "published").problem(409, "invalid_transition");
        set_status(&vera, &path, "submitted").is(200);
        publish(&fac.facilitator, &path);
        expire(&world, &path, 2);
        assert!(board(&world, &fac).is_empty());
        world.nobody().get(&path).problem(404, "not_found");
        vera.get(&path).is(200);
        let other = role(&fac, &own);
        expire(&world, &other, 2);
        set_status(&fac.facilitator, &other, "published").problem(409, "conflict");
        vera.patch(&other, json!({"expires_on": in_days(20)})).is(200);
        publish(&fac.facilitator, &other);
        let waiting = vera.get(&format!("{own}/roles?status=submitted,closed")).is(200);
        assert!(waiting.data().is_empty());
        assert_eq!(vera.get(&format!("{own}/roles")).is(200).data().len(), 2);
    }

    fn staff_list_the_roles_of_all_employers_by_status(world: World) {
        let fac = world.fac(1, 1);
        let (first, second) = (employer(&fac), employer_named(&fac, "Southwind"));
        let (waiting, public, closed) = (role(&fac, &first), public_role(&fac, &second), role(&fac, &second));
        set_status(&fac.facilitator, &closed, "closed").is(200);
        let all = format!("/v1/campuses/{}/roles", fac.campus);
        let listed = |query: &str| {
            let found = fac.facilitator.get(&format!("{all}{query}")).is(200);
            found.data().iter().map(|role| format!("/v1/roles/{}", role["id"].as_str().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(listed("?status=submitted"), [waiting.as_str()]);
        assert_eq!(listed("?status=submitted,closed"), [waiting.as_str(), closed.as_str()]);
        assert_eq!(listed("?status=published"), [public.as_str()]);
        assert_eq!(listed(""), [public.as_str()], "without a status what everybody sees");
        let page = fac.facilitator.get(&format!("{all}?status=submitted,published,closed&limit=2")).is(200);
        assert_eq!((page.data().len(), &page.json["page"]["has_more"]), (2, &json!(true)));
        let cursor = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(listed(&format!("?status=submitted,published,closed&limit=2&cursor={cursor}")), [closed]);
        let vera = contact(&world, &fac, &first, "Vera");
        for who in [&vera, &fac.students[0]] {
            who.get(&format!("{all}?status=submitted")).problem(403, "forbidden");
            assert_eq!(who.get(&all).is(200).data().len(), 1);
        }
        world.nobody().get(&format!("{all}?status=published")).problem(401, "authentication_required");
        fac.facilitator.get(&format!("{all}?status=open")).problem(400, "invalid_parameter");
    }

    fn nothing_is_approved_that_was_changed_meanwhile(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let vera = contact(&world, &fac, &own, "Vera");
        let path = role(&fac, &own);
        let seen = fac.facilitator.get(&path).is(200);
        let approve = json!({"status": "published"});
        fac.facilitator.put(&format!("{path}/status"), approve.clone()).problem(428, "precondition_required");
        vera.patch(&path, json!({"text": "Something else."})).is(200);
        let staff = fac.facilitator.with("If-Match", seen.header("etag"));
        staff.put(&format!("{path}/status"), approve.clone()).problem(412, "precondition_failed");
        assert!(board(&world, &fac).is_empty());
        // Of a change and an approval at once either the approval is refused, or the change takes the role off the board again.
        for round in 0..5 {
            let seen = fac.facilitator.get(&path).is(200);
            let staff = fac.facilitator.with("If-Match", seen.header("etag"));
            thread::scope(|scope| {
                scope.spawn(|| staff.put(&format!("{path}/status"), approve.clone()));
                scope.spawn(|| vera.patch(&path, json!({"text": format!("Version {round}.")})).is(200));
            });
            assert!(board(&world, &fac).is_empty());
        }
    }

    fn a_role_says_where_until_when_and_for_how_much(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let with = |field: &str, value: Value| {
            let mut new = new_role();
            new[field] = value;
            fac.facilitator.post(&format!("{own}/roles"), new)
        };
        let pay = |minimum: i64, maximum: i64, currency: &str| json!({"minimum": minimum, "maximum": maximum, "currency": currency, "per": "day"});
        with("place", Value::Null).field("/place", "required");
        with("expires_on", json!("2020-01-01")).field("/expires_on", "invalid");
        with("pay", pay(0, 1, "GBP")).field("/pay/minimum", "invalid");
        with("pay", pay(2, 1, "GBP")).field("/pay/maximum", "invalid");
        with("pay", pay(1, 2, "gbp")).is(422);
        with("pay", pay(1, 2, "DEM")).is(422);
        with("salary", json!(1)).is(422);
        assert!(fac.facilitator.get(&format!("{own}/roles")).is(200).data().is_empty());
        let mut remote = new_role();
        (remote["place"], remote["remote"], remote["pay"]) = (Value::Null, json!(true), Value::Null);
        let made = fac.facilitator.post(&format!("{own}/roles"), remote).is(201);
        assert_eq!((&made.json["place"], &made.json["remote"], &made.json["pay"]), (&Value::Null, &json!(true), &Value::Null));
        let patched = fac.facilitator.patch(made.header("location"), json!({"pay": pay(1, 2, "ILS")})).is(200);
        assert_eq!(patched.json["pay"], pay(1, 2, "ILS"));
        fac.facilitator.patch(made.header("location"), json!({"remote": false})).field("/place", "required");
    }

    fn who_saw_a_role_on_the_board_is_told_when_it_leaves(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let mut stranger = Follower::begin(&world, &world.person("Stranger"));
        let path = role(&fac, &own);
        assert!(stranger.kinds(&world).is_empty());
        publish(&fac.facilitator, &path);
        fac.facilitator.patch(&path, json!({"title": "Other"})).is(200);
        assert_eq!(stranger.kinds(&world), ["employer_role.published", "employer_role.submitted"]);
        fac.facilitator.patch(&path, json!({"title": "Yet another"})).is(200);
        assert!(stranger.kinds(&world).is_empty());
        public_role(&fac, &own);
        assert_eq!(board(&world, &fac), ["Junior developer"]);
    }
}
