//! What the audit trail tells of sessions, of what was made and of what became what.

use diesel::prelude::*;
use peerled::db::schema::audit_entries as audit;
use serde_json::{Value, json};

use crate::{
    authz_matrix::{Stage, samples},
    harness::World,
    on_every_database,
};

type Line = (String, Option<String>, Option<String>, bool);

/// Operation, person, what was made, and whether the request is named.
fn trail(world: &World) -> Vec<Line> {
    world.db(|conn| {
        let rows: Vec<(String, Option<peerled::primitives::Id>, Option<String>, String)> = audit::table
            .order(audit::id)
            .select((audit::operation, audit::person_id, audit::object, audit::request_id))
            .load(conn)?;
        let line = |(operation, person, object, request): (String, Option<peerled::primitives::Id>, _, String)| {
            (operation, person.map(|id| id.to_string()), object, !request.is_empty())
        };
        Ok(rows.into_iter().map(line).collect())
    })
}

/// The fields and the differences of an operation's entries, oldest first.
fn changes(world: &World, operation: &str) -> Vec<(String, Value)> {
    let operation = operation.to_owned();
    world.db(move |conn| {
        let rows: Vec<(String, Option<String>)> = audit::table
            .filter(audit::operation.eq(&operation))
            .order(audit::id)
            .select((audit::changes, audit::difference))
            .load(conn)?;
        let told = |(fields, difference): (String, Option<String>)| {
            let difference = difference.map(|text| serde_json::from_str(&text).unwrap());
            (fields, difference.unwrap_or_default())
        };
        Ok(rows.into_iter().map(told).collect())
    })
}

#[track_caller]
fn last(world: &World, operation: &str) -> (String, Value) {
    changes(world, operation)
        .pop()
        .unwrap_or_else(|| panic!("{operation} left no entry"))
}

