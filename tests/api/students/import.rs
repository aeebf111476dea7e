use peerled::cohorts::CohortStatus;
use serde_json::{Value, json};

use super::{enrolment, enrolments, letters, member, set_cohort_status};
use crate::{
    harness::{Answer, Client, Fac, World},
    on_every_database,
};

fn import(caller: &Client, fac: &Fac, query: &str, csv: &str) -> Answer {
    let path = format!("{}/import{query}", enrolments(fac));
    caller.send(ureq::http::Method::POST, &path, Some("text/csv"), csv.into())
}

/// `line outcome` of each row.
fn outcomes(answer: &Answer) -> Vec<String> {
    let one = |row: &Value| format!("{} {}", row["line"], row["outcome"].as_str().unwrap());
    answer.json["rows"].as_array().unwrap().iter().map(one).collect()
}

/// `line column code` of each error.
fn errors(answer: &Answer) -> Vec<String> {
    let rows = answer.json["rows"].as_array().unwrap().iter();
    rows.flat_map(|row| {
        let each = row["errors"].as_array().unwrap().iter();
        each.map(|error| {
            assert!(error["detail"].is_string());
            let column = error["column"].as_str().unwrap_or("-");
            format!("{} {column} {}", row["line"], error["code"].as_str().unwrap())
        })
    })
    .collect()
}

/// All that an import could have changed.
fn everything(world: &World, fac: &Fac) -> (Value, Value, usize) {
    let read = |path: String| fac.facilitator.get(&path).is(200).json;
    let invitations = read(format!("/v1/cohorts/{}/invitations?limit=100", fac.cohort));
    (
        read(format!("{}?limit=100", enrolments(fac))),
        invitations,
        letters(world).len(),
    )
}

const TABLE: &str = "email,name,experience,gender,attr_first_language\r\n\
                     amal@example.org,Amal,2,woman,Arabic\r\n\
                     \"Basma@Example.org\",\"Basma, the second\",,,\r\n\
                     new@example.org,New,5,,\r\n";

