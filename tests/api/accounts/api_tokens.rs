//! Tokens for programs.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant as Clock},
};

use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use peerled::{
    db::schema::{api_tokens, audit_entries, people},
    primitives::{Id, Instant},
    web::Who,
};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::{
    clients,
    harness::{Answer, Client, User, World},
    on_every_database,
};

/// What takes a session although it is not about the caller's own account. docs/sessions.md says so too.
const CLOSED_AT_CAMPUSES: [&str; 29] = [
    "DELETE /v1/applications/{id}/recusals/{person_id}",
    "DELETE /v1/campuses/{id}/alumni-sources/{campus_id}",
    "DELETE /v1/campuses/{id}/approval",
    "DELETE /v1/campuses/{id}/closing",
    "DELETE /v1/campuses/{id}/members/me",
    "DELETE /v1/campuses/{id}/members/{person_id}/second-factor",
    "DELETE /v1/campuses/{id}/pastoral-carers/{person_id}",
    "DELETE /v1/campuses/{id}/staff/{person_id}",
    "DELETE /v1/clients/{id}/owners/{person_id}",
    "DELETE /v1/cohorts/{id}/admission-panel/{person_id}",
    "DELETE /v1/employers/{id}/contacts/{person_id}",
    "DELETE /v1/staff-invitations/{id}",
    "DELETE /v1/webhooks/{id}",
    "PATCH /v1/webhooks/{id}",
    "POST /v1/campuses/{id}/members/{person_id}/password-resets",
    "POST /v1/campuses/{id}/staff-invitations",
    "POST /v1/campuses/{id}/webhooks",
    "POST /v1/clients/{id}/owner-invitations",
    "POST /v1/cohorts/{id}/enrolments/{person_id}/claim-links",
    "POST /v1/staff-invitations/acceptances",
    "POST /v1/webhooks/{id}/secret-rotations",
    "PUT /v1/campuses/{id}/alumni-sources/{campus_id}",
    "PUT /v1/campuses/{id}/approval",
    "PUT /v1/campuses/{id}/closing",
    "PUT /v1/campuses/{id}/pastoral-carers/{person_id}",
    "PUT /v1/campuses/{id}/staff/{person_id}",
    "PUT /v1/cohorts/{id}/admission-panel/{person_id}",
    "PUT /v1/employers/{id}/contacts/{person_id}",
    "PUT /v1/introductions/{id}/consent",
];

fn in_days(days: u64) -> String {
    (Instant::now().date() + Days::new(days)).to_string()
}

fn make(user: &Client, scopes: &[&str]) -> Answer {
    let body = json!({"name": "Nightly report", "scopes": scopes, "expires_on": in_days(30)});
    user.post("/v1/me/api-tokens", body).is(201)
}

fn with(world: &World, made: &Answer) -> Client {
    Client::new(&world.url, made.json["token"].as_str().map(Into::into))
}

/// Somebody with a token that may do everything that a token may.
fn program(world: &World, user: &User) -> Client {
    with(world, &make(user, &["read", "write"]))
}

fn last_use(user: &User) -> Value {
    user.get("/v1/me/api-tokens").is(200).data()[0]["last_used_at"].clone()
}

/// It is noted beside the request.
fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = Clock::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Clock::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