on_every_database! {
    fn every_patch_says_what_changed_and_that_nothing_did(world: World) {
        let samples = samples();
        let patches = peerled::routes::operations().into_iter().filter(|operation| operation.method() == "PATCH" && !operation.is_secret());
        for (number, operation) in patches.enumerate() {
            let stage = Stage::new(&world, number);
            let id = operation.id();
            let made = stage.roles.iter().find_map(|role| {
                let sample = samples[id].for_role(&stage, role);
                let answer = sample.send(&operation, &role.client);
                (answer.status == 200).then_some((sample, role))
            });
            let (sample, role) = made.unwrap_or_else(|| panic!("nobody may {id}"));
            let (fields, difference) = last(&world, id);
            let named: Vec<&String> = difference.as_object().unwrap_or_else(|| panic!("{id} tells no difference")).keys().collect();
            assert_eq!(fields.split(',').collect::<Vec<_>>(), named, "{id}");
            assert_eq!(sample.send(&operation, &role.client).status, 200, "{id}");
            assert_eq!(last(&world, id), (String::new(), Value::Null), "{id}");
        }
    }

    fn differences_are_kept_and_what_is_private_is_not(world: World) {
        let fac = world.fac(2, 1);
        let (campus, cohort) = (format!("/v1/campuses/{}", fac.campus), format!("/v1/cohorts/{}", fac.cohort));
        fac.organiser.patch(&campus, json!({"name": "FAC North", "city": "London", "approves_members": true})).is(200);
        let expected = json!({"name": {"from": "fac", "to": "FAC North"}, "approves_members": {"from": false, "to": true}});
        assert_eq!(last(&world, "change_campus"), ("approves_members,name".into(), expected));

        let student = format!("{cohort}/enrolments/{}", fac.students[0].id);
        let patch = json!({"experience": 4, "attributes": {"gender": "woman"}, "joined_on": "2026-01-06"});
        fac.facilitator.patch(&student, patch).is(200);
        let expected = json!({"experience": "changed", "attributes": "changed", "joined_on": {"from": "2026-01-05", "to": "2026-01-06"}});
        assert_eq!(last(&world, "change_enrolment").1, expected);

        let week = fac.facilitator.get(&format!("{cohort}/weeks/1")).is(200);
        let project = format!("/v1/projects/{}", week.json["project"]["id"].as_str().unwrap());
        fac.facilitator.patch(&project, json!({"title": "A shop", "brief": "Between us: badly."})).is(200);
        assert_eq!(last(&world, "change_project").1, json!({"brief": "changed", "title": {"from": "Project 1", "to": "A shop"}}));

        fac.students[0].patch("/v1/me", json!({"name": "Somebody Else", "github": "somebody"})).is(200);
        assert_eq!(last(&world, "change_me").1, json!({"name": "changed", "github": "changed"}));

        let (staff, members) = (format!("{campus}/staff/{}", fac.facilitator.id), format!("{campus}/members"));
        fac.organiser.put(&staff, json!({"role": "organiser"})).is(204);
        assert_eq!(last(&world, "appoint_staff").1, json!({"role": {"from": "facilitator", "to": "organiser"}}));
        fac.organiser.delete(&staff).is(204);
        assert_eq!(last(&world, "dismiss_staff").1, json!({"role": {"from": "organiser", "to": null}}));
        let amal = world.person("Amal");
        amal.put(&format!("{members}/me"), Value::Null).is(202);
        assert_eq!(last(&world, "join_campus").1, json!({"status": {"from": null, "to": "pending"}}));
        fac.organiser.put(&format!("{members}/{}", amal.id), Value::Null).is(204);
        assert_eq!(last(&world, "admit_member").1, json!({"status": {"from": "pending", "to": "member"}}));
        fac.organiser.delete(&format!("{members}/{}", amal.id)).is(204);
        assert_eq!(last(&world, "remove_member").1, json!({"status": {"from": "member", "to": null}}));
        world.administrator("Ada").put(&format!("{campus}/approval"), Value::Null).is(204);
        assert_eq!(last(&world, "approve_campus").1, json!({"approved": {"from": false, "to": true}}));

        let guest = json!({"email": "guest@example.org", "name": "Guest"});
        fac.organiser.post(&format!("{cohort}/enrolments"), guest).is(202);
        let everything: Vec<(String, Option<String>, Option<String>, String)> = world.db(|conn| {
            let columns = (audit::target, audit::object, audit::difference, audit::changes);
            Ok(audit::table.select(columns).load(conn)?)
        });
        let everything = format!("{everything:?}");
        for private in ["@", "woman", "Between us", "Somebody", "somebody", "Guest"] {
            assert!(!everything.contains(private), "{private} is in {everything}");
        }
    }

    fn sessions_leave_a_trail(world: World) {
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        let person = world.nobody().post("/v1/people", account).is(201).id();
        let log_in = |email: &str, password: &str| {
            world.nobody().post("/v1/auth/login", json!({"email": email, "password": password}))
        };
        let before = trail(&world).len();
        log_in("amal@example.org", "not the password").problem(401, "invalid_credentials");
        log_in("nobody@example.org", "not the password").problem(401, "invalid_credentials");
        let first = log_in("amal@example.org", "weaver lamp orbit").is(200).json["refresh_token"].clone();
        let refresh = |token: &Value| world.nobody().post("/v1/auth/refresh", json!({"refresh_token": token}));
        let second = refresh(&first).is(200).json["refresh_token"].clone();
        refresh(&second).is(200);
        refresh(&first).problem(401, "invalid_refresh_token");
        let told: Vec<Line> = trail(&world).split_off(before);
        let who = Some(person);
        let expected = [
            ("log_in_failed", who.clone()),
            ("log_in_failed", None),
            ("log_in", who.clone()),
            ("refresh_session", who.clone()),
            ("refresh_session", who.clone()),
            ("refresh_token_reused", who),
        ];
        let expected: Vec<Line> = expected.into_iter().map(|(operation, who)| (operation.into(), who, None, true)).collect();
        assert_eq!(told, expected);
    }

    fn entries_are_neither_changed_nor_deleted(world: World) {
        let fac = world.fac(1, 0);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "Leeds"})).is(200);
        let before = trail(&world);
        let db = &world.state.db;
        let changed = db.write_blocking(|conn| {
            Ok(diesel::update(audit::table).set(audit::operation.eq("nothing")).execute(conn)?)
        });
        let deleted = db.write_blocking(|conn| Ok(diesel::delete(audit::table).execute(conn)?));
        assert!(changed.is_err() && deleted.is_err());
        assert_eq!(trail(&world), before);
    }

    fn what_was_made_is_named(world: World) {
        let fac = world.fac(2, 8);
        let path = format!("/v1/cohorts/{}/team-plans", fac.cohort);
        let plan = fac.facilitator.post(&path, json!({"from_week": 1, "to_week": 1, "effort": "quick"})).is(201).id();
        let (operation, who, made, _) = trail(&world).pop().unwrap();
        assert_eq!((operation.as_str(), who, made), ("create_team_plan", Some(fac.facilitator.id.clone()), Some(format!("/v1/team-plans/{plan}"))));
    }
}
