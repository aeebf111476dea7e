use serde_json::{Value, json};

use crate::{campuses::second_factor::with_second_factor, harness::World, on_every_database};

const PASSWORD: &str = "weaver lamp orbit";
const OTHER: &str = "copper fern violin";

/// A caller who is logged in to a new account.
fn log_in(world: &World, email: &str, password: &str) -> crate::harness::Client {
    let body = json!({"email": email, "password": password});
    let tokens = world.nobody().post("/v1/auth/login", body).is(200).json;
    world.nobody().with(
        "Authorization",
        &format!("Bearer {}", tokens["access_token"].as_str().unwrap()),
    )
}

fn open_account(world: &World, email: &str) -> String {
    let body = json!({"email": email, "name": "Amal", "password": PASSWORD});
    let opened = world.nobody().post("/v1/people", body).is(201).json;
    assert_eq!(opened["verified"], false);
    opened["id"].as_str().unwrap().to_owned()
}

on_every_database! {
    fn a_change_takes_the_old_one_and_ends_other_sessions(world: World) {
        open_account(&world, "amal@example.org");
        let [here, elsewhere] = [(); 2].map(|()| log_in(&world, "amal@example.org", PASSWORD));
        let body = |current: &str, new: &str| json!({"current_password": current, "new_password": new});
        here.put("/v1/me/password", body(OTHER, PASSWORD)).field("/current_password", "wrong");
        here.put("/v1/me/password", body(PASSWORD, "short")).field("/new_password", "invalid");
        elsewhere.get("/v1/me").is(200);
        let made = elsewhere.post("/v1/me/calendar-feeds", json!({"of": "me"})).is(201);
        let calendar = made.json["url"].as_str().unwrap();
        let calendar = calendar[calendar.find("/calendars/").unwrap()..].to_owned();
        world.nobody().get(&calendar).is(200);
        here.put("/v1/me/password", body(PASSWORD, OTHER)).is(204);
        world.nobody().get(&calendar).problem(404, "not_found");
        assert!(here.get("/v1/me/calendar-feeds").is(200).data().is_empty());
        here.get("/v1/me").is(200);
        elsewhere.get("/v1/me").problem(401, "invalid_token");
        log_in(&world, "amal@example.org", OTHER);
    }

    fn without_mail_an_address_is_changed_at_once(world: World) {
        open_account(&world, "amal@example.org");
        open_account(&world, "basma@example.org");
        let amal = log_in(&world, "amal@example.org", PASSWORD);
        let body = |email: &str| json!({"email": email, "password": PASSWORD});
        amal.post("/v1/me/email-changes", body("basma@example.org")).problem(409, "email_taken");
        amal.post("/v1/me/email-changes", body("amal@example.org")).field("/email", "invalid");
        amal.post("/v1/me/email-changes", body("haddad@example.org")).is(200);
        let me = amal.get("/v1/me").is(200).json;
        assert_eq!((&me["email"], &me["verified"]), (&json!("haddad@example.org"), &json!(false)));
    }

    fn an_organiser_lets_a_member_back_in(world: World) {
        let fac = world.fac(2, 0);
        let id = open_account(&world, "amal@example.org");
        let path = format!("/v1/campuses/{}/members/{id}/password-resets", fac.campus);
        fac.organiser.post(&path, Value::Null).problem(404, "not_found");
        let amal = log_in(&world, "amal@example.org", PASSWORD);
        amal.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        fac.facilitator.post(&path, Value::Null).problem(403, "forbidden");
        let [first, second] = [(); 2].map(|()| fac.organiser.post(&path, Value::Null).is(201).json);
        let redeem = |granted: &Value| {
            let body = json!({"code": granted["code"], "password": OTHER});
            world.nobody().post("/v1/auth/password-resets/redemptions", body)
        };
        redeem(&first).field("/code", "not_found");
        redeem(&second).is(204);
        let amal = log_in(&world, "amal@example.org", OTHER);
        // Who was handed a code has proved nothing.
        assert_eq!(amal.get("/v1/me").is(200).json["verified"], false);
        // Of somebody who is more than a member, the organiser would get all of that, also by a code from before.
        let before = fac.organiser.post(&path, Value::Null).is(201).json;
        let elsewhere = world.campus_with_cohort("elsewhere", 1, 0);
        amal.put(&format!("/v1/campuses/{}/members/me", elsewhere.campus), Value::Null).is(204);
        fac.organiser.post(&path, Value::Null).problem(409, "reset_not_allowed");
        redeem(&before).field("/code", "not_found");
    }

    fn no_organiser_gets_into_the_account_of_a_pastoral_carer(world: World) {
        let fac = world.fac(1, 1);
        let carer = world.person("Carer");
        let campus = format!("/v1/campuses/{}", fac.campus);
        carer.put(&format!("{campus}/members/me"), Value::Null).is(204);
        let member = format!("{campus}/members/{}", carer.id);
        let care = format!("{campus}/pastoral-carers/{}", carer.id);
        let resets = format!("{member}/password-resets");
        let before = fac.organiser.post(&resets, Value::Null).is(201).json;
        with_second_factor(&world, &carer);
        let refused = || {
            fac.organiser.post(&resets, Value::Null).problem(409, "reset_not_allowed");
            fac.organiser.delete(&format!("{member}/second-factor")).problem(409, "conflict");
        };
        fac.organiser.put(&care, Value::Null).is(204);
        refused();
        // Nor by a code from before they were named.
        let body = json!({"code": before["code"], "password": OTHER});
        world.nobody().post("/v1/auth/password-resets/redemptions", body).field("/code", "not_found");
        // Nor between dismissing them and naming them again, as long as there is something that only they would read.
        let student = &fac.students[0].id;
        let notes = format!("/v1/cohorts/{}/students/{student}/pastoral-notes", fac.cohort);
        let note = carer.post(&notes, json!({"text": "Sleeps badly since the move."})).is(201);
        fac.organiser.delete(&care).is(204);
        refused();
        fac.organiser.put(&care, Value::Null).is(204);
        carer.delete(&format!("/v1/pastoral-notes/{}", note.id())).is(204);
        fac.organiser.delete(&care).is(204);
        fac.organiser.post(&resets, Value::Null).is(201);
        fac.organiser.delete(&format!("{member}/second-factor")).is(204);
    }

    fn no_log_in_with_the_old_password_outlives_a_change(world: World) {
        open_account(&world, "amal@example.org");
        let here = log_in(&world, "amal@example.org", PASSWORD);
        let body = json!({"email": "amal@example.org", "password": PASSWORD});
        let begun: Vec<Value> = std::thread::scope(|scope| {
            let many: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| -> Vec<Value> {
                        let tries = (0..4).map(|_| world.nobody().post("/v1/auth/login", body.clone()));
                        tries.filter(|answer| answer.status == 200).map(|answer| answer.json).collect()
                    })
                })
                .collect();
            let change = json!({"current_password": PASSWORD, "new_password": OTHER});
            here.put("/v1/me/password", change).is(204);
            many.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        for tokens in begun {
            let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
            world.nobody().with("Authorization", &bearer).get("/v1/me").problem(401, "invalid_token");
        }
    }
}