on_every_database! {
    fn is_shown_once_and_acts_for_its_owner(world: World) {
        let fac = world.fac(1, 0);
        let made = make(&fac.facilitator, &["read", "write"]);
        let token = made.json["token"].as_str().unwrap().to_owned();
        assert!(token.starts_with("pl_") && token.len() > 40, "{token}");
        assert_eq!(made.header("location"), format!("/v1/me/api-tokens/{}", made.id()));
        let listed = fac.facilitator.get("/v1/me/api-tokens").is(200);
        assert!(!listed.text.contains(&token));
        let row = &listed.data()[0];
        assert_eq!((&row["name"], &row["scopes"]), (&json!("Nightly report"), &json!(["read", "write"])));
        assert_eq!((&row["expires_on"], &row["last_used_at"]), (&json!(in_days(30)), &json!(null)));
        let stored: Vec<String> = world.db(|conn| Ok(api_tokens::table.select(api_tokens::token_hash).load(conn)?));
        assert!(!stored[0].contains(&token[3..]));

        let program = with(&world, &made);
        assert_eq!(program.get("/v1/me").is(200).id(), fac.facilitator.id);
        for _ in 0..2 {
            program.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).is(200);
        }
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        program.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201);
        // The trail says with which token.
        let person = Id::parse(&fac.facilitator.id).unwrap();
        let by: Vec<Option<Id>> = world.db(move |conn| {
            let entries = audit_entries::table.filter(audit_entries::operation.eq("create_mentor_slot"));
            Ok(entries.filter(audit_entries::person_id.eq(person)).select(audit_entries::session_id).load(conn)?)
        });
        assert_eq!(by, [Some(Id::parse(&made.id()).unwrap())]);
    }

    fn its_scopes_bound_it(world: World) {
        let fac = world.fac(1, 0);
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        let reader = with(&world, &make(&fac.facilitator, &["read"]));
        let writer = with(&world, &make(&fac.facilitator, &["write"]));
        reader.get(&slots).is(200);
        reader.post(&slots, slot.clone()).problem(403, "insufficient_scope");
        writer.get(&slots).problem(403, "insufficient_scope");
        writer.get("/v1/campuses").problem(403, "insufficient_scope");
        writer.post(&slots, slot).is(201);
        assert_eq!(reader.get(&slots).is(200).data().len(), 1);
    }

    /// Asked of every operation there is, before anything else of the request is looked at.
    fn no_operation_forgets_them(world: World) {
        let amal = world.person("Amal");
        let all = program(&world, &amal);
        let (reader, writer) = (with(&world, &make(&amal, &["read"])), with(&world, &make(&amal, &["write"])));
        let mut closed = Vec::new();
        for operation in peerled::routes::operations() {
            let path = operation.path().replace("{id}", "0ds8x2v4fmg00").replace("{person_id}", "0ds8x2v4fmg00").replace("{number}", "1").replace("{date}", "2026-03-02");
            let method: Method = operation.method().as_str().parse().unwrap();
            let code = |caller: &Client| {
                let answer = caller.json(method.clone(), &path, Value::Null);
                answer.json["code"].as_str().unwrap_or_default().to_owned()
            };
            if operation.who_may() == Who::CredentialsInBody {
                assert!(!["session_required", "insufficient_scope"].contains(&code(&all).as_str()), "{path}");
                continue;
            }
            if code(&all) == "session_required" {
                closed.push(format!("{method} {}", operation.path()));
                assert_eq!((code(&reader), code(&writer)), ("session_required".into(), "session_required".into()), "{path}");
                continue;
            }
            let reads = ["GET", "HEAD"].contains(&method.as_str());
            assert_eq!(code(&reader) == "insufficient_scope", !reads, "{method} {path}");
            assert_eq!(code(&writer) == "insufficient_scope", reads, "{method} {path}");
        }
        for operation in [
            "POST /v1/auth/logout",
            "PATCH /v1/me",
            "GET /v1/me/sessions",
            "DELETE /v1/me/sessions",
            "PATCH /v1/me/sessions/{id}",
            "DELETE /v1/me/sessions/{id}",
            "POST /v1/me/totp",
            "POST /v1/me/totp/confirmation",
            "DELETE /v1/me/totp",
            "GET /v1/me/api-tokens",
            "POST /v1/me/api-tokens",
            "DELETE /v1/me/api-tokens/{id}",
        ] {
            assert!(closed.iter().any(|one| one == operation), "{operation} is open to API tokens");
        }
        let is_own = |one: &&String| one.contains(" /v1/me") || one.contains(" /v1/auth/");
        let others: BTreeSet<&str> = closed.iter().filter(|one| !is_own(one)).map(String::as_str).collect();
        assert_eq!(others, BTreeSet::from(CLOSED_AT_CAMPUSES));
        all.get("/v1/me").is(200);
    }

    fn a_token_reads_of_its_owner_what_it_reads_elsewhere_and_nothing_that_they_alone_read(world: World) {
        let fac = world.coming_fac(2, 4);
        for user in [&fac.facilitator, &fac.students[0]] {
            let reader = with(&world, &make(user, &["read"]));
            for path in ["attention", "clients", "employers", "applications", "admission-panels", "manual"] {
                let path = format!("/v1/me/{path}");
                assert_eq!(reader.get(&path).is(200).json, user.get(&path).is(200).json, "{path}");
            }
            for path in ["export", "visibility", "progress-logs", "career-profile", "introductions", "feedback", "audit-entries", "calendar-feeds", "sessions"] {
                let refused = reader.get(&format!("/v1/me/{path}")).problem(403, "session_required");
                assert_eq!(refused.json["detail"], "API tokens may not be used for this operation. Log in, and send the access token.", "{path}");
            }
        }
        let (student, cohort) = (&fac.students[0], format!("cohort_id={}", fac.cohort));
        let reader = with(&world, &make(student, &["read"]));
        for path in [format!("/v1/me/week?{cohort}"), format!("/v1/me/fairness?{cohort}")] {
            assert_eq!(reader.get(&path).is(200).json, student.get(&path).is(200).json, "{path}");
        }
    }

    fn no_token_hands_a_campus_to_anybody(world: World) {
        let fac = world.fac(1, 0);
        let program = program(&world, &fac.organiser);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let accomplice = world.person("Accomplice");
        accomplice.put(&format!("{campus}/members/me"), Value::Null).is(204);
        let staff = format!("{campus}/staff/{}", accomplice.id);
        let organiser = json!({"role": "organiser"});
        program.put(&staff, organiser.clone()).problem(403, "session_required");
        let invitation = json!({"email": "accomplice@example.org", "role": "organiser"});
        program.post(&format!("{campus}/staff-invitations"), invitation.clone()).problem(403, "session_required");
        program.put(&format!("{campus}/pastoral-carers/{}", accomplice.id), Value::Null).problem(403, "session_required");
        program.put(&format!("{campus}/closing"), Value::Null).problem(403, "session_required");
        program.delete(&format!("{campus}/staff/{}", fac.facilitator.id)).problem(403, "session_required");
        program.delete(&format!("{campus}/members/me")).problem(403, "session_required");
        let seen = program.get(&format!("{campus}/staff")).is(200);
        assert_eq!(seen.data().len(), 2, "{}", seen.text);
        // The same with a session; and a program runs the campus as before.
        fac.organiser.put(&staff, organiser).is(204);
        fac.organiser.post(&format!("{campus}/staff-invitations"), invitation).is(202);
        program.get(&format!("{campus}/staff-invitations")).is(200);
        program.patch(&campus, json!({"city": "Leeds"})).is(200);
    }

    fn no_token_makes_or_removes_a_product_owner(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let olive = world.person("Olive");
        let client = clients::apply(&fac, &olive);
        let (invitations, owner) = (format!("{client}/owner-invitations"), format!("{client}/owners/{}", olive.id));
        let accomplice = json!({"email": "accomplice@example.org"});
        for user in [&fac.organiser, &olive] {
            let program = program(&world, user);
            program.post(&invitations, accomplice.clone()).problem(403, "session_required");
            program.delete(&owner).problem(403, "session_required");
            let seen = program.get(&client).is(200).json;
            assert_eq!(seen["owners"][0]["id"], json!(olive.id));
            assert!(program.get(&invitations).is(200).data().is_empty());
        }
        fac.organiser.post(&invitations, accomplice).is(202);
    }

    fn no_token_changes_what_the_safety_of_a_campus_rests_on(world: World) {
        let fac = world.fac(1, 0);
        let program = program(&world, &fac.organiser);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let before = fac.organiser.get(&campus).is(200).json;
        for (field, value) in [("require_second_factor", false), ("require_second_factor", true), ("approves_members", false)] {
            let mut patch = json!({"city": "Leeds"});
            patch[field] = json!(value);
            // However its JSON is written.
            let plain = patch.to_string();
            let escaped = plain.replace('_', "\\u005f");
            for body in [format!("\u{feff}{plain}"), format!(" \n{plain}"), escaped, plain] {
                let sent = program.send(Method::PATCH, &campus, Some("application/json"), body.into_bytes());
                let refused = sent.problem(403, "session_required");
                assert!(refused.text.contains(field), "{}", refused.text);
            }
        }
        assert_eq!(fac.organiser.get(&campus).is(200).json, before);
        let hook = json!({"url": "https://hooks.example.org/fac", "events": ["week"]});
        program.post(&format!("{campus}/webhooks"), hook).problem(403, "session_required");
        program.patch(&campus, json!({"city": "Leeds"})).is(200);
        fac.organiser.patch(&campus, json!({"approves_members": true})).is(200);
    }

    fn is_refused_once_deleted_expired_or_its_owner_disabled(world: World) {
        let amal = world.person("Amal");
        let made = make(&amal, &["read"]);
        let program = with(&world, &made);
        program.get("/v1/me").is(200);
        amal.delete(&format!("/v1/me/api-tokens/{}", made.id())).is(204);
        let refused = program.get("/v1/me").problem(401, "invalid_token");
        assert_eq!(refused.json["detail"], "This API token was deleted or has expired. Make a new one.");
        program.get("/v1/campuses").problem(401, "invalid_token");
        amal.delete(&format!("/v1/me/api-tokens/{}", made.id())).problem(404, "not_found");

        let program = with(&world, &make(&amal, &["read"]));
        program.get("/v1/me").is(200);
        world.db(|conn| {
            let yesterday = Instant::now().date() - Days::new(1);
            diesel::update(api_tokens::table).set(api_tokens::expires_on.eq(yesterday)).execute(conn)?;
            Ok(())
        });
        program.get("/v1/me").problem(401, "invalid_token");

        let program = with(&world, &make(&amal, &["read"]));
        program.get("/v1/me").is(200);
        let id = Id::parse(&amal.id).unwrap();
        world.db(move |conn| {
            diesel::update(people::table.find(id)).set(people::disabled_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        program.get("/v1/me").problem(401, "invalid_token");
        for wrong in ["pl_", "pl_x", &format!("pl_{}", "A".repeat(43))] {
            Client::new(&world.url, Some(wrong.into())).get("/v1/me").problem(401, "invalid_token");
        }
    }

    fn ending_sessions_leaves_it_and_it_does_not_log_out(world: World) {
        let amal = world.person("Amal");
        let program = program(&world, &amal);
        program.post("/v1/auth/logout", Value::Null).problem(403, "session_required");
        amal.post("/v1/auth/logout", Value::Null).is(204);
        program.get("/v1/me").is(200);
    }

    fn its_last_use_is_noted_once_an_hour(world: World) {
        let amal = world.person("Amal");
        let made = make(&amal, &["read"]);
        let program = with(&world, &made);
        program.get("/v1/me").is(200);
        until("the first use is noted", || last_use(&amal) != Value::Null);
        let first = last_use(&amal);
        for _ in 0..3 {
            program.get("/v1/me").is(200);
        }
        assert_eq!(last_use(&amal), first);
        let id = Id::parse(&made.id()).unwrap();
        let long_ago = Instant::now().plus(-TimeDelta::minutes(61));
        world.db(move |conn| {
            diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(long_ago)).execute(conn)?;
            Ok(())
        });
        program.get("/v1/me").is(200);
        until("a use an hour later is noted", || last_use(&amal).as_str() > first.as_str());
    }

    fn what_is_not_right_is_named_and_there_are_not_too_many(world: World) {
        let amal = world.person("Amal");
        let attempt = |field: &str, value: Value| {
            let mut body = json!({"name": "Nightly report", "scopes": ["read"], "expires_on": in_days(30)});
            body[field] = value;
            amal.post("/v1/me/api-tokens", body)
        };
        attempt("scopes", json!([])).field("/scopes", "invalid");
        attempt("scopes", json!(["admin"])).field("/scopes/0", "invalid");
        attempt("name", json!("")).field("/name", "invalid");
        for wrong in [in_days(370), "2026-01-01".into(), "tomorrow".into()] {
            attempt("expires_on", json!(wrong)).field("/expires_on", "invalid");
        }
        for _ in 0..20 {
            attempt("name", json!("Another")).is(201);
        }
        attempt("name", json!("One too many")).problem(409, "too_many_api_tokens");
        let basma = world.person("Basma");
        let theirs = amal.get("/v1/me/api-tokens").is(200).data()[0]["id"].as_str().unwrap().to_owned();
        basma.delete(&format!("/v1/me/api-tokens/{theirs}")).problem(404, "not_found");
        let page = amal.get("/v1/me/api-tokens?limit=15").is(200);
        let next = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(amal.get(&format!("/v1/me/api-tokens?limit=15&cursor={next}")).is(200).data().len(), 5);
    }
}
