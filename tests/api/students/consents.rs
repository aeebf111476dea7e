use diesel::prelude::*;
use peerled::{db::schema::invitations, primitives::Email};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{enrolment, enrolments, letters};
use crate::{
    harness::{Fac, User, World},
    jobs, on_every_database,
    team_plans::{fours, plan},
};

const BALANCE: &str = "/v1/me/consents/team_balance";

fn own(fac: &Fac) -> String {
    format!("/v1/me/enrolments/{}", fac.cohort)
}

/// What the staff are shown of a student: experience, attributes, and whether both are used.
fn known(fac: &Fac, student: &User) -> Value {
    let one = fac.facilitator.get(&enrolment(fac, student)).is(200).json;
    let all = fac.facilitator.get(&enrolments(fac)).is(200);
    let listed = all
        .data()
        .iter()
        .find(|other| other["person"]["id"] == one["person"]["id"])
        .unwrap();
    assert_eq!(*listed, one);
    json!([one["experience"], one["attributes"], one["balances_teams"]])
}

/// The code in the newest letter.
fn last_code(world: &World) -> Value {
    let letter = letters(world).pop().unwrap().body;
    let code = letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
    json!({ "code": code })
}

fn import(fac: &Fac, table: &str) -> Value {
    let path = format!("{}/import", enrolments(fac));
    let answer = fac
        .facilitator
        .send(Method::POST, &path, Some("text/csv"), table.into());
    answer.is(200).json["summary"].clone()
}

