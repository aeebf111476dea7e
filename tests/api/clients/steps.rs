//! The way from an application to a product.

use std::thread;

use serde_json::{Value, json};

use super::{ACCEPT, apply, apply_as, at_campus, code, go, new_client, open, send_reminders, step, terms};
use crate::{
    campuses::second_factor::with_second_factor,
    harness::{Backend, User, World},
    on_every_database,
};

/// The words of the letters to somebody, the newest last.
pub fn letters(world: &World, user: &User) -> Vec<String> {
    let mail = world.mail();
    let theirs = mail.into_iter().filter(|letter| letter.recipient == user.email);
    theirs.map(|letter| letter.body).collect()
}

on_every_database! {
    fn anybody_applies_for_an_organisation_while_the_campus_takes_them(world: World) {
        let fac = world.fac(1, 0);
        let olive = world.person("Olive");
        let closed = world.nobody().get(&terms(&fac)).is(200);
        assert_eq!((&closed.json["open"], &closed.json["version"]), (&json!(false), &json!(0)));
        world.nobody().get(&format!("/v1/campuses/{}/client-terms", fac.cohort)).problem(404, "not_found");
        // What is read first is changed by its version.
        let stale = fac.organiser.with("If-Match", "\"1\"").put(&terms(&fac), json!({"open": true, "answer_days": 7}));
        stale.problem(412, "precondition_failed");
        fac.organiser.with("If-Match", closed.header("etag")).put(&terms(&fac), json!({"open": false, "answer_days": 7})).is(200);
        olive.post(&at_campus(&fac), new_client("Food Bank")).problem(409, "applications_closed");
        fac.organiser.put(&terms(&fac), json!({"open": true, "answer_days": 0})).field("/answer_days", "invalid");
        olive.put(&terms(&fac), json!({"open": true, "answer_days": 7})).problem(403, "forbidden");
        open(&fac);
        let said = world.nobody().get(&terms(&fac)).is(200);
        assert_eq!((&said.json["open"], &said.json["answer_days"], &said.json["version"]), (&json!(true), &json!(7), &json!(2)));
        open(&fac);
        assert_eq!(world.nobody().get(&terms(&fac)).is(200).json["version"], 2);
        world.nobody().post(&at_campus(&fac), new_client("Food Bank")).problem(401, "authentication_required");
        olive.post(&at_campus(&fac), json!({"name": "Food Bank"})).field("/about", "required");
        let made = olive.post(&at_campus(&fac), new_client("Food Bank")).is(201);
        let seen = olive.get(made.header("location")).is(200).json;
        assert_eq!((&seen["status"], &seen["owners"][0]["id"], &seen["steps"][0]["status"]), (&json!("applied"), &json!(olive.id), &json!("applied")));
        assert_eq!(seen["steps"][0]["taken_by"], "owner");
        let again = olive.post(&at_campus(&fac), new_client("Another")).problem(409, "already_applied");
        assert_eq!(again.json["client_id"], json!(made.id()));
        // For a second product they apply again once the first has ended.
        step(&olive, made.header("location"), "withdrawn").is(200);
        olive.post(&at_campus(&fac), new_client("Another")).is(201);
        fac.organiser.put(&terms(&fac), json!({"open": false, "answer_days": 7})).is(200);
        world.person("Pia").post(&at_campus(&fac), new_client("Late")).problem(409, "applications_closed");
        let own = olive.get("/v1/me/clients").is(200);
        let names: Vec<&Value> = own.data().iter().map(|one| &one["name"]).collect();
        assert_eq!(names, ["Another", "Food Bank"]);
        let listed = fac.facilitator.get(&format!("{}?status=applied", at_campus(&fac))).is(200);
        assert_eq!((listed.data().len(), &listed.data()[0]["name"]), (1, &json!("Another")));
    }

    fn owners_see_their_own_and_nothing_else(world: World) {
        let fac = world.fac(1, 2);
        open(&fac);
        let (olive, pia) = (world.person("Olive"), world.person("Pia"));
        let (own, other) = (apply(&fac, &olive), apply_as(&fac, &pia, "Library"));
        olive.get(&own).is(200);
        for stranger in [&olive, &fac.students[0]] {
            stranger.get(&other).problem(404, "not_found");
            stranger.patch(&other, json!({"name": "Ours"})).problem(404, "not_found");
            step(stranger, &other, "withdrawn").problem(404, "not_found");
            stranger.get(&at_campus(&fac)).problem(403, "forbidden");
        }
        olive.get(&format!("/v1/campuses/{}/members", fac.campus)).problem(403, "forbidden");
        olive.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).problem(404, "not_found");
        assert_eq!(fac.organiser.get(&other).is(200).json["version"], 1);
    }

    fn each_step_is_taken_in_turn_by_whoever_takes_it(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        step(&olive, &client, "acknowledged").problem(403, "forbidden");
        let early = step(&fac.facilitator, &client, "project").problem(409, "invalid_transition");
        assert_eq!(early.json["detail"], "The client is `applied`. Your next step can be `acknowledged`, `invited` or `withdrawn`.");
        assert_eq!(early.json["next"], json!(["acknowledged", "invited", "withdrawn"]));
        // Owners are told of their own.
        let early = step(&olive, &client, "project").problem(409, "invalid_transition");
        assert_eq!(early.json["next"], json!(["withdrawn"]));
        assert_eq!(olive.get(&client).is(200).json["waits_for"], "staff");
        go(&fac, &client, &["acknowledged", "invited"]);
        step(&olive, &client, "workshop_booked").is(200);
        let incomplete = json!({"status": "agreement_sent"});
        fac.facilitator.put(&format!("{client}/status"), incomplete).field("/url", "required");
        go(&fac, &client, &["agreement_sent"]);
        let sent = letters(&world, &olive);
        assert!(sent.last().unwrap().contains("https://example.org/agreement"), "{sent:?}");
        let signed = step(&olive, &client, "agreement_signed").is(200).json["version"].clone();
        // What is sent twice happened once.
        assert_eq!(step(&olive, &client, "agreement_signed").is(200).json["version"], signed);
        // A workshop is given up by either side until it has been attended.
        for way in [vec!["invited", "workshop_booked"], vec!["invited"]] {
            way.iter().for_each(|status| drop(step(&olive, &client, status).is(200)));
            assert_eq!(olive.get(&client).is(200).json["waits_for"], if way.len() == 1 { "owner" } else { "staff" });
            if way.len() == 2 {
                go(&fac, &client, &["agreement_sent"]);
            }
        }
        let given_up = letters(&world, &olive);
        assert!(given_up.last().unwrap().contains("Please book another workshop."), "{given_up:?}");
        step(&olive, &client, "workshop_booked").is(200);
        go(&fac, &client, &["agreement_sent"]);
        step(&olive, &client, "agreement_signed").is(200);
        go(&fac, &client, &["attended", "research_asked"]);
        olive.put(&format!("{client}/status"), json!({"status": "research_received"})).field("/url", "required");
        step(&olive, &client, "research_received").is(200);
        go(&fac, &client, &["project", "completed"]);
        step(&fac.facilitator, &client, "exit_feedback").problem(403, "forbidden");
        olive.put(&format!("{client}/status"), json!({"status": "exit_feedback"})).field("/note", "required");
        let over = step(&olive, &client, "exit_feedback").is(200).json;
        let way: Vec<&str> = over["steps"].as_array().unwrap().iter().map(|step| step["status"].as_str().unwrap()).collect();
        assert_eq!(way, [
            "applied", "acknowledged", "invited", "workshop_booked", "agreement_sent", "agreement_signed",
            "invited", "workshop_booked", "agreement_sent", "invited", "workshop_booked", "agreement_sent", "agreement_signed",
            "attended", "research_asked", "research_received", "project", "completed", "exit_feedback",
        ]);
        let by: Vec<&str> = over["steps"].as_array().unwrap().iter().map(|step| step["taken_by"].as_str().unwrap()).collect();
        assert_eq!(by, [
            "owner", "staff", "staff", "owner", "staff", "owner", "owner", "owner", "staff", "owner", "owner", "staff", "owner",
            "staff", "staff", "owner", "staff", "staff", "owner",
        ]);
        step(&olive, &client, "withdrawn").problem(409, "invalid_transition");
    }

    fn a_step_says_one_thing_however_often_it_is_sent(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        go(&fac, &client, &[
            "invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received",
            "project", "completed",
        ]);
        let feedback = |who: &User, note: &str| {
            who.put(&format!("{client}/status"), json!({"status": "exit_feedback", "note": note}))
        };
        let first = feedback(&olive, "It was good.").is(200).json;
        // A second voice is not lost without a word.
        feedback(&pia, "It was not.").problem(409, "conflict");
        let link = json!({"status": "exit_feedback", "url": "https://example.org/feedback"});
        pia.put(&format!("{client}/status"), link).problem(409, "conflict");
        feedback(&olive, "It was good.").is(200);
        pia.put(&format!("{client}/status"), json!({"status": "exit_feedback"})).is(200);
        let now = pia.get(&client).is(200).json;
        assert_eq!((&now["version"], &now["steps"]), (&first["version"], &first["steps"]));
    }

    fn staff_who_are_owners_as_well_are_told_that_they_lack_the_second_factor(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let client = apply(&fac, &fac.facilitator);
        let olive = world.person("Olive");
        let other = apply_as(&fac, &olive, "Library");
        with_second_factor(&world, &fac.organiser);
        let required = json!({"require_second_factor": true});
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), required).is(200);
        step(&fac.facilitator, &client, "acknowledged").problem(403, "second_factor_required");
        fac.facilitator.delete(&format!("{client}/owners/{}", olive.id)).problem(403, "second_factor_required");
        step(&olive, &other, "acknowledged").problem(403, "forbidden");
        // What is an owner's to do takes none.
        step(&fac.facilitator, &client, "withdrawn").is(200);
    }

    fn of_many_who_withdraw_and_go_on_at_once_one_is_first(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        go(&fac, &client, &["invited"]);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| step(&olive, &client, "withdrawn").is(200));
                scope.spawn(|| {
                    let status = step(&fac.facilitator, &client, "workshop_booked").status;
                    assert!([200, 409].contains(&status), "{status}");
                });
            }
        });
        let seen = olive.get(&client).is(200).json;
        let steps = seen["steps"].as_array().unwrap();
        let taken = |status: &str| steps.iter().filter(|step| step["status"] == status).count();
        assert_eq!((seen["status"].as_str().unwrap(), taken("withdrawn")), ("withdrawn", 1), "{seen}");
        assert!(taken("workshop_booked") <= 1);
        // Nor does anybody apply twice by asking at once.
        let made: usize = thread::scope(|scope| {
            let ask = || match olive.post(&at_campus(&fac), new_client("Another")).status {
                201 => 1,
                status => {
                    assert_eq!(status, 409);
                    0
                }
            };
            let asked: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!((made, olive.get("/v1/me/clients").is(200).data().len()), (1, 2));
    }

    fn nobody_fills_a_campus_by_applying_and_withdrawing(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        for _ in 0..5 {
            let client = apply(&fac, &olive);
            step(&olive, &client, "withdrawn").is(200);
            // Nor is it forgotten with whoever leaves.
            olive.delete(&format!("{client}/owners/{}", olive.id)).is(204);
        }
        let refused = olive.post(&at_campus(&fac), new_client("One more")).problem(429, "too_many_requests");
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        apply(&fac, &world.person("Pia"));
    }

    fn a_closed_campus_is_read_by_owners_and_changed_by_nobody(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        go(&fac, &client, &["invited"]);
        world.set_status(&fac, "graduated");
        fac.organiser.put(&format!("/v1/campuses/{}/closing", fac.campus), Value::Null).is(200);
        assert_eq!(olive.get(&client).is(200).json["status"], "invited");
        step(&olive, &client, "workshop_booked").problem(403, "campus_closed");
        olive.patch(&client, json!({"name": "Ours"})).problem(403, "campus_closed");
        olive.post(&format!("{client}/owner-invitations"), json!({"email": "new@example.org"})).problem(403, "campus_closed");
        world.person("Pia").post(&at_campus(&fac), new_client("Late")).problem(403, "campus_closed");
        assert!(!send_reminders(&world, 30), "nobody is reminded of what cannot be done");
        assert_eq!(olive.get(&client).is(200).json["version"], 2);
    }

    fn a_stale_version_changes_nothing(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        let seen = olive.get(&client).is(200);
        fac.facilitator.patch(&client, json!({"url": null})).is(200);
        olive.with("If-Match", seen.header("etag")).patch(&client, json!({"name": "Ours"})).problem(412, "precondition_failed");
        let acknowledged = json!({"status": "acknowledged"});
        let late = fac.facilitator.with("If-Match", seen.header("etag")).put(&format!("{client}/status"), acknowledged);
        late.problem(412, "precondition_failed");
        olive.patch(&client, json!({"status": "project"})).field("/status", "unknown");
        let now = olive.get(&client).is(200).json;
        assert_eq!((&now["name"], &now["url"], &now["version"]), (&json!("Riverside Food Bank"), &Value::Null, &json!(2)));
        assert_eq!(now["status"], "applied");
    }
}

#[test]
fn where_mail_is_sent_an_address_is_proved_before_one_applies() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into())
        });
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        olive
            .post(&at_campus(&fac), new_client("Food Bank"))
            .problem(409, "conflict");
        world.prove_address(&olive);
        apply(&fac, &olive);
    }
}
