use std::collections::BTreeSet;

use diesel::prelude::*;
use peerled::{db::schema, primitives::Instant, students::store::PERSON_COLUMNS};
use serde_json::{Value, json};

use super::{enrolment, enrolments, member};
use crate::{
    harness::{Answer, Client, Fac, World, stored_texts},
    jobs::{self, ended},
    on_every_database,
    team_plans::{fours, having_seen, members, plan, publish},
};

const CLAIMS: &str = "/v1/claims";

fn enter(fac: &Fac, name: &str) -> Answer {
    fac.facilitator.post(&enrolments(fac), json!({ "name": name })).is(201)
}

fn link(fac: &Fac, place: &Answer) -> Answer {
    let path = format!("{}/claim-links", place.header("location"));
    fac.facilitator.post(&path, Value::Null).is(201)
}

fn code(link: &Answer) -> Value {
    json!({"code": link.json["code"]})
}

/// The code in the newest mail.
fn last_code(world: &World) -> String {
    let letter = world.mail().pop().unwrap().body;
    letter
        .lines()
        .find_map(|line| line.strip_prefix("    "))
        .unwrap()
        .to_owned()
}

fn person(place: &Answer) -> String {
    place.json["person"]["id"].as_str().unwrap().to_owned()
}

/// How the databases store an id.
fn stored(world: &World, name: &str) -> String {
    let query = format!("SELECT CAST(id AS TEXT) AS text FROM people WHERE name = '{name}'");
    world.db(move |conn| Ok(stored_texts(conn, &query, &query)?.remove(0)))
}

/// Where somebody is named, but for the history of what was done.
fn traces(world: &World, names: &[&str]) -> Vec<String> {
    let history = ["events: ", "event_channels: ", "audit_entries: ", "idempotency_keys: "];
    let is_history = |row: &String| history.iter().any(|table| row.starts_with(table));
    let mut rows = world.everything();
    // An enrolment remembers how its place was known before, for tables from then.
    let now = |row: &str| match row.starts_with("enrolments: ") {
        true => row.split(['|', ',']).take(10).collect::<Vec<_>>().join("|"),
        false => row.to_owned(),
    };
    rows.retain(|row| !is_history(row) && names.iter().any(|name| now(row).contains(name)));
    rows
}

