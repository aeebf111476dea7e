use serde_json::{Value, json};

use super::{enrolment, mentor};
use crate::{
    harness::{Fac, User, World},
    on_every_database,
};

fn absence(fac: &Fac, week: i32, user: &User) -> String {
    format!("/v1/cohorts/{}/weeks/{week}/absences/{}", fac.cohort, user.id)
}

fn absences(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/absences", fac.cohort)
}

on_every_database! {
    fn staff_and_the_student_note_it(world: World) {
        let fac = world.coming_fac(3, 2);
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        amal.put(&absence(&fac, 2, amal), json!({"reason": "An exam."})).is(204);
        basma.put(&absence(&fac, 1, basma), Value::Null).is(204);
        let all = fac.organiser.get(&absences(&fac)).is(200);
        let seen: Vec<_> = all.data().iter().map(|one| (&one["week"], &one["person"]["id"], &one["reason"])).collect();
        assert_eq!(seen, [(&json!(1), &json!(basma.id), &json!(null)), (&json!(2), &json!(amal.id), &json!("An exam."))]);
        assert_eq!(fac.organiser.get(&format!("{}?week=2", absences(&fac))).data().len(), 1);
        let page = fac.organiser.get(&format!("{}?limit=1", absences(&fac))).is(200);
        let cursor = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(fac.organiser.get(&format!("{}?cursor={cursor}", absences(&fac))).data()[0]["week"], 2);
        // Noted again: a reason that is not said again stays, until it is taken back.
        for (again, reason) in [(json!({}), json!("An exam.")), (json!({"reason": null}), json!(null))] {
            amal.put(&absence(&fac, 2, amal), again).is(204);
            let own = amal.get(&absences(&fac)).is(200);
            assert_eq!((own.data().len(), &own.data()[0]["reason"]), (1, &reason));
        }
        amal.delete(&absence(&fac, 2, amal)).is(204);
        amal.delete(&absence(&fac, 2, amal)).is(204);
        assert!(amal.get(&absences(&fac)).data().is_empty());
    }

    fn students_change_their_own_until_the_week_is_over(world: World) {
        let fac = world.coming_fac(3, 2);
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        let path = absence(&fac, 2, amal);
        let noted = |week: i32| {
            let list = fac.facilitator.get(&format!("{}?week={week}", absences(&fac))).is(200);
            list.data().iter().map(|one| one["reason"].clone()).collect::<Vec<_>>()
        };
        // What staff have noted is theirs, until they take it back.
        fac.facilitator.put(&path, json!({"reason": "Ill."})).is(204);
        amal.put(&path, json!({"reason": "I was there."})).problem(409, "conflict");
        amal.delete(&path).problem(409, "conflict");
        assert_eq!(noted(2), [json!("Ill.")]);
        fac.organiser.delete(&path).is(204);
        amal.put(&path, json!({"reason": "An exam."})).is(204);
        // The last day of the week is the last to note it; afterwards staff correct who was there.
        world.begin_week(&fac, 2, -4);
        amal.put(&path, json!({"reason": "Two exams."})).is(204);
        world.begin_week(&fac, 2, -5);
        amal.delete(&path).problem(409, "conflict");
        basma.put(&absence(&fac, 2, basma), Value::Null).problem(409, "conflict");
        assert_eq!(noted(2), [json!("Two exams.")]);
        fac.facilitator.put(&absence(&fac, 2, basma), Value::Null).is(204);
        fac.facilitator.delete(&path).is(204);
    }

    fn reasons_are_for_staff_and_for_whose_they_are(world: World) {
        let (fac, other) = (world.coming_fac(3, 2), world.campus_with_cohort("other", 3, 1));
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        amal.put(&absence(&fac, 2, amal), json!({"reason": "secretreason"})).is(204);
        assert!(amal.get(&absences(&fac)).is(200).text.contains("secretreason"));
        assert!(fac.facilitator.get(&absences(&fac)).is(200).text.contains("secretreason"));
        assert!(basma.get(&absences(&fac)).is(200).data().is_empty());
        let mentor = mentor(&world, &fac, "Mentor");
        for outsider in [&mentor, &world.alumnus(&fac, "Alumna"), &other.students[0], &other.facilitator] {
            outsider.get(&absences(&fac)).problem(404, "not_found");
        }
        world.nobody().get(&absences(&fac)).problem(401, "authentication_required");
    }

    fn nobody_notes_it_for_others(world: World) {
        let (fac, other) = (world.coming_fac(3, 2), world.campus_with_cohort("other", 3, 1));
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        let path = absence(&fac, 2, amal);
        fac.facilitator.put(&path, Value::Null).is(204);
        for (caller, status, code) in [
            (basma, 403, "forbidden"),
            (&mentor(&world, &fac, "Mentor"), 403, "forbidden"),
            (&world.person("Stranger"), 404, "not_found"),
            (&other.students[0], 404, "not_found"),
            (&other.organiser, 404, "not_found"),
        ] {
            caller.put(&path, json!({"reason": "No."})).problem(status, code);
            caller.delete(&path).problem(status, code);
        }
        world.nobody().put(&path, Value::Null).problem(401, "authentication_required");
        let noted = fac.facilitator.get(&absences(&fac)).is(200);
        assert_eq!((noted.data().len(), &noted.data()[0]["reason"]), (1, &json!(null)));
    }

    fn the_week_and_the_student_must_be_there(world: World) {
        let (fac, other) = (world.coming_fac(3, 1), world.campus_with_cohort("other", 3, 1));
        let amal = &fac.students[0];
        for path in [
            absence(&fac, 4, amal),
            absence(&fac, 0, amal),
            absence(&fac, 1, &other.students[0]),
            absence(&fac, 1, &fac.facilitator),
        ] {
            fac.facilitator.put(&path, Value::Null).problem(404, "not_found");
            fac.facilitator.delete(&path).problem(404, "not_found");
        }
        let reason = |value: Value| fac.facilitator.put(&absence(&fac, 1, amal), json!({ "reason": value }));
        reason(json!(7)).field("/reason", "invalid");
        reason(json!("x".repeat(10_001))).field("/reason", "invalid");
        fac.facilitator.put(&absence(&fac, 1, amal), json!({"why": "x"})).field("/why", "unknown");
        fac.facilitator.patch(&enrolment(&fac, amal), json!({"status": "withdrawn"})).is(200);
        fac.facilitator.put(&absence(&fac, 1, amal), Value::Null).problem(404, "not_found");
        assert!(fac.facilitator.get(&absences(&fac)).data().is_empty());
        fac.facilitator.get(&format!("{}?week=x", absences(&fac))).problem(400, "invalid_parameter");
    }
}