on_every_database! {
    fn each_use_is_decided_by_itself(world: World) {
        let amal = world.person("Amal");
        let given = || -> Vec<Value> {
            let list = amal.get("/v1/me/consents").is(200);
            assert_eq!(list.header("cache-control"), "no-store");
            list.data().iter().map(|one| json!([one["use"], one["given"], one["decided_at"].is_string()])).collect()
        };
        assert_eq!(given(), [json!(["team_balance", true, false]), json!(["diversity_reports", false, false])]);
        amal.delete(BALANCE).is(204);
        amal.put("/v1/me/consents/diversity_reports", Value::Null).is(204);
        let decided = [json!(["team_balance", false, true]), json!(["diversity_reports", true, true])];
        assert_eq!(given(), decided);
        // Saying it again changes nothing, not even when it was said.
        let before = amal.get("/v1/me/consents").is(200).json;
        amal.delete(BALANCE).is(204);
        assert_eq!(amal.get("/v1/me/consents").is(200).json, before);
        amal.put(BALANCE, Value::Null).is(204);
        amal.delete("/v1/me/consents/diversity_reports").is(204);
        assert_eq!(given(), [json!(["team_balance", true, true]), json!(["diversity_reports", false, true])]);

        std::thread::scope(|scope| {
            for method in [Method::PUT, Method::DELETE].iter().cycle().take(8) {
                let amal = &amal;
                scope.spawn(move || amal.json(method.clone(), BALANCE, Value::Null).is(204));
            }
        });
        assert_eq!(given().len(), 2);

        amal.put("/v1/me/consents/advertising", Value::Null).problem(404, "not_found");
        for method in [Method::PUT, Method::DELETE] {
            world.nobody().json(method, BALANCE, Value::Null).problem(401, "authentication_required");
        }
        world.nobody().get("/v1/me/consents").problem(401, "authentication_required");
        amal.put("/v1/me/consents/diversity_reports", Value::Null).is(204);
        let trail = amal.get("/v1/me/audit-entries").is(200);
        assert_eq!(trail.data()[0]["changes"], json!({"diversity_reports": {"from": false, "to": true}}));
    }

    fn what_somebody_objects_to_is_neither_used_nor_shown(world: World) {
        let fac = world.fac(1, 8);
        for student in &fac.students[..6] {
            let told = json!({"experience": 4, "attributes": {"gender": "secretvalue"}});
            fac.facilitator.patch(&enrolment(&fac, student), told).is(200);
        }
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        assert_eq!(known(&fac, amal), json!([4, {"gender": "secretvalue"}, true]));
        let mut request = fours(1, 1);
        request["rules"] = json!({"avoid_majority": [{"attribute": "gender", "value": "secretvalue"}]});
        let majorities = || plan(&fac, request.clone()).is(201).json["report"]["balance"]["majority"].clone();
        assert_eq!(majorities(), 1, "six of eight are the majority of a team");

        for student in &fac.students[..6] {
            student.delete(BALANCE).is(204);
        }
        assert_eq!(known(&fac, amal), json!([null, {}, false]));
        assert_eq!(majorities(), 0);
        let table = fac.facilitator.get(&format!("{}/export", enrolments(&fac))).is(200).text;
        assert!(!table.contains("secretvalue") && !table.contains(",4,"), "{table}");
        // It is still theirs to see and to remove; students learn nothing of anybody.
        let told = amal.get(&own(&fac)).is(200).json;
        assert_eq!((&told["experience"], &told["attributes"]), (&json!(4), &json!({"gender": "secretvalue"})));
        let seen = basma.get(&enrolments(&fac)).is(200).text;
        assert!(!seen.contains("balances_teams") && !seen.contains("secretvalue"), "{seen}");
        // The table of before changes nothing of it.
        assert_eq!(import(&fac, &table)["already_enrolled"], 8);
        assert_eq!(amal.get(&own(&fac)).is(200).json, told);
        for student in &fac.students[..6] {
            student.put(BALANCE, Value::Null).is(204);
        }
        assert_eq!(known(&fac, amal), json!([4, {"gender": "secretvalue"}, true]));
        assert_eq!(majorities(), 1);
    }

    fn what_is_withdrawn_the_staff_neither_take_along_nor_note_again(world: World) {
        let fac = world.fac(1, 2);
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        for student in [amal, basma] {
            let noted = json!({"experience": 4, "attributes": {"gender": "notedvalue"}});
            fac.facilitator.patch(&enrolment(&fac, student), noted).is(200);
        }
        amal.delete(BALANCE).is(204);
        let told = json!({"experience": 5, "attributes": {"gender": "toldvalue"}});
        let told = amal.patch(&own(&fac), told).is(200).json;
        let exported = |student: &User| {
            let all = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200);
            let rows = all.json["enrolments"].as_array().unwrap().iter();
            let row = rows.clone().find(|row| row["person_id"] == student.id.as_str()).unwrap();
            (all.text, json!([row["experience"], row["attributes"], row["told_at"]]))
        };
        let (text, row) = exported(amal);
        assert!(!text.contains("toldvalue") && text.contains("notedvalue"), "{text}");
        assert_eq!(row, json!([null, {}, null]));
        assert_eq!(exported(basma).1, json!([4, {"gender": "notedvalue"}, null]));

        // The same answer whatever is there, also to what is there: nobody finds it out by trying.
        let refused = |change: Value| fac.facilitator.patch(&enrolment(&fac, amal), change).problem(409, "conflict").json["detail"].clone();
        let why = refused(json!({"experience": 5}));
        assert!(why.as_str().unwrap().contains("does not want teams balanced"), "{why}");
        for change in [json!({"experience": 1}), json!({"attributes": {"gender": "toldvalue"}}), json!({"attributes": {"city": "Gaza"}})] {
            assert_eq!(refused(change), why);
        }
        // What the staff see of them, they may send again, and the rest of it they change as ever.
        let seen = json!({"experience": null, "attributes": {}, "joined_on": "2026-01-06"});
        fac.facilitator.patch(&enrolment(&fac, amal), seen).is(200);
        fac.facilitator.patch(&enrolment(&fac, amal), json!({"attributes": null})).is(200);
        let table = format!("name,person_id,experience,gender\nAmal,{},1,man\n", amal.id);
        assert_eq!(import(&fac, &table)["already_enrolled"], 1);
        fac.facilitator.patch(&enrolment(&fac, amal), json!({"status": "withdrawn"})).is(200);
        assert_eq!(exported(amal).1, json!([null, {}, null]));
        let still = amal.get(&own(&fac)).is(200).json;
        assert_eq!((&still["experience"], &still["attributes"]), (&told["experience"], &told["attributes"]));
        amal.put(BALANCE, Value::Null).is(204);
        assert_eq!(exported(amal).1, json!([5, {"gender": "toldvalue"}, told["told_at"]]));

        // Also where the student has told nothing themself: neither a table nor an invitation to come back changes what was noted.
        basma.delete(BALANCE).is(204);
        let table = format!("name,person_id,experience,gender\nBasma,{},1,man\n", basma.id);
        assert_eq!(import(&fac, &table)["already_enrolled"], 1);
        fac.facilitator.patch(&enrolment(&fac, basma), json!({"status": "withdrawn"})).is(200);
        let again = json!({"email": basma.email, "name": "Basma", "experience": 1, "attributes": {"gender": "man"}});
        fac.facilitator.post(&enrolments(&fac), again).is(202);
        basma.post("/v1/invitations/acceptances", last_code(&world)).is(201);
        let still = basma.get(&own(&fac)).is(200).json;
        assert_eq!((&still["experience"], &still["attributes"]), (&json!(4), &json!({"gender": "notedvalue"})));
    }

    fn an_invitation_keeps_nothing_of_what_it_noted(world: World) {
        let fac = world.fac(1, 0);
        let invite = |name: &str| {
            let noted = json!({"email": format!("{}@example.org", name.to_lowercase()), "name": name, "experience": 3, "attributes": {"gender": "notedvalue"}});
            fac.facilitator.post(&enrolments(&fac), noted).is(202)
        };
        let kept = |name: &'static str| -> Vec<(Option<i32>, String)> {
            let email = Email::parse(&format!("{}@example.org", name.to_lowercase())).unwrap();
            world.db(move |conn| {
                let sent = invitations::table.filter(invitations::email.eq(&email)).order(invitations::id);
                Ok(sent.select((invitations::experience, invitations::attributes)).load(conn)?)
            })
        };
        let nothing = || -> (Option<i32>, String) { (None, "{}".to_owned()) };
        let (replaced, _) = (invite("Amal"), invite("Amal"));
        assert_eq!((kept("Amal").len(), &kept("Amal")[0]), (2, &nothing()));
        assert_eq!(kept("Amal")[1], (Some(3), r#"{"gender":"notedvalue"}"#.to_owned()), "it waits");
        let amal = world.person("Amal");
        amal.post("/v1/invitations/acceptances", last_code(&world)).is(201);
        assert_eq!(kept("Amal"), [nothing(), nothing()]);
        assert_eq!(known(&fac, &amal), json!([3, {"gender": "notedvalue"}, true]));
        let taken_back = invite("Basma").json["invitation"]["id"].as_str().unwrap().to_owned();
        fac.facilitator.delete(&format!("/v1/invitations/{taken_back}")).is(204);
        assert_eq!(kept("Basma"), [nothing()]);
        // Nor does one that waits tell anything in the campus's export.
        invite("Chiara");
        amal.delete(BALANCE).is(204);
        let all = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200);
        assert!(all.text.contains("chiara@example.org") && !all.text.contains("notedvalue"), "{}", all.text);
        assert!(all.text.contains(replaced.json["invitation"]["id"].as_str().unwrap()));
    }

    fn teams_that_are_being_formed_when_somebody_objects_are_not_kept(world: World) {
        let fac = jobs::fac_for_long(&world);
        let amal = &fac.students[0];
        amal.patch(&own(&fac), json!({"experience": 5})).is(200);
        let busy = jobs::busy_threads(&world);
        let job = jobs::ask(&fac, jobs::officers("quick")).is(202).id();
        jobs::prepared(&world, &fac.facilitator, &job);
        amal.delete(BALANCE).is(204);
        drop(busy);
        let failed = jobs::ended(&fac.facilitator, &job, "failed");
        assert_eq!(failed.json["problem"]["code"], "roster_changed");
    }

    fn students_tell_correct_and_remove_what_is_known_of_them(world: World) {
        let (fac, other) = (world.fac(1, 2), world.campus_with_cohort("other", 1, 1));
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        let entered = json!({"experience": 1, "attributes": {"gender": "man", "city": "Gaza"}});
        fac.facilitator.patch(&enrolment(&fac, amal), entered).is(200);
        let first = amal.get(&own(&fac)).is(200);
        assert_eq!(first.header("cache-control"), "no-store");
        assert_eq!((&first.json["told_at"], &first.json["status"]), (&json!(null), &json!("enrolled")));
        let correction = json!({"attributes": {"gender": "woman", "city": null}});
        let seen = amal.with("If-Match", first.header("etag"));
        let second = seen.patch(&own(&fac), correction.clone()).is(200).json;
        assert_eq!((&second["experience"], &second["attributes"]), (&json!(1), &json!({"gender": "woman"})));
        assert!(second["told_at"].is_string());
        seen.patch(&own(&fac), json!({"experience": 2})).problem(412, "precondition_failed");
        assert_eq!(amal.patch(&own(&fac), correction).is(200).json, second, "nothing has changed");
        assert_eq!(known(&fac, amal), json!([1, {"gender": "woman"}, true]));

        // The staff's table of before does not bring back what the student has corrected, nor does a patch.
        let table = format!("name,person_id,experience,gender,attr_city\nAmal,{},1,man,Gaza\n", amal.id);
        assert_eq!(import(&fac, &table)["already_enrolled"], 1);
        for refused in [json!({"experience": 3}), json!({"attributes": {"city": "Gaza"}}), json!({"attributes": null})] {
            fac.facilitator.patch(&enrolment(&fac, amal), refused).problem(409, "conflict");
        }
        fac.facilitator.patch(&enrolment(&fac, amal), json!({"joined_on": "2026-01-06", "experience": 1})).is(200);
        assert_eq!(known(&fac, amal), json!([1, {"gender": "woman"}, true]));
        // Others' entries stay theirs to change.
        fac.facilitator.patch(&enrolment(&fac, basma), json!({"experience": 3})).is(200);

        fac.facilitator.patch(&enrolment(&fac, amal), json!({"status": "withdrawn"})).is(200);
        let removed = amal.patch(&own(&fac), json!({"experience": null, "attributes": null})).is(200).json;
        assert_eq!((&removed["experience"], &removed["attributes"]), (&json!(null), &json!({})));
        // Nor does an invitation to come back.
        let again = json!({"email": amal.email, "name": "Amal", "experience": 1, "attributes": {"gender": "man"}});
        fac.facilitator.post(&enrolments(&fac), again).is(202);
        let letter = letters(&world).pop().unwrap().body;
        let code = letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        amal.post("/v1/invitations/acceptances", json!({ "token": code })).is(201);
        let back = amal.get(&own(&fac)).is(200).json;
        assert_eq!((&back["status"], &back["experience"], &back["attributes"]), (&json!("enrolled"), &json!(null), &json!({})));

        amal.patch(&own(&fac), json!({"experience": 6})).field("/experience", "invalid");
        amal.patch(&own(&fac), json!({"attributes": {"A b": "x"}})).problem(422, "invalid_fields");
        amal.patch(&own(&fac), json!({"status": "enrolled"})).field("/status", "unknown");
        for stranger in [&fac.facilitator, &fac.organiser, &other.students[0]] {
            stranger.get(&own(&fac)).problem(404, "not_found");
            stranger.patch(&own(&fac), json!({"experience": 3})).problem(404, "not_found");
        }
        world.nobody().get(&own(&fac)).problem(401, "authentication_required");
        // What they said of themself is in nobody else's trail, and its values in none.
        let trail = fac.organiser.get(&format!("/v1/campuses/{}/audit-entries", fac.campus)).is(200).text;
        assert!(!trail.contains("change_own_enrolment"), "{trail}");
        let trail = amal.get("/v1/me/audit-entries").is(200);
        let entry = trail.data().iter().find(|one| one["operation"]["id"] == "change_own_enrolment").unwrap();
        assert_eq!(entry["changes"], json!({"experience": "changed", "attributes": "changed"}));
    }
}
