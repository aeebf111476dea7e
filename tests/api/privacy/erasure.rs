use std::collections::BTreeSet;

use diesel::prelude::*;
use peerled::{db::schema::people, primitives::Id, students::model::EnrolmentStatus};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{PASSWORD, export::person_of_many_parts, set_password};
use crate::{
    harness::{Answer, User, World},
    jobs, on_every_database,
};

fn erase(user: &User, password: &str) -> Answer {
    user.json(Method::DELETE, "/v1/me", json!({ "password": password }))
}

/// An erased person as others see them.
fn nobody_in_particular(id: &str) -> Value {
    json!({"id": id, "name": "Former member", "github": null, "claimed": true})
}

on_every_database! {
    fn nothing_tells_who_it_was_and_what_they_were_part_of_stays(world: World) {
        let (fac, amal) = person_of_many_parts(&world);
        set_password(&world, &amal);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        // Others' requests and work that name them.
        let rule = json!({"kind": "together", "people": [amal.id, fac.students[1].id], "from_week": 4});
        fac.facilitator.with("Idempotency-Key", "rule").post(&format!("{cohort}/pair-rules"), rule).is(201);
        let mut impossible = jobs::easy(3);
        impossible["locks"] = json!([{"week": 3, "people": [amal.id, fac.students[0].id]}]);
        let job = jobs::ask(&fac, impossible).is(202).id();
        let failed = jobs::ended(&fac.facilitator, &job, "failed");
        assert!(failed.text.contains("Amal Hadi Haddad"), "{}", failed.text);
        let teams = || fac.students[0].get(&format!("{cohort}/weeks/1/teams")).is(200).json["data"].clone();
        let before = teams();
        let own = before.as_array().unwrap().iter().find(|team| team.to_string().contains(&amal.id)).unwrap().clone();
        let reason = json!({"members": [{"person_id": amal.id, "role": "qa"}], "reason": "Amal Hadi Haddad asked"});
        fac.facilitator.patch(&format!("/v1/teams/{}", own["id"].as_str().unwrap()), reason).is(200);
        let before = teams().to_string();
        let history = || {
            let tables = ["team_members: ", "plan_version_seats: ", "enrolments: ", "absences: ", "attendances: ", "day_absences: ", "team_repairs: "];
            tables.map(|table| world.everything().iter().filter(|row| row.starts_with(table)).count())
        };
        let seats = history();
        // Whoever has left is not in it, but how often the others have met stays.
        let encounters = || -> Vec<Value> {
            let mut met = fac.facilitator.get(&format!("{cohort}/encounters")).is(200).data().to_vec();
            met.retain(|pair| !pair.to_string().contains(&amal.id));
            met
        };
        let met = encounters();

        let words = ["Amal Hadi Haddad", "Amal the Elder", "amal.hadi.haddad", "amal-haddad", "subject-of-amal", "nonbinary-person", "wedding"];
        let tells = |row: &String| words.iter().any(|word| row.contains(word));
        let told: Vec<String> = world.everything().into_iter().filter(tells).collect();
        let tables: BTreeSet<&str> = told.iter().map(|row| row.split(':').next().unwrap()).collect();
        let expected = [
            "absences", "actions", "application_scores", "brief_interests", "career_profiles", "client_availabilities", "client_briefs", "client_links", "client_steps", "clients", "day_absences", "discoveries", "due_extensions", "employer_roles", "employers", "enrolments", "idempotency_keys", "introductions", "invitations", "jobs",
            "mail_messages", "mailed_codes", "manuals", "passkeys", "peer_feedback", "people", "product_owner_invitations", "progress_logs", "project_hints", "referral_fees", "retro_items",
            "review_issues", "scheduled_events", "sign_on_attempts", "sign_ons", "staff_invitations", "submissions", "team_repairs",
            "timetable_sessions",
        ];
        assert_eq!(tables.into_iter().collect::<Vec<_>>(), expected, "{told:#?}");

        // The only organiser of a campus makes somebody else one first.
        let refused = erase(&amal, PASSWORD).problem(409, "last_organiser");
        assert!(refused.json["detail"].as_str().unwrap().contains("organises away"), "{}", refused.text);
        assert_eq!(world.everything().iter().filter(|row| tells(row)).count(), told.len());
        let roles = amal.roles();
        let away = roles.iter().find(|role| role["role"] == "organiser").unwrap()["campus_id"].as_str().unwrap().to_owned();
        let staff = amal.get(&format!("/v1/campuses/{away}/staff")).is(200);
        let other = staff.data().iter().find(|one| one["role"] == "facilitator").unwrap()["person"]["id"].clone();
        amal.put(&format!("/v1/campuses/{away}/staff/{}", other.as_str().unwrap()), json!({"role": "organiser"})).is(204);

        let erased = erase(&amal, PASSWORD).is(202);
        assert!(erased.json["completed_by"].is_string());
        assert_eq!(erased.header("cache-control"), "no-store");
        world.mail();
        let told: Vec<String> = world.everything().into_iter().filter(tells).collect();
        assert_eq!(told, Vec::<String>::new());
        assert!(!world.everything().iter().any(|row| row.starts_with("consents: ")));
        amal.get("/v1/me").problem(401, "invalid_token");

        let named = before.replace("Amal Hadi Haddad", "Former member").replace("\"amal-haddad\"", "null");
        let (now, named): (Value, Value) = (teams(), serde_json::from_str(&named).unwrap());
        let members = |teams: &Value| -> BTreeSet<String> {
            let teams = teams.as_array().unwrap().iter();
            teams.flat_map(|team| team["members"].as_array().unwrap()).map(Value::to_string).collect()
        };
        assert_eq!(members(&now), members(&named));
        assert_eq!(history(), seats);
        let written = fac.facilitator.get(&format!("{cohort}/discoveries?q=former%20member")).is(200);
        assert_eq!((written.data().len(), &written.data()[0]["shared_by"]), (1, &nobody_in_particular(&amal.id)));
        assert_eq!((&written.data()[0]["title"], &written.data()[0]["useful"]), (&json!("By Former member"), &json!(1)));
        assert_eq!(encounters(), met);
        let place = fac.facilitator.get(&format!("{cohort}/enrolments/{}", amal.id)).is(200).json;
        assert_eq!((&place["person"], &place["status"]), (&nobody_in_particular(&amal.id), &json!("withdrawn")));
        assert!(place["left_on"].is_string() && place["attributes"] == json!({}) && place["experience"].is_null(), "{place}");
        let trail = fac.organiser.get(&format!("/v1/campuses/{}/audit-entries?actor={}", fac.campus, amal.id)).is(200);
        assert_eq!(trail.data()[0]["person"], nobody_in_particular(&amal.id));
    }

    fn only_whoever_knows_the_password_is_erased(world: World) {
        let amal = world.person("Amal");
        set_password(&world, &amal);
        erase(&amal, "not the password").field("/password", "wrong");
        amal.json(Method::DELETE, "/v1/me", json!({})).field("/password", "required");
        world.nobody().json(Method::DELETE, "/v1/me", json!({"password": PASSWORD})).problem(401, "authentication_required");
        amal.get("/v1/me").is(200);
        let log_in = json!({"email": amal.email, "password": PASSWORD});
        let second = world.nobody().post("/v1/auth/login", log_in.clone()).is(200).json;
        erase(&amal, PASSWORD).is(202);
        world.nobody().post("/v1/auth/login", log_in).problem(401, "invalid_credentials");
        let token = json!({"refresh_token": second["refresh_token"]});
        world.nobody().post("/v1/auth/refresh", token).problem(401, "invalid_refresh_token");
        // The address is free for another account, which has nothing of the one that was.
        let again = json!({"email": amal.email, "name": "Amal", "password": PASSWORD});
        let opened = world.nobody().post("/v1/people", again).is(201);
        assert_ne!(opened.id(), amal.id);
    }

    fn a_campus_that_nobody_else_has_joined_closes(world: World) {
        let amal = world.person("Amal");
        set_password(&world, &amal);
        let campus = amal.post("/v1/campuses", crate::campuses::gaza()).is(201);
        let path = campus.header("location").to_owned();
        let programme = world.nobody().get("/v1/programmes?library=true").is(200).data()[0]["id"].clone();
        let cohort = json!({"slug": "first", "name": "First", "programme_id": programme, "starts_on": "2099-01-04"});
        let cohort = amal.post(&format!("{path}/cohorts"), cohort).is(201).header("location").to_owned();
        // Whoever asks to join is somebody else.
        let basma = world.person("Basma");
        amal.patch(&path, json!({"approves_members": true})).is(200);
        basma.put(&format!("{path}/members/me"), Value::Null).is(202);
        erase(&amal, PASSWORD).problem(409, "last_organiser");
        basma.delete(&format!("{path}/members/me")).is(204);
        // Nor is a cohort left to itself.
        let going_on = erase(&amal, PASSWORD).problem(409, "conflict");
        assert!(going_on.json["detail"].as_str().unwrap().contains("first"), "{}", going_on.text);
        assert_eq!(world.nobody().get(&path).is(200).json["closed_at"], Value::Null);
        amal.patch(&cohort, json!({"status": "cancelled"})).is(200);
        erase(&amal, PASSWORD).is(202);
        let closed = world.nobody().get(&path).is(200);
        assert!(closed.json["closed_at"].is_string(), "{}", closed.text);
        basma.put(&format!("{path}/members/me"), Value::Null).problem(403, "campus_closed");
        // Nobody is told who is not there.
        assert!(world.mail().iter().all(|letter| letter.recipient != amal.email));
    }

    fn places_to_come_go_to_the_next_in_line_and_what_was_done_stays(world: World) {
        let fac = world.coming_fac(3, 1);
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let make = |week: i32| {
            let slot = json!({"week": week, "kind": "week", "min": 0, "capacity": 1});
            format!("/v1/mentor-slots/{}/sign-ups", fac.facilitator.post(&slots, slot).is(201).id())
        };
        let (done, to_come) = (make(1), make(2));
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        amal.post(&done, Value::Null).is(201);
        for mentor in [&amal, &basma] {
            mentor.post(&to_come, Value::Null).is(201);
        }
        world.begin_week(&fac, 1, -6);
        fac.facilitator.patch(&format!("{done}/{}", amal.id), json!({"status": "attended"})).is(200);
        set_password(&world, &amal);
        erase(&amal, PASSWORD).is(202);
        let sign_ups = |path: &str| {
            let list = fac.facilitator.get(path).is(200);
            let one = |one: &Value| (one["person"]["name"].as_str().unwrap().to_owned(), one["status"].as_str().unwrap().to_owned());
            list.data().iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(sign_ups(&done), [("Former member".into(), "attended".into())]);
        assert_eq!(sign_ups(&to_come), [("Basma".into(), "confirmed".into())]);
        let mail = world.mail();
        assert!(mail.iter().any(|letter| letter.recipient == basma.email && letter.subject.starts_with("You have a place")));
    }

    fn whoever_is_erased_is_no_place_to_claim_and_studies_nowhere_again(world: World) {
        let fac = world.fac(2, 2);
        let amal = &fac.students[0];
        set_password(&world, amal);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&cohort, json!({"status": "graduated"})).is(200);
        erase(amal, PASSWORD).is(202);
        let place = format!("{cohort}/enrolments/{}", amal.id);
        assert_eq!(fac.facilitator.get(&place).is(200).json["status"], "graduated");
        fac.organiser.patch(&cohort, json!({"status": "running"})).is(200);
        assert_eq!(fac.facilitator.get(&place).is(200).json["status"], "graduated");
        let other = format!("{cohort}/enrolments/{}", fac.students[1].id);
        assert_eq!(fac.facilitator.get(&other).is(200).json["status"], "enrolled");
        fac.facilitator.post(&format!("{place}/claim-links"), Value::Null).problem(409, "conflict");
        fac.facilitator.patch(&place, json!({"name": "Amal again"})).problem(409, "conflict");
        // The table is read again without finding anything new.
        let table = fac.facilitator.get(&format!("{cohort}/enrolments/export")).is(200);
        assert!(table.text.contains("Former member"), "{}", table.text);
        let path = format!("{cohort}/enrolments/import");
        let again = fac.facilitator.send(Method::POST, &path, Some("text/csv"), table.bytes.clone()).is(200);
        assert_eq!(again.json["summary"]["already_enrolled"], json!(2), "{}", again.text);
    }

    fn an_address_that_nobody_proved_keeps_what_waits_there(world: World) {
        let fac = world.fac(1, 0);
        let squatter = world.person("Amal");
        let guest = json!({"email": squatter.email, "name": "Amal"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), guest).is(202);
        let waiting = world.mail().len();
        set_password(&world, &squatter);
        erase(&squatter, PASSWORD).is(202);
        assert_eq!(world.mail().len(), waiting);
        let kept = fac.facilitator.get(&format!("/v1/cohorts/{}/invitations", fac.cohort)).is(200);
        assert_eq!(kept.data().len(), 1);
    }

    fn an_account_that_is_disabled_stays_banned_when_it_is_erased(world: World) {
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.person(name));
        let id = Id::parse(&amal.id).unwrap();
        world.db(move |conn| {
            let now = peerled::primitives::Instant::now();
            diesel::update(people::table.find(id)).set(people::disabled_at.eq(now)).execute(conn)?;
            peerled::privacy::erase(conn, id, now)
        });
        amal.get("/v1/me").problem(401, "invalid_token");
        let open = |email: &str| {
            let body = json!({"email": email, "name": "Somebody", "password": PASSWORD});
            world.nobody().post("/v1/people", body)
        };
        open(&amal.email).problem(403, "address_banned");
        open(&amal.email.to_uppercase()).problem(403, "address_banned");
        assert!(!world.everything().iter().any(|row| row.contains(&amal.email)));
        set_password(&world, &basma);
        erase(&basma, PASSWORD).is(202);
        open(&basma.email).is(201);
    }

    fn a_student_of_a_cohort_that_was_called_off_is_withdrawn_too(world: World) {
        let fac = world.fac(2, 1);
        world.set_status(&fac, "cancelled");
        set_password(&world, &fac.students[0]);
        erase(&fac.students[0], PASSWORD).is(202);
        let place = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, fac.students[0].id);
        assert_eq!(fac.facilitator.get(&place).is(200).json["status"], EnrolmentStatus::Withdrawn.as_str());
    }
}
