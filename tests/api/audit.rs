//! What the audit trail tells of sessions and of what was made.

use diesel::prelude::*;
use peerled::db::schema::audit_entries as audit;
use serde_json::{Value, json};

use crate::{harness::World, on_every_database};

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

on_every_database! {
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

    fn what_was_made_is_named(world: World) {
        let fac = world.fac(2, 8);
        let path = format!("/v1/cohorts/{}/team-plans", fac.cohort);
        let plan = fac.facilitator.post(&path, json!({"from_week": 1, "to_week": 1, "effort": "quick"})).is(201).id();
        let (operation, who, made, _) = trail(&world).pop().unwrap();
        assert_eq!((operation.as_str(), who, made), ("create_team_plan", Some(fac.facilitator.id.clone()), Some(format!("/v1/team-plans/{plan}"))));
    }
}
