//! Reading the audit trail.

pub mod samples;
mod table;

use diesel::prelude::*;
use peerled::{
    audit::{self, AuditEntry},
    db::schema::audit_entries,
    primitives::{Id, Instant, NUMBERS, id::NODES},
    web::Operation,
};
use serde_json::{Value, json};

use crate::{
    authz_matrix::Stage,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// An id begins with the moment at which it was made and goes on with the number of the process, but for what is to tell the
/// day alone. That is drawn, and a draw may fall into this very minute, but hardly on the process's number as well.
#[track_caller]
pub fn tells_no_moment(id: &Value) {
    let made = |id: Id| id.raw() >> NUMBERS.trailing_zeros();
    let process = |id: Id| id.raw() % i64::from(NUMBERS) / (i64::from(NUMBERS) / i64::from(NODES));
    let (id, now) = (Id::parse(id.as_str().unwrap()).unwrap(), Id::new());
    let apart = (made(now) - made(id)).abs();
    assert!(
        apart > 60_000 || process(id) != process(now),
        "made {apart} ms ago by this process"
    );
}

/// Of secret operations, such as those with this word in their name, organisers learn nothing, neither in the trail nor in the
/// campus's export; whoever did them reads the path without ids and the day.
#[track_caller]
pub fn secret_to_organisers(world: &World, fac: &Fac, who: &User, word: &'static str, path: &str) {
    for place in ["audit-entries", &format!("audit-entries?actor={}", who.id), "export"] {
        let seen = fac
            .organiser
            .get(&format!("/v1/campuses/{}/{place}", fac.campus))
            .is(200);
        let entries = match place {
            "export" => &seen.json["audit_entries"],
            _ => &seen.json["data"],
        };
        let entries = entries.as_array().unwrap();
        assert!(
            entries
                .iter()
                .all(|entry| !entry["operation"].to_string().contains(word)),
            "{place}: {entries:?}"
        );
    }
    let own = who.get("/v1/me/audit-entries?limit=100").is(200);
    let mut own = own.data().clone();
    own.retain(|entry| entry["operation"]["id"].as_str().unwrap().contains(word));
    assert!(own.iter().any(|entry| entry["target"] == path), "{own:?}");
    for entry in &own {
        assert!(entry["at"].as_str().unwrap().ends_with("T00:00:00Z"), "{entry}");
        tells_no_moment(&entry["id"]);
        assert_eq!(
            (&entry["fields"], &entry["changes"], &entry["request_id"]),
            (&json!([]), &json!({}), &Value::Null)
        );
    }
    let kept: Vec<Option<Id>> = world.db(move |conn| {
        let of_word = audit_entries::table.filter(audit_entries::operation.like(format!("%{word}%")));
        Ok(of_word.select(audit_entries::campus_id).load(conn)?)
    });
    assert!(!kept.is_empty() && kept.iter().all(Option::is_none));
}

/// What is wrong if an operation that changes something at a campus left an entry that does not say at which, or a secret one
/// an entry that does.
pub fn missing_campus(stage: &Stage, operation: &Operation) -> Option<String> {
    let elsewhere = ["/v1/people", "/v1/auth/", "/v1/me", "/v1/notification-unsubscriptions"];
    if elsewhere.iter().any(|path| operation.path().starts_with(path)) {
        return None;
    }
    let id = operation.id();
    let entry: Option<Option<Id>> = stage.world.db(move |conn| {
        Ok(audit_entries::table
            .filter(audit_entries::operation.eq(id))
            .order(audit_entries::id.desc())
            .select(audit_entries::campus_id)
            .first(conn)
            .optional()?)
    });
    if operation.is_secret() {
        return entry
            .flatten()
            .map(|_| "is secret, and its entry in the audit trail is its campus's to read".into());
    }
    (entry == Some(None)).then(|| "leaves an entry in the audit trail that does not say at which campus".into())
}

/// The operations of a page, the newest first.
#[track_caller]
fn operations(answer: &Answer) -> Vec<&str> {
    let entries = answer.data().iter();
    entries
        .map(|entry| entry["operation"]["id"].as_str().unwrap())
        .collect()
}

fn read(user: &User, path: &str) -> Answer {
    user.get(path).is(200)
}

on_every_database! {
    fn organisers_read_what_was_done_at_their_campus(world: World) {
        let (fac, other) = (world.fac(2, 2), world.campus_with_cohort("other", 2, 1));
        let (campus, cohort) = (format!("/v1/campuses/{}", fac.campus), format!("/v1/cohorts/{}", fac.cohort));
        let trail = format!("{campus}/audit-entries");
        fac.organiser.patch(&campus, json!({"city": "Leeds"})).is(200);
        let absence = format!("{cohort}/weeks/1/absences/{}", fac.students[0].id);
        world.begin_week(&fac, 1, 0);
        fac.students[0].put(&absence, json!({"reason": "Exam"})).is(204);
        let rule = json!({"kind": "apart", "people": [fac.students[0].id, fac.students[1].id]});
        let rule = fac.facilitator.post(&format!("{cohort}/pair-rules"), rule).is(201).id();
        fac.facilitator.delete(&format!("/v1/pair-rules/{rule}")).is(204);
        world.administrator("Ada").put(&format!("{campus}/approval"), Value::Null).is(204);
        let amal = world.person("Amal");
        amal.put(&format!("{campus}/members/me"), Value::Null).is(204);
        amal.delete(&format!("{campus}/members/me")).is(204);
        other.organiser.patch(&format!("/v1/campuses/{}", other.campus), json!({"city": "Leeds"})).is(200);
        amal.patch("/v1/me", json!({"name": "Amal H"})).is(200);

        let all = read(&fac.organiser, &trail);
        let expected = [
            "leave_campus", "join_campus", "approve_campus", "remove_pair_rule", "add_pair_rule", "set_absence", "change_campus",
        ];
        assert_eq!(operations(&all), expected, "{}", all.text);
        let changed = &all.data()[6];
        assert_eq!(changed["changes"], json!({"city": {"from": "London", "to": "Leeds"}}));
        assert_eq!(changed["fields"], json!(["city"]));
        assert_eq!((&changed["target"], &changed["object"]), (&json!(campus), &Value::Null));
        assert_eq!(changed["operation"], json!({"id": "change_campus", "title": "Change a campus"}));
        assert_eq!(changed["person"]["id"], json!(fac.organiser.id));
        assert!(changed["request_id"].is_string() && changed["at"].is_string());
        assert_eq!(all.data()[4]["object"], json!(format!("/v1/pair-rules/{rule}")));
        assert!(!all.text.contains("Exam") && !all.text.contains('@'), "{}", all.text);

        assert_eq!(operations(&read(&other.organiser, &format!("/v1/campuses/{}/audit-entries", other.campus))), ["change_campus"]);
        for user in [&fac.facilitator, &fac.students[0], &other.organiser, &amal] {
            user.get(&trail).problem(403, "forbidden");
        }
        world.nobody().get(&trail).problem(401, "authentication_required");
    }

    fn filters_and_pages(world: World) {
        let fac = world.fac(2, 1);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let trail = format!("{campus}/audit-entries");
        for city in ["Leeds", "Hull", "York"] {
            fac.organiser.patch(&campus, json!({"city": city})).is(200);
        }
        let rename = json!({"topic": "Something else"});
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/1", fac.cohort), rename).is(200);
        let by = |filter: &str| fac.organiser.get(&format!("{trail}?{filter}")).is(200);
        assert_eq!(operations(&by(&format!("actor={}", fac.facilitator.id))), ["change_week"]);
        assert_eq!(operations(&by(&format!("object={}", fac.cohort))), ["change_week"]);
        assert_eq!(by(&format!("object={}&actor={}", fac.campus, fac.organiser.id)).data().len(), 3);
        assert_eq!(by(&format!("object={}", fac.students[0].id)).data().len(), 0);
        let today = Instant::now().date();
        assert_eq!(by(&format!("from={today}&to={today}")).data().len(), 4);
        assert_eq!(by("to=2026-01-01").data().len(), 0);
        assert_eq!(by("from=2099-01-01").data().len(), 0);
        fac.organiser.get(&format!("{trail}?from=2026-02-01&to=2026-01-01")).problem(400, "invalid_parameter");
        fac.organiser.get(&format!("{trail}?actor=amal")).problem(400, "invalid_parameter");
        fac.organiser.get(&format!("{trail}?operation=change_week")).problem(400, "invalid_parameter");

        let first = by("limit=3");
        assert_eq!(first.json["page"]["has_more"], true);
        // What is done meanwhile does not move the next page.
        fac.organiser.patch(&campus, json!({"city": "Derby"})).is(200);
        let next = by(&format!("limit=3&cursor={}", first.json["page"]["next_cursor"].as_str().unwrap()));
        assert_eq!(next.data().len(), 1);
        assert_eq!(next.data()[0]["changes"]["city"]["to"], "Leeds");
    }

    fn everybody_reads_what_was_done_in_their_name(world: World) {
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", account).is(201);
        let log_in = |password: &str| {
            world.nobody().post("/v1/auth/login", json!({"email": "amal@example.org", "password": password}))
        };
        log_in("not the password").problem(401, "invalid_credentials");
        let tokens = log_in("weaver lamp orbit").is(200);
        let amal = crate::harness::Client::new(&world.url, tokens.json["access_token"].as_str().map(Into::into));
        amal.patch("/v1/me", json!({"name": "Amal H"})).is(200);
        world.person("Basma").patch("/v1/me", json!({"name": "Basma B"})).is(200);

        let own = amal.get("/v1/me/audit-entries").is(200);
        assert_eq!(operations(&own), ["change_me", "log_in", "log_in_failed"]);
        assert_eq!(own.header("cache-control"), "no-store");
        let titles: Vec<&Value> = own.data().iter().map(|entry| &entry["operation"]["title"]).collect();
        assert_eq!(titles, ["Change my account", "Log in", "Log in with a wrong password"]);
        assert_eq!(own.data()[0]["changes"], json!({"name": "changed"}));
        let second = amal.get("/v1/me/audit-entries?limit=1").is(200);
        let cursor = second.json["page"]["next_cursor"].as_str().unwrap();
        let rest = amal.get(&format!("/v1/me/audit-entries?cursor={cursor}")).is(200);
        assert_eq!(operations(&rest), ["log_in", "log_in_failed"]);
        world.nobody().get("/v1/me/audit-entries").problem(401, "authentication_required");
    }

    fn what_the_console_did_shows_too(world: World) {
        let fac = world.fac(2, 1);
        let campus = Id::parse(&fac.campus).unwrap();
        world.db(move |conn| {
            let (done, changes) = audit::watched(|| {
                audit::at_campus(campus);
                audit::became("approved", false, true);
            });
            let entry = AuditEntry { operation: "peerled approve-campus", target: "/v1/campuses", changes: Some(&changes), ..AuditEntry::default() };
            audit::note(conn, &entry, Instant::now())?;
            Ok(done)
        });
        let all = read(&fac.organiser, &format!("/v1/campuses/{}/audit-entries", fac.campus));
        let entry = &all.data()[0];
        assert_eq!((&entry["person"], &entry["request_id"]), (&Value::Null, &Value::Null));
        let named = json!({"id": "peerled approve-campus", "title": "peerled approve-campus"});
        assert_eq!((&entry["operation"], &entry["changes"]["approved"]["to"]), (&named, &json!(true)));
    }
}
