use serde_json::{Value, json};

use super::{enrolments, letters, member};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// A cohort that ended before this system was used, entered as it is.
fn earlier(world: &World, fac: &Fac) -> Fac {
    let programmes = world.nobody().get("/v1/programmes?slug=fac-2018").is(200);
    let body = json!({
        "slug": "fac3", "name": "FAC3", "programme_id": programmes.data()[0]["id"], "starts_on": "2015-03-02",
        "status": "graduated",
    });
    let path = format!("/v1/campuses/{}/cohorts", fac.campus);
    let made = fac.facilitator.post(&path, body).is(201);
    assert_eq!(made.json["status"], "graduated");
    Fac {
        campus: fac.campus.clone(),
        cohort: made.id(),
        organiser: fac.organiser.clone(),
        facilitator: fac.facilitator.clone(),
        students: Vec::new(),
    }
}

fn enter(fac: &Fac, mut body: Value) -> Answer {
    body["status"] = json!("graduated");
    fac.facilitator.post(&enrolments(fac), body)
}

fn is_alumna_who_mentors(fac: &Fac, of: &Fac, user: &User) {
    let role = json!({"role": "alumnus", "cohort_id": of.cohort});
    assert!(user.roles().contains(&role));
    let wanted = json!({"week": 2, "kind": "week", "min": 1, "capacity": 1});
    let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    let slot = fac.facilitator.post(&slots, wanted).is(201).id();
    user.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), json!({}))
        .is(201);
}

fn invitation(world: &World) -> Value {
    let letter = letters(world).pop().unwrap();
    assert!(letter.body.contains("graduated from FAC3"), "{}", letter.body);
    json!({"token": letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap()})
}

on_every_database! {
    fn alumni_from_before_mentor_at_once(world: World) {
        let fac = world.fac(2, 0);
        world.begin_week(&fac, 2, 7);
        let before = earlier(&world, &fac);
        let amal = member(&world, &fac, "Amal");
        let answer = enter(&before, json!({"person_id": amal.id})).is(201);
        assert_eq!((&answer.json["status"], &answer.json["joined_on"]), (&json!("graduated"), &json!("2015-03-02")));
        is_alumna_who_mentors(&fac, &before, &amal);

        let place = enter(&before, json!({"name": "Basma"})).is(201);
        let link = fac.facilitator.post(&format!("{}/claim-links", place.header("location")), Value::Null).is(201);
        let basma = world.person("Basma");
        basma.post("/v1/claims", json!({"code": link.json["code"]})).is(200);
        is_alumna_who_mentors(&fac, &before, &basma);

        enter(&before, json!({"email": "chiara@example.org", "name": "Chiara"})).is(202);
        let chiara = world.person("C");
        let accepted = chiara.post("/v1/invitations/acceptances", invitation(&world)).is(201);
        assert_eq!(accepted.json["status"], "graduated");
        is_alumna_who_mentors(&fac, &before, &chiara);
    }

    fn a_table_of_alumni_is_imported(world: World) {
        let fac = world.fac(2, 0);
        world.begin_week(&fac, 2, 7);
        let before = earlier(&world, &fac);
        let import = |table: &str| {
            let path = format!("{}/import", enrolments(&before));
            fac.facilitator.send(ureq::http::Method::POST, &path, Some("text/csv"), table.into())
        };
        let table = "name,email,status\nAmal,,graduated\nBasma,basma@example.org,graduated\n";
        let done = import(table).is(200);
        assert_eq!((&done.json["summary"]["enrolled"], &done.json["summary"]["invited"]), (&json!(1), &json!(1)));
        let basma = world.person("Basma");
        basma.post("/v1/invitations/acceptances", invitation(&world)).is(201);
        is_alumna_who_mentors(&fac, &before, &basma);
        assert_eq!(import(table).is(200).json["summary"]["already_enrolled"], 2);
        let exported = fac.facilitator.get(&format!("{}/export", enrolments(&before))).is(200);
        assert_eq!(import(&exported.text).is(200).json["summary"]["already_enrolled"], 2);
        // Nobody becomes an alumna because somebody forgot to say so.
        import("name,status\nNew,\n").problem(409, "conflict");
        let refused = import("name,status\nAmal,graduated\nNew,\n").problem(422, "invalid_rows");
        assert_eq!(refused.json["rows"][1]["errors"][0]["column"], "status");
    }

    fn only_a_cohort_that_has_graduated_has_alumni(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        for body in [json!({"person_id": amal.id}), json!({"name": "A"}), json!({"name": "A", "email": "a@example.org"})] {
            enter(&fac, body).field("/status", "invalid");
        }
        let before = earlier(&world, &fac);
        let enrolled = before.facilitator.post(&enrolments(&before), json!({"name": "A"})).problem(409, "conflict");
        assert!(enrolled.text.contains("`graduated`"));
        let withdrawn = json!({"name": "A", "status": "withdrawn"});
        before.facilitator.post(&enrolments(&before), withdrawn).field("/status", "invalid");
        assert!(before.facilitator.get(&enrolments(&before)).is(200).data().is_empty());
    }

    fn an_invitation_from_before_the_end_makes_nobody_an_alumna(world: World) {
        let fac = world.fac(2, 0);
        fac.facilitator.post(&enrolments(&fac), json!({"email": "a@example.org", "name": "A"})).is(202);
        let letter = letters(&world).pop().unwrap().body;
        let code = json!({"token": letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap()});
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        let amal = world.person("Amal");
        amal.post("/v1/invitations/acceptances", code.clone()).problem(409, "conflict");
        // Said again, and by name, it is another invitation.
        let path = format!("{}/import", enrolments(&fac));
        let table = "name,email,status\nA,a@example.org,graduated\n";
        let done = fac.facilitator.send(ureq::http::Method::POST, &path, Some("text/csv"), table.into()).is(200);
        assert_eq!(done.json["summary"]["invited"], 1);
        amal.post("/v1/invitations/acceptances", code).problem(409, "invitation_unusable");
        let letter = letters(&world).pop().unwrap().body;
        let code = json!({"token": letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap()});
        assert_eq!(amal.post("/v1/invitations/acceptances", code).is(201).json["status"], "graduated");
    }

    fn a_cohort_is_entered_as_planned_or_as_one_that_has_ended(world: World) {
        let fac = world.fac(2, 0);
        let programmes = world.nobody().get("/v1/programmes?slug=fac-2018").is(200);
        let make = |status: &str, starts_on: &str| {
            let body = json!({
                "slug": format!("c-{}", starts_on), "name": "C", "programme_id": programmes.data()[0]["id"], "starts_on": starts_on,
                "status": status,
            });
            fac.facilitator.post(&format!("/v1/campuses/{}/cohorts", fac.campus), body)
        };
        make("running", "2015-03-02").field("/status", "invalid");
        make("cancelled", "2015-03-02").field("/status", "invalid");
        make("graduated", "2099-03-02").field("/starts_on", "invalid");
        assert_eq!(make("planned", "2015-03-02").is(201).json["status"], "planned");
    }
}
