//! Drafts, handing in, withdrawing, and what counts of evidence.

use std::thread;

use serde_json::{Value, json};

use super::{
    answers, apply, draft, in_days, intake,
    interviews::offer,
    open, open_fac, path,
    reading::{points, read_by, score},
    status, submit, window, withdraw,
};
use crate::{
    changes::Follower,
    harness::{Backend, User, World},
    on_every_database,
};

on_every_database! {
    fn what_was_handed_in_or_withdrawn_can_be_taken_back_while_applications_are_open(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        read_by(&fac, false, &[&fac.facilitator]);
        score(&fac.facilitator, &mine, points(4, 3)).is(200);
        let slot = offer(&fac, &[0]).remove(0);
        amal.put(&format!("/v1/interview-slots/{slot}/booking/me"), Value::Null).is(200);
        let back = |who: &User| who.delete(&format!("{mine}/submission"));
        back(&fac.facilitator).problem(403, "forbidden");
        let draft = back(&amal).is(200).json;
        assert_eq!((&draft["status"], &draft["submitted_at"]), (&json!("draft"), &Value::Null));
        assert_eq!(draft.get("interview"), None);
        assert_eq!(back(&amal).is(200).json, draft, "repeating it changes nothing");
        fac.facilitator.get(&mine).problem(404, "not_found");
        amal.patch(&mine, json!({"answers": {"why": "To learn more"}})).is(200);
        submit(&amal, &mine).is(200);
        let reading = fac.facilitator.get(&format!("{mine}/reading")).is(200).json;
        assert_eq!((&reading["own"], &reading["answers"]["why"]), (&Value::Null, &json!("To learn more")));
        // Whoever has withdrawn is told so, and can take it up again.
        withdraw(&amal, &mine).is(200);
        let refused = amal.post(&path(&fac, "/applications"), json!({"answers": answers()})).problem(409, "already_applied");
        assert!(refused.json["detail"].as_str().unwrap().contains("take it up again"), "{}", refused.text);
        assert_eq!(back(&amal).is(200).json["ended_at"], Value::Null);
        submit(&amal, &mine).is(200);
        // Not once applications are closed, nor once it is decided.
        fac.facilitator.put(&format!("{mine}/decision"), json!({"status": "waitlisted"})).is(200);
        back(&amal).problem(409, "invalid_transition");
        withdraw(&amal, &mine).is(200);
        let closed = fac.facilitator.put(&path(&fac, "/intake"), intake(window(-3, -1)));
        closed.is(200);
        back(&amal).problem(409, "applications_closed");
    }

    fn a_draft_is_its_writers_until_it_is_handed_in(world: World) {
        let fac = open_fac(&world);
        let (amal, basil) = (world.person("Amal"), world.person("Basil"));
        let mut staff = Follower::begin(&world, &fac.organiser);
        let made = amal.post(&path(&fac, "/applications"), json!({})).is(201);
        let mine = format!("/v1/applications/{}", made.id());
        assert_eq!(made.header("location"), mine);
        for other in [&basil, &fac.organiser] {
            other.get(&mine).problem(404, "not_found");
            other.patch(&mine, json!({"answers": {}})).problem(404, "not_found");
            submit(other, &mine).problem(404, "not_found");
        }
        world.nobody().get(&mine).problem(401, "authentication_required");
        assert!(fac.organiser.get(&path(&fac, "/applications")).is(200).data().is_empty());
        // What is missing is told when it is handed in, what is wrong at once.
        let missing = submit(&amal, &mine).problem(422, "invalid_fields");
        assert_eq!(missing.json["errors"].as_array().unwrap().iter().map(|one| &one["pointer"]).collect::<Vec<_>>(), ["/answers/why", "/answers/points"]);
        amal.patch(&mine, json!({"answers": {"points": "120"}})).field("/answers/points", "invalid");
        amal.patch(&mine, json!({"answers": {"colour": "red"}})).field("/answers/colour", "unknown");
        amal.with("If-Match", "\"9-x\"").patch(&mine, json!({"answers": answers()})).problem(412, "precondition_failed");
        let saved = amal.patch(&mine, json!({"answers": answers(), "may_be_kept": true})).is(200);
        assert_eq!((&saved.json["version"], &saved.json["answers"], &saved.json["may_be_kept"]), (&json!(2), &answers(), &json!(true)));
        amal.patch(&mine, json!({"answers": {"why": null}})).is(200);
        assert_eq!(amal.patch(&mine, json!({"answers": {"why": "To teach"}})).is(200).json["answers"]["why"], "To teach");
        assert!(staff.kinds(&world).is_empty(), "nobody else learns of a draft");

        let handed_in = submit(&amal, &mine).is(200).json;
        assert_eq!(handed_in["status"], "submitted");
        assert_eq!(submit(&amal, &mine).is(200).json["submitted_at"], handed_in["submitted_at"]);
        assert_eq!(staff.kinds(&world), ["application.submitted"]);
        amal.patch(&mine, json!({"answers": {"why": "x"}})).problem(409, "invalid_transition");
        assert_eq!(amal.patch(&mine, json!({"may_be_kept": false})).is(200).json["may_be_kept"], false);
        let seen = fac.facilitator.get(&mine).is(200).json;
        assert_eq!((&seen["answers"]["why"], &seen["person"]["email"]), (&json!("To teach"), &json!(amal.email)));
        assert_eq!(fac.facilitator.get(&path(&fac, "/applications?status=submitted")).is(200).data().len(), 1);
        assert!(fac.facilitator.get(&path(&fac, "/applications?status=rejected")).is(200).data().is_empty());
        fac.facilitator.patch(&mine, json!({"may_be_kept": true})).problem(403, "forbidden");
        basil.get(&path(&fac, "/applications")).problem(404, "not_found");
        assert_eq!(amal.get("/v1/me/applications").is(200).data()[0]["status"], "submitted");
        world.hand_out();
        let letters: Vec<String> = world.mail().into_iter().map(|mail| mail.subject).collect();
        assert_eq!(letters.iter().filter(|subject| subject.contains("has arrived")).count(), 1, "{letters:?}");
    }

    fn a_campus_takes_along_no_draft(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = draft(&fac, &amal);
        amal.patch(&mine, json!({"answers": {"why": "To teach"}})).is(200);
        let id = mine.rsplit('/').next().unwrap();
        let export = || fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200);
        assert_eq!(export().json["applications"], json!([]));
        // Once it is handed in, the campus has it.
        submit(&amal, &mine).is(200);
        let all = export().json;
        assert_eq!((&all["applications"][0]["id"], all["applications"].as_array().unwrap().len()), (&json!(id), 1));
    }

    fn one_person_applies_once_to_a_cohort_and_to_another_too(world: World) {
        let fac = open_fac(&world);
        let away = world.campus_with_cohort("away", 1, 0);
        open(&away, intake(window(-1, 1)));
        let amal = world.person("Amal");
        let first = apply(&fac, &amal);
        let refused = amal.post(&path(&fac, "/applications"), json!({})).problem(409, "already_applied");
        assert_eq!(format!("/v1/applications/{}", refused.json["application_id"].as_str().unwrap()), first);
        // Nor with the same mailbox under another name, nor after having withdrawn.
        let same = world.person("Amal+2");
        same.post(&path(&fac, "/applications"), json!({})).problem(409, "already_applied");
        withdraw(&amal, &first).is(200);
        amal.post(&path(&fac, "/applications"), json!({})).problem(409, "already_applied");
        apply(&away, &amal);
        // Of many requests at once one begins an application.
        let basil = world.person("Basil");
        let made: Vec<u16> = thread::scope(|scope| {
            let ask = || basil.post(&path(&fac, "/applications"), json!({})).status;
            let all: Vec<_> = (0..10).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!((made.iter().filter(|status| **status == 201).count(), made.iter().filter(|status| **status == 409).count()), (1, 9));
        assert_eq!(basil.get("/v1/me/applications").is(200).data().len(), 1);
    }

    fn whoever_withdraws_is_told_and_so_are_the_staff(world: World) {
        let fac = open_fac(&world);
        let (amal, basil) = (world.person("Amal"), world.person("Basil"));
        let mut staff = Follower::begin(&world, &fac.organiser);
        let (mine, drafted) = (apply(&fac, &amal), draft(&fac, &basil));
        assert_eq!(staff.kinds(&world), ["application.submitted"]);
        fac.facilitator.put(&format!("{mine}/withdrawal"), Value::Null).problem(403, "forbidden");
        assert_eq!(status(&amal, &mine), "submitted");
        let withdrawn = withdraw(&amal, &mine).is(200).json;
        assert_eq!(withdrawn["status"], "withdrawn");
        assert_eq!(withdraw(&amal, &mine).is(200).json["version"], withdrawn["version"]);
        submit(&amal, &mine).problem(409, "invalid_transition");
        // A draft was nobody else's business.
        withdraw(&basil, &drafted).is(200);
        assert_eq!(staff.kinds(&world), ["application.withdrawn"]);
        world.hand_out();
        let told = fac.organiser.get("/v1/me/notifications").is(200);
        assert_eq!(told.data().iter().map(|one| &one["title"]).collect::<Vec<_>>(), ["An application to fac was withdrawn."]);
        let subjects: Vec<String> = world.mail().into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects.iter().filter(|one| one.contains("You withdrew")).count(), 1, "{subjects:?}");
    }

    fn evidence_is_judged_as_it_was_when_applications_closed(world: World) {
        let fac = world.coming_fac(2, 0);
        open(&fac, intake(window(-10, 10)));
        let (amal, basil) = (world.person("Amal"), world.person("Basil"));
        let mine = apply(&fac, &amal);
        let judged = || fac.facilitator.get(&mine).is(200).json["evidence"][0].clone();
        assert_eq!(judged(), json!({"question": "points", "value": null, "seen_at": null, "checked": false, "met": false}));
        let note = |who: &User, body: Value| who.post(&format!("{mine}/evidence"), body);
        note(&amal, json!({"question": "points", "value": 100})).is(201);
        assert_eq!((&judged()["value"], &judged()["checked"], &judged()["met"]), (&json!(100), &json!(false), &json!(true)));
        note(&amal, json!({"question": "points", "value": 1, "seen_at": in_days(-3)})).field("/seen_at", "read_only");
        note(&amal, json!({"question": "why", "value": 1})).field("/question", "not_found");
        note(&basil, json!({"question": "points", "value": 1})).problem(404, "not_found");
        // What the staff saw counts before what is said.
        note(&fac.facilitator, json!({"question": "points", "value": 90, "seen_at": in_days(-3)})).is(201);
        assert_eq!((&judged()["value"], &judged()["checked"], &judged()["met"]), (&json!(90), &json!(true), &json!(false)));
        note(&fac.facilitator, json!({"question": "points", "value": 90, "seen_at": in_days(1)})).field("/seen_at", "invalid");
        note(&fac.facilitator, json!({"question": "points", "value": 130, "seen_at": in_days(-1)})).is(201);
        assert_eq!(judged()["value"], 130);
        // By then it is closed, and what came later counts for nothing.
        open(&fac, intake(window(-10, -2)));
        assert_eq!((&judged()["value"], &judged()["met"]), (&json!(90), &json!(false)));
        note(&amal, json!({"question": "points", "value": 500})).is(201);
        assert_eq!(judged()["value"], 90);
        assert_eq!(amal.get(&mine).is(200).json["evidence"][0], judged());
    }
}

#[test]
fn where_mail_is_sent_an_address_is_proved_before_one_applies() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into())
        });
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = draft(&fac, &amal);
        submit(&amal, &mine).problem(409, "conflict");
        world.prove_address(&amal);
        submit(&amal, &mine).is(200);
    }
}