on_every_database! {
    fn members_are_enrolled_and_others_invited(world: World) {
        let fac = world.fac(2, 0);
        let (amal, basma) = (member(&world, &fac, "Amal"), member(&world, &fac, "Basma"));
        let before = everything(&world, &fac);
        let tried = import(&fac.facilitator, &fac, "?dry_run=true", TABLE).is(200);
        assert_eq!(outcomes(&tried), ["2 enrolled", "3 enrolled", "4 invited"]);
        assert_eq!(tried.json["dry_run"], json!(true));
        assert_eq!(everything(&world, &fac), before);

        let done = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!((&done.json["rows"], &done.json["summary"]), (&tried.json["rows"], &tried.json["summary"]));
        let summary = json!({
            "rows": 3, "enrolled": 2, "updated": 0, "already_enrolled": 0, "withdrawn": 0, "invited": 1,
            "already_invited": 0, "errors": 0,
        });
        assert_eq!((&done.json["summary"], &done.json["dry_run"]), (&summary, &json!(false)));
        let seen = fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json;
        let attributes = json!({"gender": "woman", "first_language": "Arabic"});
        assert_eq!((&seen["experience"], &seen["attributes"]), (&json!(2), &attributes));
        assert_eq!(fac.facilitator.get(&enrolment(&fac, &basma)).is(200).json["person"]["name"], "Basma");
        assert_eq!(letters(&world)[0].recipient, "new@example.org");
    }

    fn the_second_time_it_changes_nothing(world: World) {
        let fac = world.fac(2, 0);
        let (_amal, _basma) = (member(&world, &fac, "Amal"), member(&world, &fac, "Basma"));
        import(&fac.facilitator, &fac, "", TABLE).is(200);
        let before = everything(&world, &fac);
        let again = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&again), ["2 already_enrolled", "3 already_enrolled", "4 already_invited"]);
        assert_eq!(everything(&world, &fac), before);
        // Whoever accepted by another address than the one invited is still the same person.
        let new = world.person("Somebody");
        let code = letters(&world)[0].body.lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned();
        new.post("/v1/invitations/acceptances", json!({ "token": code })).is(201);
        let before = everything(&world, &fac);
        let again = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&again)[2], "4 already_enrolled");
        assert_eq!(everything(&world, &fac), before);
    }

    fn what_is_new_is_noted_and_what_is_empty_stays(world: World) {
        let fac = world.fac(2, 0);
        let (amal, _basma) = (member(&world, &fac, "Amal"), member(&world, &fac, "Basma"));
        import(&fac.facilitator, &fac, "", TABLE).is(200);
        let news = "email,name,experience,joined_on,attr_city\n\
                    amal@example.org,Amal,,2026-01-06,Nazareth\nbasma@example.org,B,,,\nnew@example.org,New,1,,\n";
        let done = import(&fac.facilitator, &fac, "", news).is(200);
        assert_eq!(outcomes(&done), ["2 updated", "3 already_enrolled", "4 updated"]);
        let seen = fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json;
        let attributes = json!({"gender": "woman", "first_language": "Arabic", "city": "Nazareth"});
        assert_eq!((&seen["experience"], &seen["attributes"]), (&json!(2), &attributes));
        assert_eq!((&seen["joined_on"], &seen["version"]), (&json!("2026-01-06"), &json!(2)));
        assert_eq!(letters(&world).len(), 1);
    }

    fn nobody_is_removed_and_nobody_taken_back(world: World) {
        let fac = world.fac(2, 3);
        let gone = &fac.students[1];
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let before = everything(&world, &fac);
        let table = format!("email,name,experience\n{},Gone,5\n", gone.email);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table).is(200)), ["2 withdrawn"]);
        assert_eq!(everything(&world, &fac), before);
    }

    fn one_bad_row_and_nothing_is_changed(world: World) {
        let fac = world.fac(2, 1);
        let _amal = member(&world, &fac, "Amal");
        let student = &fac.students[0].email;
        let table = format!(
            "email,name,experience,joined_on,status\n\
             amal@example.org,Amal,2,,\n\
             nonsense,,9,soon,gone\n\
             amal@example.org,Amal,2,,\n\
             b@example.org,B\n\
             c@example.org,C,,2027-01-01,\n\
             d@example.org,D,,,withdrawn\n\
             {student},S,,,graduated\n\
             =cmd@example.org,E,,,,,\n"
        );
        let before = everything(&world, &fac);
        let expected = [
            "3 email invalid", "3 name required", "3 experience invalid", "3 joined_on invalid", "3 status invalid",
            "4 email duplicate", "5 - ragged", "6 joined_on invalid", "7 status read_only", "8 status read_only",
            "9 - ragged",
        ];
        let tried = import(&fac.facilitator, &fac, "?dry_run=true", &table).is(200);
        assert_eq!(errors(&tried), expected);
        let refused = import(&fac.facilitator, &fac, "?dry_run=false", &table).problem(422, "invalid_rows");
        assert_eq!(errors(&refused), expected);
        assert_eq!((&refused.json["summary"]["errors"], &refused.json["summary"]["rows"]), (&json!(7), &json!(8)));
        assert_eq!(outcomes(&refused)[0], "2 enrolled");
        assert_eq!(everything(&world, &fac), before);
    }

    fn too_many_attributes_are_refused(world: World) {
        let fac = world.fac(2, 1);
        let columns: String = (0..11).map(|n| format!(",attr_a{n}")).collect();
        let row = |email: &str| format!("email,name{columns}\n{email},A{}\n", ",x".repeat(11));
        for email in ["new@example.org", &fac.students[0].email] {
            let refused = import(&fac.facilitator, &fac, "", &row(email)).problem(422, "invalid_rows");
            assert_eq!(errors(&refused), ["2 - invalid"]);
        }
    }

    fn columns_that_are_not_right_are_named(world: World) {
        let fac = world.fac(2, 0);
        for query in ["", "?dry_run=true"] {
            let post = |csv: &str| import(&fac.facilitator, &fac, query, csv);
            post("email,name,shoe_size\na@example.org,A,43").field("/shoe_size", "unknown");
            post("name\nA").field("/email", "required");
            post("email,name,name\na@example.org,A,A").field("/name", "duplicate");
            post("").field("/email", "required");
            let many: String = (0..=1000).map(|n| format!("a{n}@example.org,A\n")).collect();
            post(&format!("email,name\n{many}")).field("", "invalid");
        }
        import(&fac.facilitator, &fac, "?dry=1", TABLE).problem(400, "invalid_parameter");
        import(&fac.facilitator, &fac, "?dry_run=maybe", TABLE).problem(400, "invalid_parameter");
        let path = format!("{}/import", enrolments(&fac));
        fac.facilitator.post(&path, json!({})).problem(415, "unsupported_media_type");
        let binary = fac.facilitator.send(ureq::http::Method::POST, &path, Some("text/csv"), vec![0xff, 0xfe]);
        binary.problem(400, "malformed_request");
        assert_eq!(letters(&world).len(), 0);
    }

    fn an_account_that_has_not_joined_shows_nowhere(world: World) {
        let fac = world.fac(2, 0);
        let somebody = world.person("Somebody");
        let of = |email: &str| {
            let answer = import(&fac.facilitator, &fac, "", &format!("email,name\n{email},A\n")).is(200);
            answer.text.replace(email, "")
        };
        assert_eq!(of(&somebody.email), of("unknown@example.org"));
    }

    fn only_staff_import_and_only_into_a_cohort_that_goes_on(world: World) {
        let (fac, other) = (world.fac(2, 1), world.campus_with_cohort("other", 2, 0));
        import(&world.nobody(), &fac, "", TABLE).problem(401, "authentication_required");
        import(&fac.students[0], &fac, "?dry_run=true", TABLE).problem(403, "forbidden");
        for outsider in [&other.organiser, &world.person("Stranger")] {
            import(outsider, &fac, "?dry_run=true", TABLE).problem(404, "not_found");
        }
        set_cohort_status(&world, &fac, CohortStatus::Graduated);
        import(&fac.facilitator, &fac, "?dry_run=true", TABLE).problem(409, "conflict");
        assert_eq!(letters(&world).len(), 0);
    }

    fn a_thousand_rows_at_once(world: World) {
        let fac = world.fac(2, 0);
        let many: String = (0..1000).map(|n| format!("a{n}@example.org,A,{}\n", n % 6)).collect();
        let table = format!("email,name,experience\n{many}");
        let done = import(&fac.facilitator, &fac, "", &table).is(200);
        assert_eq!(done.json["summary"]["invited"], 1000);
        let again = import(&fac.facilitator, &fac, "", &table).is(200);
        assert_eq!(again.json["summary"]["already_invited"], 1000);
    }

    fn done_once_for_one_key(world: World) {
        let fac = world.fac(2, 0);
        let caller = fac.facilitator.with("Idempotency-Key", "first");
        let first = import(&caller, &fac, "", "email,name\na@example.org,A").is(200);
        let again = import(&caller, &fac, "", "email,name\na@example.org,A").is(200);
        assert_eq!((first.json, again.header("idempotent-replayed")), (again.json.clone(), "true"));
        assert_eq!(letters(&world).len(), 1);
    }
}
