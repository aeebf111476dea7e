use serde_json::json;

use super::{enrolment, enrolments, mentor};
use crate::{
    harness::{Answer, Client, Fac, World},
    on_every_database,
};

fn export(caller: &Client, fac: &Fac) -> Answer {
    caller.get(&format!("{}/export", enrolments(fac)))
}

on_every_database! {
    fn importing_an_export_changes_nothing(world: World) {
        let fac = world.fac(2, 3);
        let [amal, basma, gone] = [&fac.students[0], &fac.students[1], &fac.students[2]];
        amal.patch("/v1/me", json!({"name": "=HYPERLINK(\"x\"), Amal", "github": "amal"})).is(200);
        basma.patch("/v1/me", json!({"name": "'+Basma"})).is(200);
        let change = |user, body| fac.facilitator.patch(&enrolment(&fac, user), body).is(200);
        change(amal, json!({"experience": 3, "attributes": {"gender": "-woman", "first_language": "العربية"}}));
        change(gone, json!({"status": "withdrawn", "left_on": "2026-01-07"}));
        let named = fac.facilitator.post(&enrolments(&fac), json!({"name": "Chiara", "experience": 1})).is(201);
        let chiara = named.json["person"]["id"].as_str().unwrap();
        let table = export(&fac.facilitator, &fac).is(200);
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert!(table.header("content-disposition").starts_with("attachment; filename=\"fac"));
        let expected = format!(
            "\u{feff}email,name,github,status,joined_on,left_on,experience,person_id,attr_first_language,attr_gender\r\n\
             {},''+Basma,,enrolled,2026-01-05,,,{},,\r\n\
             {},\"'=HYPERLINK(\"\"x\"\"), Amal\",amal,enrolled,2026-01-05,,3,{},العربية,'-woman\r\n\
             {},fac Student 03,,withdrawn,2026-01-05,2026-01-07,,{},,\r\n\
             ,Chiara,,enrolled,2026-01-05,,1,{chiara},,\r\n",
            basma.email, basma.id, amal.email, amal.id, gone.email, gone.id
        );
        // Which name comes first is for the database's language to say.
        let sorted = |text: &str| {
            let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&table.text), sorted(&expected));

        let before = fac.facilitator.get(&enrolments(&fac)).is(200).json;
        let path = format!("{}/import", enrolments(&fac));
        let again = fac.facilitator.send(ureq::http::Method::POST, &path, Some("text/csv"), table.text.into()).is(200);
        let summary = &again.json["summary"];
        assert_eq!((&summary["already_enrolled"], &summary["withdrawn"]), (&json!(3), &json!(1)), "{}", again.text);
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).is(200).json, before);
    }

    fn addresses_are_for_staff_only(world: World) {
        let (fac, other) = (world.fac(2, 1), world.campus_with_cohort("other", 2, 1));
        assert!(export(&fac.organiser, &fac).is(200).text.contains(&fac.students[0].email));
        let mentor = mentor(&world, &fac, "Mentor");
        for outsider in [&fac.students[0], &mentor, &world.alumnus(&fac, "Alumna"), &other.students[0], &other.organiser] {
            export(outsider, &fac).problem(404, "not_found");
        }
        export(&world.nobody(), &fac).problem(401, "authentication_required");
    }
}