on_every_database! {
    fn a_name_is_enough_to_be_a_student(world: World) {
        let fac = world.fac(2, 1);
        let body = json!({"name": " Basma ", "experience": 2, "attributes": {"gender": "woman"}});
        let place = fac.facilitator.post(&enrolments(&fac), body).is(201);
        let id = person(&place);
        assert_eq!(place.header("location"), format!("{}/{id}", enrolments(&fac)));
        assert_eq!(place.json["person"], json!({"id": id, "name": "Basma", "github": null, "claimed": false}));
        assert_eq!((&place.json["status"], &place.json["experience"]), (&json!("enrolled"), &json!(2)));
        let seen = fac.students[0].get(&enrolments(&fac)).is(200);
        assert_eq!(seen.data()[0]["person"]["claimed"], json!(false));
        // Nobody elsewhere meets somebody who never said yes.
        let members = fac.organiser.get(&format!("/v1/campuses/{}/members", fac.campus)).is(200);
        assert!(!members.text.contains("Basma"));
        let staff = format!("/v1/campuses/{}/staff/{id}", fac.campus);
        fac.organiser.put(&staff, json!({"role": "facilitator"})).problem(404, "not_found");
        let other = world.campus_with_cohort("other", 2, 0);
        other.organiser.post(&enrolments(&other), json!({"person_id": id})).field("/person_id", "not_found");
        for who in [&fac.students[0], &fac.facilitator] {
            who.put(&format!("/v1/campuses/{}/members/{id}", fac.campus), Value::Null);
        }
        // They leave and come back like anybody.
        fac.facilitator.patch(place.header("location"), json!({"status": "withdrawn"})).is(200);
        fac.facilitator.patch(place.header("location"), json!({"status": "enrolled"})).is(200);
    }

    fn two_without_an_account_have_two_names(world: World) {
        let fac = world.fac(2, 1);
        let basma = enter(&fac, "Basma");
        enter(&fac, &fac.students[0].name);
        fac.facilitator.post(&enrolments(&fac), json!({"name": "BASMA"})).problem(409, "already_enrolled");
        let invited = json!({"name": "basma", "email": "basma@example.org"});
        fac.facilitator.post(&enrolments(&fac), invited).problem(409, "already_enrolled");
        let chiara = enter(&fac, "Chiara");
        let rename = |place: &Answer, name: &str| fac.facilitator.patch(place.header("location"), json!({ "name": name }));
        rename(&chiara, "basma").problem(409, "already_enrolled");
        let tag = basma.header("etag").to_owned();
        let renamed = rename(&basma, "basma H").is(200);
        assert_eq!((&renamed.json["person"]["name"], &renamed.json["version"]), (&json!("basma H"), &json!(2)));
        assert_eq!(rename(&basma, "basma H").is(200).json["version"], 2);
        fac.facilitator.with("If-Match", &tag).patch(basma.header("location"), json!({"name": "B"})).problem(412, "precondition_failed");
        rename(&basma, "").field("/name", "invalid");
        rename(&chiara, "Basma").is(200);
        fac.students[0].patch(chiara.header("location"), json!({"name": "C"})).problem(403, "forbidden");
    }

    fn whoever_has_an_account_has_their_own_name(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        fac.facilitator.patch(&path, json!({"name": "Other"})).problem(409, "conflict");
        let same = fac.facilitator.patch(&path, json!({"name": fac.students[0].name})).is(200);
        assert_eq!(same.json["version"], 1);
        fac.facilitator.post(&format!("{path}/claim-links"), Value::Null).problem(409, "conflict");
    }

    fn a_link_is_good_once_and_kept_nowhere(world: World) {
        let fac = world.fac(2, 0);
        let place = enter(&fac, "Basma");
        let with_key = fac.facilitator.with("Idempotency-Key", "one");
        let path = format!("{}/claim-links", place.header("location"));
        let replaced = with_key.post(&path, Value::Null).is(201);
        let made = with_key.post(&path, Value::Null).is(201);
        let text = made.json["code"].as_str().unwrap();
        assert!(text.len() == 43 && made.json["code"] != replaced.json["code"]);
        assert_eq!(made.json["url"], json!(format!("http://peerled.test/#/join?as=claim&code={text}")));
        assert!(made.json["expires_at"].as_str().unwrap() > Instant::now().to_string().as_str());
        assert_eq!(world.mail().len(), 0);
        assert!(!world.everything().iter().any(|row| row.contains(text)), "a code is kept");

        let (amal, other) = (world.person("Amal"), world.person("Other"));
        amal.post(CLAIMS, code(&replaced)).problem(404, "not_found");
        amal.post(CLAIMS, json!({"code": "nonsense"})).problem(404, "not_found");
        amal.post(CLAIMS, json!({})).field("/code", "required");
        world.nobody().post(CLAIMS, code(&made)).problem(401, "authentication_required");
        let claimed = amal.post(CLAIMS, code(&made)).is(200);
        assert_eq!(claimed.json["person"], json!({"id": amal.id, "name": "Amal", "github": null, "claimed": true, "email": amal.email}));
        assert_eq!((claimed.json.get("experience"), &claimed.json["status"]), (None, &json!("enrolled")));
        for caller in [&amal, &other] {
            caller.post(CLAIMS, code(&made)).problem(409, "claim_unusable");
        }
        fac.facilitator.get(place.header("location")).problem(404, "not_found");
        for role in [json!({"role": "member", "campus_id": fac.campus}), json!({"role": "student", "cohort_id": fac.cohort})] {
            assert!(amal.roles().contains(&role));
        }
        let entered: Vec<String> = world.everything().into_iter().filter(|row| row.contains("claim_link.used")).collect();
        assert!(entered.len() == 1 && entered[0].contains(&amal.id), "{entered:?}");
        let noted = world.everything().into_iter().filter(|row| row.starts_with("audit_entries: ")).collect::<String>();
        assert!(noted.contains("claim_place") && noted.contains("create_claim_link"));
    }

    fn a_link_expires(world: World) {
        let fac = world.fac(2, 0);
        let place = enter(&fac, "Basma");
        let made = link(&fac, &place);
        world.db(|conn| {
            diesel::update(schema::claim_links::table).set(schema::claim_links::expires_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        let amal = world.person("Amal");
        amal.post(CLAIMS, code(&made)).problem(409, "claim_unusable");
        amal.post(CLAIMS, code(&link(&fac, &place))).is(200);
    }

    fn nobody_is_a_student_of_one_cohort_twice(world: World) {
        let fac = world.fac(2, 2);
        let (student, gone) = (&fac.students[0], &fac.students[1]);
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let place = enter(&fac, "Basma");
        let made = link(&fac, &place);
        let before = fac.facilitator.get(&enrolments(&fac)).is(200).json;
        for caller in [student, gone] {
            caller.post(CLAIMS, code(&made)).problem(409, "already_enrolled");
        }
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).json, before);
        // The code is still good for whom it is meant.
        world.person("Amal").post(CLAIMS, code(&made)).is(200);
    }

    fn claimed_twice_at_once_and_one_is_told(world: World) {
        let fac = world.fac(2, 0);
        let made = link(&fac, &enter(&fac, "Basma"));
        let callers = [world.person("A"), world.person("B")];
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let both = callers.each_ref().map(|caller| scope.spawn(|| caller.post(CLAIMS, code(&made)).status));
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).data().len(), 1);
    }

    fn nobody_claims_a_place_where_they_mentor(world: World) {
        let fac = world.fac(2, 0);
        world.begin_week(&fac, 2, 7);
        let mentor = world.alumnus(&fac, "Mentor");
        let wanted = json!({"week": 2, "kind": "week", "min": 1, "capacity": 1});
        let slot = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), wanted).is(201).id();
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        mentor.post(&sign_ups, json!({})).is(201);
        let made = link(&fac, &enter(&fac, "Basma"));
        mentor.post(CLAIMS, code(&made)).problem(409, "conflict");
        mentor.delete(&format!("{sign_ups}/me")).is(204);
        mentor.post(CLAIMS, code(&made)).is(200);
    }

    fn whoever_is_invited_to_a_place_takes_it(world: World) {
        let fac = world.fac(2, 1);
        let place = enter(&fac, "Basma");
        let more = json!({"person_id": person(&place), "email": "basma@example.org", "experience": 3});
        fac.facilitator.post(&enrolments(&fac), more).field("", "invalid");
        let body = json!({"person_id": person(&place), "email": "basma@example.org"});
        let invited = fac.facilitator.post(&enrolments(&fac), body).is(202);
        let invitation = &invited.json["invitation"];
        assert_eq!((&invitation["person_id"], &invitation["name"]), (&json!(person(&place)), &json!("Basma")));
        assert_eq!(world.mail()[0].recipient, "basma@example.org");
        let accept = |user: &Client| user.post("/v1/invitations/acceptances", json!({"token": last_code(&world)}));
        accept(&fac.students[0]).problem(409, "already_enrolled");
        let amal = world.person("Amal");
        let accepted = accept(&amal).is(201);
        assert_eq!(accepted.json["person"]["id"], json!(amal.id));
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).data().len(), 2);
        fac.facilitator.get(place.header("location")).problem(404, "not_found");
        let list = fac.facilitator.get(&format!("/v1/cohorts/{}/invitations", fac.cohort)).is(200);
        assert_eq!((&list.data()[0]["status"], &list.data()[0]["person_id"]), (&json!("accepted"), &json!(amal.id)));

        // A place that was claimed meanwhile is not given away again.
        let place = enter(&fac, "Chiara");
        let body = json!({"person_id": person(&place), "email": "chiara@example.org"});
        fac.facilitator.post(&enrolments(&fac), body).is(202);
        world.person("Early").post(CLAIMS, code(&link(&fac, &place))).is(200);
        accept(&world.person("Late")).problem(409, "invitation_unusable");
    }

    fn addresses_that_come_later_are_filled_in_by_a_table(world: World) {
        let fac = world.fac(2, 0);
        let (basma, chiara) = (enter(&fac, "Basma"), enter(&fac, "Chiara"));
        let import = |table: &str| {
            let path = format!("{}/import", enrolments(&fac));
            fac.facilitator.send(ureq::http::Method::POST, &path, Some("text/csv"), table.into()).is(200)
        };
        let outcomes = |answer: &Answer| {
            let rows = answer.json["rows"].as_array().unwrap().iter();
            rows.map(|row| row["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let table = format!(
            "person_id,email,name,experience\n{},basma@example.org,Basma H,3\n{},,Chiara,\n",
            person(&basma),
            person(&chiara)
        );
        assert_eq!(outcomes(&import(&table)), ["invited", "already_enrolled"]);
        let seen = fac.facilitator.get(basma.header("location")).is(200).json;
        assert_eq!((&seen["person"]["name"], &seen["experience"]), (&json!("Basma H"), &json!(3)));
        for again in [&table, "email,name\nbasma@example.org,Basma H\n"] {
            assert_eq!(outcomes(&import(again))[0], "already_invited");
        }
        assert_eq!(world.mail().len(), 1);
        assert_eq!(outcomes(&import("email,name,experience\nbasma@example.org,B,4\n")), ["updated"]);
        let amal = world.person("Amal");
        amal.post("/v1/invitations/acceptances", json!({"token": last_code(&world)})).is(201);
        assert_eq!(fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json["experience"], 4);
        assert_eq!(outcomes(&import("email,name\nbasma@example.org,Basma H\n")), ["already_enrolled"]);
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).data().len(), 2);
    }

    fn only_staff_make_links(world: World) {
        let (fac, other) = (world.fac(2, 1), world.campus_with_cohort("other", 2, 0));
        let path = format!("{}/claim-links", enter(&fac, "Basma").header("location"));
        fac.students[0].post(&path, Value::Null).problem(403, "forbidden");
        for outsider in [&other.organiser, &member(&world, &fac, "Member")] {
            outsider.post(&path, Value::Null).problem(404, "not_found");
        }
        world.nobody().post(&path, Value::Null).problem(401, "authentication_required");
        let nobody = format!("{}/0ds8x2v4fmg00/claim-links", enrolments(&fac));
        fac.facilitator.post(&nobody, Value::Null).problem(404, "not_found");
    }

    fn who_graduates_without_an_account_is_an_alumna_once_she_claims(world: World) {
        let fac = world.fac(2, 1);
        let place = enter(&fac, "Basma");
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&cohort, json!({"status": "graduated"})).is(200);
        let amal = world.person("Amal");
        let claimed = amal.post(CLAIMS, code(&link(&fac, &place))).is(200);
        assert_eq!(claimed.json["status"], "graduated");
        assert!(amal.roles().contains(&json!({"role": "alumnus", "cohort_id": fac.cohort})));
    }

    fn whoever_claims_stands_wherever_the_place_stood(world: World) {
        let fac = world.fac(3, 10);
        let [basma, chiara] = [enter(&fac, "Basma"), enter(&fac, "Chiara")];
        let (basma_id, chiara_id) = (person(&basma), person(&chiara));
        let early = world.person("Early");
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.put(&format!("{cohort}/weeks/3/absences/{basma_id}"), json!({"reason": "Exam"})).is(204);
        for other in [&fac.students[0].id, &chiara_id] {
            let rule = json!({"kind": "apart", "people": [other, basma_id], "from_week": 3, "to_week": 3});
            fac.facilitator.post(&format!("{cohort}/pair-rules"), rule).is(201);
        }
        let mut demands = fours(1, 2);
        demands["locks"] = json!([{"week": 1, "people": [basma_id, fac.students[1].id]}]);
        let made = plan(&fac, demands.clone()).is(201);
        publish(&fac, &made, Some(&[1])).is(200);
        let teams = fac.students[0].get(&format!("{cohort}/weeks/1/teams")).is(200);
        let hers = teams.data().iter().find(|team| team.to_string().contains(&basma_id)).unwrap();
        let role = json!({"members": [{"person_id": basma_id, "role": "qa"}], "reason": "Her wish"});
        fac.facilitator.patch(&format!("/v1/teams/{}", hers["id"].as_str().unwrap()), role).is(200);
        let plan_path = format!("/v1/team-plans/{}", made.id());
        let curve = fac.facilitator.post(&format!("{plan_path}/trade-off"), Value::Null).is(202);
        ended(&fac.facilitator, &curve.id(), "succeeded");
        let job = jobs::ask(&fac, {
            let mut demands = jobs::easy(3);
            demands["locks"] = json!([{"week": 3, "people": [chiara_id, fac.students[2].id]}]);
            demands
        });
        ended(&fac.facilitator, &job.id(), "succeeded");

        let read = |path: &str| fac.facilitator.get(path).is(200).json;
        let paths = [
            plan_path.clone(),
            format!("{plan_path}/trade-off"),
            format!("{cohort}/encounters"),
            format!("{cohort}/absences"),
            format!("{cohort}/pair-rules"),
            format!("{cohort}/team-repairs"),
            format!("{cohort}/weeks/1/teams"),
        ];
        let before: Vec<Value> = paths.iter().map(|path| read(path)).collect();
        let ids = [stored(&world, "Basma"), stored(&world, "Chiara")];
        let old = [basma_id.as_str(), chiara_id.as_str(), &ids[0], &ids[1]];
        let rows = traces(&world, &old);
        let tables: BTreeSet<&str> = rows.iter().map(|row| row.split(':').next().unwrap()).collect();
        let expected = [
            "absences", "enrolments", "jobs", "pair_rules", "people", "plan_version_seats", "team_members", "team_plans", "team_repairs", "trade_offs",
        ];
        assert!(expected.iter().all(|table| tables.contains(table)), "{tables:?}");
        let late = world.person("Late");
        early.post(CLAIMS, code(&link(&fac, &basma))).is(200);
        late.post(CLAIMS, code(&link(&fac, &chiara))).is(200);
        assert_eq!(traces(&world, &old), Vec::<String>::new());

        let renamed = |value: &Value| {
            let text = value.to_string().replace(&basma_id, &early.id).replace(&chiara_id, &late.id);
            text.replace("\"Basma\"", "\"Early\"").replace("\"Chiara\"", "\"Late\"").replace("\"claimed\":false", "\"claimed\":true")
        };
        // Of a place without an account there was no address to see.
        let without_addresses = |value: &Value| {
            let text = value.to_string().replace(&format!("\"email\":\"{}\",", early.email), "");
            text.replace(&format!("\"email\":\"{}\",", late.email), "")
        };
        for (path, before) in paths.iter().zip(&before) {
            assert_eq!(sorted(&without_addresses(&read(path))), sorted(&renamed(before)), "{path}");
        }
        // They are students like any other, and the draft goes on.
        let own = early.get(&format!("{cohort}/weeks/1/teams")).is(200);
        assert!(members(&own.json["data"]).iter().flatten().any(|id| *id == early.id));
        let now = fac.facilitator.get(&plan_path).is(200);
        having_seen(&fac.facilitator, &now).post(&format!("{plan_path}/publication"), json!({})).is(200);
    }

    fn no_column_that_holds_a_person_is_forgotten(world: World) {
        let found = world.person_columns();
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let known: BTreeSet<&str> = PERSON_COLUMNS.iter().copied().chain(["enrolments.person_id"]).collect();
        assert_eq!(found, known);
    }
}

/// The letters of an answer, in whatever order people come in it: some lists are in the order of names or ids.
fn sorted(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}
