use peerled::cohorts::CohortStatus;
use serde_json::{Value, json};

use super::{enrolment, enrolments, letters, member, set_cohort_status};
use crate::{
    harness::{Answer, Client, Fac, User, World},
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

/// Accepts the invitation that was mailed to an address.
fn accept(world: &World, user: &User, email: &str) {
    let letters = letters(world);
    let letter = letters.iter().rev().find(|letter| letter.recipient == email).unwrap();
    let code = letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
    user.post("/v1/invitations/acceptances", json!({ "token": code }))
        .is(201);
}

on_every_database! {
    fn addresses_are_invited_and_names_entered(world: World) {
        let fac = world.fac(2, 0);
        let table = format!("{TABLE},Chiara,1,woman,Italian\r\n");
        let before = everything(&world, &fac);
        let tried = import(&fac.facilitator, &fac, "?dry_run=true", &table).is(200);
        assert_eq!(outcomes(&tried), ["2 invited", "3 invited", "4 invited", "5 enrolled"]);
        assert_eq!((&tried.json["dry_run"], &tried.json["skipped_columns"]), (&json!(true), &json!([])));
        assert_eq!(everything(&world, &fac), before);

        let done = import(&fac.facilitator, &fac, "", &table).is(200);
        assert_eq!((&done.json["rows"], &done.json["summary"]), (&tried.json["rows"], &tried.json["summary"]));
        let summary = json!({
            "rows": 4, "enrolled": 1, "updated": 0, "already_enrolled": 0, "withdrawn": 0, "invited": 3,
            "already_invited": 0, "errors": 0,
        });
        assert_eq!((&done.json["summary"], &done.json["dry_run"]), (&summary, &json!(false)));
        let row = json!({"line": 5, "email": "", "name": "Chiara", "outcome": "enrolled", "errors": []});
        assert_eq!(done.json["rows"][3], row);
        let seen = fac.facilitator.get(&enrolments(&fac)).is(200);
        let [chiara] = seen.data().as_slice() else { panic!("{}", seen.text) };
        assert_eq!((&chiara["person"]["name"], &chiara["person"]["claimed"]), (&json!("Chiara"), &json!(false)));
        assert_eq!(chiara["attributes"], json!({"gender": "woman", "first_language": "Italian"}));
        let recipients: Vec<String> = letters(&world).into_iter().map(|letter| letter.recipient).collect();
        assert_eq!(recipients, ["amal@example.org", "basma@example.org", "new@example.org"]);

        let amal = world.person("Amal");
        accept(&world, &amal, "amal@example.org");
        let seen = fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json;
        let attributes = json!({"gender": "woman", "first_language": "Arabic"});
        assert_eq!((&seen["experience"], &seen["attributes"]), (&json!(2), &attributes));
    }

    fn whoever_merely_claims_an_address_is_not_enrolled(world: World) {
        let fac = world.fac(2, 0);
        // Somebody opened accounts with the addresses of others and joined the campus with one.
        let (joined, elsewhere) = (member(&world, &fac, "Amal"), world.person("Basma"));
        let owner = world.person("Owner");
        let done = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&done), ["2 invited", "3 invited", "4 invited"]);
        assert!(fac.facilitator.get(&enrolments(&fac)).is(200).data().is_empty());
        for claimer in [&joined, &elsewhere] {
            claimer.get(&enrolments(&fac)).problem(404, "not_found");
        }
        // The mail reaches whoever owns the address, and no account stands in their way.
        accept(&world, &owner, &joined.email);
        let again = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&again), ["2 already_enrolled", "3 already_invited", "4 already_invited"]);
        let seen = fac.facilitator.get(&enrolments(&fac)).is(200);
        assert_eq!(seen.data()[0]["person"]["id"], json!(owner.id));
    }

    fn a_member_is_enrolled_by_their_id(world: World) {
        let fac = world.fac(2, 1);
        let (amal, stranger) = (member(&world, &fac, "Amal"), world.person("Stranger"));
        let table = |person: &str, email: &str| format!("person_id,email,name,experience\n{person},{email},,3\n");
        for (person, email) in [(&stranger.id, ""), (&amal.id, "new@example.org"), (&amal.id, amal.email.as_str())] {
            let refused = import(&fac.facilitator, &fac, "", &table(person, email)).problem(422, "invalid_rows");
            assert_eq!(errors(&refused), ["2 person_id not_found"]);
        }
        let refused = import(&fac.facilitator, &fac, "", &table("someone", "")).problem(422, "invalid_rows");
        assert_eq!(errors(&refused), ["2 person_id invalid", "2 name required"]);
        let refused = import(&fac.facilitator, &fac, "", &table(&fac.students[0].id, "x@example.org"));
        assert_eq!(errors(&refused.problem(422, "invalid_rows")), ["2 email invalid"]);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table(&amal.id, "")).is(200)), ["2 enrolled"]);
        assert_eq!(fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json["experience"], 3);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table(&amal.id, &amal.email)).is(200)), ["2 already_enrolled"]);
        assert_eq!(letters(&world).len(), 0);
    }

    fn a_name_is_never_doubled(world: World) {
        let fac = world.fac(2, 1);
        let invited = json!({"email": "chiara@example.org", "name": "Chiara"});
        fac.facilitator.post(&enrolments(&fac), invited).is(202);
        let names = format!("Name,experience\nAmal,1\nBasma,\n{},\nchiara,\n", fac.students[0].name);
        let first = import(&fac.facilitator, &fac, "", &names).is(200);
        assert_eq!(outcomes(&first), ["2 enrolled", "3 enrolled", "4 already_enrolled", "5 already_invited"]);
        let before = everything(&world, &fac);
        let again = import(&fac.facilitator, &fac, "", &names.replace("Amal", "AMAL")).is(200);
        assert_eq!(outcomes(&again), ["2 already_enrolled", "3 already_enrolled", "4 already_enrolled", "5 already_invited"]);
        assert_eq!(everything(&world, &fac), before);

        // Not when the name is corrected, the place claimed, or the invitation accepted by an account of another name.
        let all = before.0["data"].as_array().unwrap();
        let place = |name: &str| {
            let one = all.iter().find(|one| one["person"]["name"] == name).unwrap();
            format!("{}/{}", enrolments(&fac), one["person"]["id"].as_str().unwrap())
        };
        fac.facilitator.patch(&place("Amal"), json!({"name": "Amal H"})).is(200);
        let link = fac.facilitator.post(&format!("{}/claim-links", place("Basma")), json!(null)).is(201);
        world.person("Someone").post("/v1/claims", json!({"code": link.json["code"]})).is(200);
        accept(&world, &world.person("Somebody"), "chiara@example.org");
        let again = import(&fac.facilitator, &fac, "", &names).is(200);
        assert_eq!(again.json["summary"]["already_enrolled"], 4, "{}", again.text);
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).data().len(), 4);
    }

    fn names_that_do_not_tell_people_apart_are_refused(world: World) {
        let fac = world.fac(2, 2);
        let namesake = json!({"name": fac.students[0].name});
        fac.students[1].patch("/v1/me", namesake).is(200);
        import(&fac.facilitator, &fac, "", "name\nAmal\nBasma\n").is(200);
        let seen = fac.facilitator.get(&enrolments(&fac)).is(200);
        let id = |name: &str| {
            let one = seen.data().iter().find(|one| one["person"]["name"] == name).unwrap();
            one["person"]["id"].as_str().unwrap().to_owned()
        };
        let (amal, basma) = (id("Amal"), id("Basma"));
        let before = everything(&world, &fac);
        let table = format!(
            "person_id,email,name\n,,{}\n,,Amal\n,amal@example.org,amal\n{amal},a@example.org,Amal\n{amal},,basma\n,,New\n,,NEW\n{basma},,Amal\n",
            fac.students[0].name
        );
        let refused = import(&fac.facilitator, &fac, "", &table).problem(422, "invalid_rows");
        let expected = [
            "2 name invalid", "4 name duplicate", "5 email duplicate", "6 name duplicate", "8 name duplicate", "9 name duplicate",
        ];
        assert_eq!(errors(&refused), expected);
        assert_eq!(everything(&world, &fac), before);
        // By its id a name is corrected.
        let table = format!("person_id,name\n{amal},Amal H\n{},Other\n", fac.students[0].id);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table).is(200)), ["2 updated", "3 already_enrolled"]);
        let seen = fac.facilitator.get(&format!("{}/{amal}", enrolments(&fac))).is(200);
        assert_eq!((&seen.json["person"]["name"], &seen.json["version"]), (&json!("Amal H"), &json!(2)));
    }

    fn the_second_time_it_changes_nothing(world: World) {
        let fac = world.fac(2, 0);
        import(&fac.facilitator, &fac, "", TABLE).is(200);
        let before = everything(&world, &fac);
        let again = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&again), ["2 already_invited", "3 already_invited", "4 already_invited"]);
        assert_eq!(everything(&world, &fac), before);
        // Whoever accepted by another address than the one invited is still the same person.
        accept(&world, &world.person("Somebody"), "new@example.org");
        let before = everything(&world, &fac);
        let again = import(&fac.facilitator, &fac, "", TABLE).is(200);
        assert_eq!(outcomes(&again)[2], "4 already_enrolled");
        assert_eq!(everything(&world, &fac), before);
    }

    fn what_is_new_is_noted_and_what_is_empty_stays(world: World) {
        let fac = world.fac(2, 0);
        import(&fac.facilitator, &fac, "", TABLE).is(200);
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        for user in [&amal, &basma] {
            accept(&world, user, &user.email);
        }
        let mails = letters(&world).len();
        let news = "email,name,experience,joined_on,attr_city\n\
                    amal@example.org,Amal,,2026-01-06,Nazareth\nbasma@example.org,B,,,\nnew@example.org,New,1,,\n";
        let done = import(&fac.facilitator, &fac, "", news).is(200);
        assert_eq!(outcomes(&done), ["2 updated", "3 already_enrolled", "4 updated"]);
        let seen = fac.facilitator.get(&enrolment(&fac, &amal)).is(200).json;
        let attributes = json!({"gender": "woman", "first_language": "Arabic", "city": "Nazareth"});
        assert_eq!((&seen["experience"], &seen["attributes"]), (&json!(2), &attributes));
        assert_eq!((&seen["joined_on"], &seen["version"]), (&json!("2026-01-06"), &json!(2)));
        assert_eq!(letters(&world).len(), mails);
    }

    fn dates_are_read_as_spreadsheets_write_them(world: World) {
        let fac = world.fac(12, 0);
        let table = |a: &str, b: &str| format!("name;joined_on\nAmal;{a}\nBasma;{b}\n");
        let joined = || {
            let seen = fac.facilitator.get(&enrolments(&fac)).is(200);
            seen.data().iter().map(|one| one["joined_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for query in ["", "?dry_run=true&date_format=ymd"] {
            let answer = import(&fac.facilitator, &fac, query, &table("05/02/2026", "06/02/2026"));
            assert_eq!(errors(&answer), ["2 joined_on invalid", "3 joined_on invalid"], "{}", answer.text);
        }
        let mixed = import(&fac.facilitator, &fac, "", &table("13/02/2026", "02/13/2026"));
        assert_eq!(errors(&mixed.problem(422, "invalid_rows")), ["2 joined_on invalid", "3 joined_on invalid"]);
        import(&fac.facilitator, &fac, "?date_format=us", &table("", "")).problem(400, "invalid_parameter");
        import(&fac.facilitator, &fac, "?date_format=dmy", &table("05/02/2026", "06/02/2026")).is(200);
        assert_eq!(joined(), ["2026-02-05", "2026-02-06"]);
        import(&fac.facilitator, &fac, "", &table("2.1.2026", "13.1.2026")).is(200);
        assert_eq!(joined(), ["2026-01-02", "2026-01-13"]);
        import(&fac.facilitator, &fac, "?date_format=mdy", &table("02/01/2026", "2026-01-12")).is(200);
        assert_eq!(joined(), ["2026-02-01", "2026-01-12"]);
    }

    fn columns_that_nobody_knows_are_skipped_if_asked(world: World) {
        let fac = world.fac(2, 0);
        let table = "name,Shoe size,T-shirt\nAmal,43,M\n";
        let refused = import(&fac.facilitator, &fac, "?dry_run=true", table).problem(422, "invalid_fields");
        let named: Vec<&str> = refused.json["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(named, ["/shoe size", "/t-shirt"]);
        assert!(refused.text.contains("skip_unknown"));
        for query in ["?skip_unknown=true&dry_run=true", "?skip_unknown=true"] {
            let done = import(&fac.facilitator, &fac, query, table).is(200);
            assert_eq!(done.json["skipped_columns"], json!(["shoe size", "t-shirt"]));
            assert_eq!(outcomes(&done), ["2 enrolled"]);
        }
    }

    fn a_table_says_its_charset(world: World) {
        let fac = world.fac(2, 0);
        let path = format!("{}/import", enrolments(&fac));
        let send = |charset: &str, table: &[u8]| {
            let content_type = format!("text/csv{charset}");
            fac.facilitator.send(ureq::http::Method::POST, &path, Some(&content_type), table.to_vec())
        };
        let old = b"name\nZo\xeb \x8aimon\n";
        assert!(send("", old).problem(400, "malformed_request").text.contains("windows-1252"));
        send("; charset=utf-8", old).problem(400, "malformed_request");
        send("; charset=koi8-r", old).problem(415, "unsupported_media_type");
        send("; charset=nonsense", old).problem(415, "unsupported_media_type");
        for charset in ["; charset=windows-1252", "; header=present; charset=\"ISO-8859-1\""] {
            send(charset, old).is(200);
        }
        send("; charset=UTF-8", "name\nZoë Šimon\n".as_bytes()).is(200);
        let seen = fac.facilitator.get(&enrolments(&fac)).is(200);
        assert_eq!(seen.data().len(), 1);
        assert_eq!(seen.data()[0]["person"]["name"], "Zoë Šimon");
    }

    fn nobody_is_removed_and_nobody_taken_back(world: World) {
        let fac = world.fac(2, 3);
        let gone = &fac.students[1];
        fac.facilitator.patch(&enrolment(&fac, gone), json!({"status": "withdrawn"})).is(200);
        let before = everything(&world, &fac);
        let table = format!("person_id,name,experience\n{},Gone,5\n", gone.id);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table).is(200)), ["2 withdrawn"]);
        assert_eq!(everything(&world, &fac), before);
    }

    fn the_address_of_an_account_proves_nothing(world: World) {
        let fac = world.fac(2, 1);
        let student = &fac.students[0];
        let before = everything(&world, &fac);
        let table = format!("email,name,experience\n{},Somebody Else,5\n", student.email);
        for query in ["?dry_run=true", ""] {
            let told = import(&fac.facilitator, &fac, query, &table);
            assert_eq!(errors(&told), ["2 email unproved"]);
        }
        assert_eq!(everything(&world, &fac), before);
        let table = format!("person_id,email,name,experience\n{},{},Somebody,5\n", student.id, student.email);
        assert_eq!(outcomes(&import(&fac.facilitator, &fac, "", &table).is(200)), ["2 updated"]);
    }

    fn a_proved_address_is_enough(world: World) {
        let fac = world.fac(2, 1);
        let [member, stranger] = ["Member", "Stranger"].map(|name| world.person(name));
        member.put(&format!("/v1/campuses/{}/members/me", fac.campus), json!(null)).is(204);
        let table = format!(
            "email,name,experience\n{},Member,2\n{},Stranger,2\n{},Student,2\n",
            member.email, stranger.email, fac.students[0].email
        );
        let told = import(&fac.facilitator, &fac, "?dry_run=true", &table).is(200);
        assert_eq!(outcomes(&told), ["2 invited", "3 invited", "4 error"]);
        for user in [&member, &stranger, &fac.students[0]] {
            world.prove_address(user);
        }
        let told = import(&fac.facilitator, &fac, "", &table).is(200);
        assert_eq!(outcomes(&told), ["2 enrolled", "3 invited", "4 updated"]);
        let told = import(&fac.facilitator, &fac, "", &table).is(200);
        assert_eq!(outcomes(&told), ["2 already_enrolled", "3 already_invited", "4 already_enrolled"]);
    }

    fn a_corrected_name_is_known_after_a_claim(world: World) {
        let fac = world.fac(2, 0);
        let place = fac.facilitator.post(&enrolments(&fac), json!({"name": "Hasan Ali"})).is(201);
        let path = place.header("location").to_owned();
        fac.facilitator.patch(&path, json!({"name": "Hassan  Ali"})).is(200);
        let export = format!("{}/export", enrolments(&fac));
        let exported = fac.facilitator.get(&export).is(200).text;
        let link = fac.facilitator.post(&format!("{path}/claim-links"), json!(null)).is(201);
        world.person("Hassan A").post("/v1/claims", json!({"code": link.json["code"]})).is(200);
        for table in ["name\nHasan Ali\n", "name\nHassan Ali\n", "name\nhassan\u{a0}ali\n", exported.as_str()] {
            let told = import(&fac.facilitator, &fac, "", table).is(200);
            assert_eq!(outcomes(&told), ["2 already_enrolled"], "{table}");
        }
    }

    fn one_bad_row_and_nothing_is_changed(world: World) {
        let fac = world.fac(2, 1);
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
            "3 email invalid", "3 experience invalid", "3 joined_on invalid", "3 status invalid", "3 name required",
            "4 email duplicate", "5 - ragged", "6 joined_on invalid", "7 status read_only", "8 email unproved",
            "9 - ragged",
        ];
        let tried = import(&fac.facilitator, &fac, "?dry_run=true", &table).is(200);
        assert_eq!(errors(&tried), expected);
        let refused = import(&fac.facilitator, &fac, "?dry_run=false", &table).problem(422, "invalid_rows");
        assert_eq!(errors(&refused), expected);
        assert_eq!((&refused.json["summary"]["errors"], &refused.json["summary"]["rows"]), (&json!(7), &json!(8)));
        assert_eq!(outcomes(&refused)[0], "2 invited");
        assert_eq!(everything(&world, &fac), before);
    }

    fn too_many_attributes_are_refused(world: World) {
        let fac = world.fac(2, 1);
        let columns: String = (0..11).map(|n| format!(",attr_a{n}")).collect();
        let row = |key: &str, who: &str| format!("{key},name{columns}\n{who},A{}\n", ",x".repeat(11));
        for (key, who) in [("email", "new@example.org"), ("person_id", &fac.students[0].id)] {
            let refused = import(&fac.facilitator, &fac, "", &row(key, who)).problem(422, "invalid_rows");
            assert_eq!(errors(&refused), ["2 - invalid"]);
        }
    }

    fn columns_that_are_not_right_are_named(world: World) {
        let fac = world.fac(2, 0);
        for query in ["", "?dry_run=true"] {
            let post = |csv: &str| import(&fac.facilitator, &fac, query, csv);
            post("email,name,shoe_size\na@example.org,A,43").field("/shoe_size", "unknown");
            post("email\na@example.org").field("/name", "required");
            post("email,name,name\na@example.org,A,A").field("/name", "duplicate");
            post("").field("/name", "required");
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
