//! Who sees what of a graduate, and what comes of an introduction.

use std::thread;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{db::schema::introductions, primitives::Instant};
use serde_json::{Value, json};

use super::{
    agree, ask, consent, contact, employer, employer_named, go, id_of, in_days, notices, public_role, publish, role,
    set_status, step, withdraw,
};
use crate::{
    changes::Follower,
    harness::{Answer, Fac, User, World, on_both},
    on_every_database,
};

/// A campus with an employer whose contact Vera is, and an introduction for its role that Amal was asked for.
struct Case {
    fac: Fac,
    vera: User,
    amal: User,
    role: String,
    introduction: String,
}

impl Case {
    fn new(world: &World) -> Self {
        let fac = world.fac(1, 1);
        let own = employer(&fac);
        let vera = contact(world, &fac, &own, "Vera");
        let amal = world.alumnus(&fac, "Amal Hadi Haddad");
        let role = public_role(&fac, &own);
        let introduction = ask(&fac, &role, &amal.id);
        Self {
            fac,
            vera,
            amal,
            role,
            introduction,
        }
    }

    fn profile(&self, who: &User) -> Answer {
        who.get(&format!("{}/profile", self.introduction))
    }

    fn listed(&self, who: &User) -> Vec<Value> {
        who.get(&format!("{}/introductions", self.role)).is(200).data().clone()
    }

    fn status(&self, who: &User) -> Value {
        who.get(&self.introduction).is(200).json["status"].clone()
    }

    /// All that the employer can read of it, in one text.
    fn read_by_employer(&self) -> String {
        let vera = &self.vera;
        let paths = [
            self.introduction.clone(),
            format!("{}/introductions", self.role),
            format!("{}/profile", self.introduction),
            self.role.clone(),
            "/v1/me/notifications".into(),
            "/v1/me/employers".into(),
            "/v1/me/export".into(),
        ];
        paths.iter().map(|path| vera.get(path).text).collect()
    }

    fn names_graduate(&self, text: &str) -> bool {
        [&self.amal.name, &self.amal.email, &self.amal.id, "Cook"]
            .iter()
            .any(|word| text.contains(*word))
    }

    /// Lets the consent have run out.
    fn run_out(&self, world: &World) {
        let (id, then) = (id_of(&self.introduction), Instant::now().plus(TimeDelta::seconds(-1)));
        world.db(move |conn| {
            diesel::update(introductions::table.find(id))
                .set(introductions::consent_until.eq(then))
                .execute(conn)?;
            Ok(())
        });
    }
}

on_every_database! {
    fn a_graduate_is_asked_and_owes_nobody_an_answer(world: World) {
        let case = Case::new(&world);
        let mut follower = Follower::begin(&world, &case.vera);
        let own = case.amal.get("/v1/me/introductions").is(200);
        let first = &own.data()[0];
        assert_eq!((&first["status"], &first["message"], &first["role"]["title"]), (&json!("asked"), &json!("They like maps."), &json!("Junior developer")));
        let told = notices(&world, &case.amal);
        assert!(told[0].contains("would like to introduce you to an employer"), "{told:?}");
        // The employer knows of nothing, whether somebody was asked or has declined.
        let is_unknown = || {
            case.vera.get(&case.introduction).problem(404, "not_found");
            case.profile(&case.vera).problem(404, "not_found");
            step(&case.vera, &case.introduction, "interview").problem(404, "not_found");
            assert!(case.listed(&case.vera).is_empty());
            assert!(!case.names_graduate(&case.read_by_employer()));
        };
        is_unknown();
        withdraw(&case.amal, &case.introduction).is(204);
        withdraw(&case.amal, &case.introduction).is(204);
        is_unknown();
        assert!(follower.kinds(&world).is_empty());
        assert!(notices(&world, &case.vera).iter().all(|title| !title.contains("introduc")), "{:?}", notices(&world, &case.vera));
        assert_eq!(case.status(&case.fac.facilitator), "refused");
        assert_eq!(case.listed(&case.fac.facilitator)[0]["person"]["id"], json!(case.amal.id));
        // Nobody is asked twice; the graduate may think better of it.
        let again = json!({"person_id": case.amal.id});
        let refused = case.fac.organiser.post(&format!("{}/introductions", case.role), again).problem(409, "conflict");
        assert_eq!(refused.json["introduction_id"], json!(id_of(&case.introduction).to_string()));
        assert_eq!(agree(&case.amal, &case.introduction).is(200).json["status"], "introduced");
    }

    fn only_graduates_of_the_campus_are_asked_and_about_what_is_public(world: World) {
        let case = Case::new(&world);
        let path = format!("{}/introductions", case.role);
        let asks = |who: &User, person: &str| who.post(&path, json!({ "person_id": person }));
        let staff = &case.fac.facilitator;
        let away = world.campus_with_cohort("away", 1, 0);
        let elsewhere = world.alumnus(&away, "Elsewhere");
        for person in [&case.fac.students[0].id, &elsewhere.id, &case.vera.id] {
            asks(staff, person).field("/person_id", "not_found");
        }
        let gone = world.alumnus(&case.fac, "Gone");
        gone.delete(&format!("/v1/campuses/{}/members/me", case.fac.campus)).is(204);
        asks(staff, &gone.id).field("/person_id", "not_found");
        let other = world.alumnus(&case.fac, "Other");
        asks(&case.vera, &other.id).problem(403, "forbidden");
        asks(&case.amal, &other.id).problem(404, "not_found");
        asks(&away.facilitator, &other.id).problem(404, "not_found");
        let unread = role(&case.fac, &employer_named(&case.fac, "Southwind"));
        let new = json!({"person_id": other.id});
        staff.post(&format!("{unread}/introductions"), new).problem(409, "conflict");
        set_status(staff, &case.role, "closed").is(200);
        asks(staff, &other.id).problem(409, "conflict");
        agree(&case.amal, &case.introduction).problem(409, "conflict");
        assert_eq!(case.listed(staff).len(), 1);
    }

    fn a_consent_names_employer_role_and_a_day(world: World) {
        let case = Case::new(&world);
        let path = format!("{}/consent", case.introduction);
        let with = |field: &str, value: Value| {
            let mut body = consent(&case.amal, &case.introduction, 30);
            body[field] = value;
            case.amal.put(&path, body)
        };
        case.amal.put(&path, json!({"until": in_days(30)})).is(422);
        with("employer_id", json!(case.amal.id)).field("/employer_id", "invalid");
        with("role_id", json!(case.amal.id)).field("/role_id", "invalid");
        with("until", json!(in_days(92))).field("/until", "invalid");
        with("until", json!("2020-01-01")).field("/until", "invalid");
        case.profile(&case.vera).problem(404, "not_found");
        for (who, status) in [(&case.fac.facilitator, 403), (&case.vera, 404), (&case.fac.students[0], 404)] {
            let body = consent(&case.amal, &case.introduction, 30);
            assert_eq!(who.put(&path, body).status, status);
            assert_eq!(who.delete(&path).status, status);
        }
        let stale = case.amal.with("If-Match", "\"9-x\"");
        stale.put(&path, consent(&case.amal, &case.introduction, 30)).problem(412, "precondition_failed");
        stale.delete(&path).problem(412, "precondition_failed");
        let given = agree(&case.amal, &case.introduction).is(200).json;
        assert_eq!(agree(&case.amal, &case.introduction).is(200).json["version"], given["version"]);
        let longer = with("until", json!(in_days(60))).is(200).json;
        assert!(longer["consent_until"].as_str() > given["consent_until"].as_str(), "{longer}");
        assert_eq!(longer["status"], "introduced");
    }

    fn an_employer_who_has_lost_the_consent_has_nothing_left(world: World) {
        let case = Case::new(&world);
        for who in [&case.vera, &case.fac.facilitator] {
            let at_once = json!({"membership": {"mail": "at_once"}, "requests": {"mail": "at_once"}});
            who.patch("/v1/me/notification-settings", at_once).is(200);
        }
        case.amal.put("/v1/me/career-profile", json!({"headline": "Cook"})).is(200);
        let mut follower = Follower::begin(&world, &case.vera);
        agree(&case.amal, &case.introduction).is(200);
        let shown = case.profile(&case.vera).is(200).json;
        assert_eq!((&shown["name"], &shown["email"], &shown["headline"]), (&json!(case.amal.name), &json!(case.amal.email), &json!("Cook")));
        assert_eq!(case.profile(&case.vera).header("cache-control"), "no-store");
        case.profile(&case.fac.students[0]).problem(404, "not_found");
        let seen = case.vera.get(&case.introduction).is(200).json;
        assert_eq!((&seen["status"], &seen["person"], &seen["message"]), (&json!("introduced"), &Value::Null, &Value::Null));
        world.hand_out();
        go(&case.vera, &case.introduction, &["interview"]);
        assert_eq!(case.status(&case.amal), "interview");
        // Nothing but the profile names them: not what was told, nor what waits to be sent.
        let told = follower.read(&world);
        assert!(told.iter().any(|change| change["kind"] == "introduction.introduced"), "{told:?}");
        let read_beside = |case: &Case| case.read_by_employer().replace(&case.profile(&case.vera).text, "");
        assert!(!case.names_graduate(&read_beside(&case)));
        assert!(!case.names_graduate(&serde_json::to_string(&told).unwrap()));
        let to_vera: Vec<String> = world.mail().into_iter().filter(|mail| mail.recipient == case.vera.email).map(|mail| format!("{} {}", mail.subject, mail.body)).collect();
        assert!(to_vera.iter().any(|letter| letter.contains("agrees to be introduced")), "{to_vera:?}");
        assert!(!to_vera.iter().any(|letter| case.names_graduate(letter)), "{to_vera:?}");

        withdraw(&case.amal, &case.introduction).is(204);
        case.profile(&case.vera).problem(404, "not_found");
        case.profile(&case.fac.facilitator).problem(404, "not_found");
        let left = case.vera.get(&case.introduction).is(200).json;
        assert_eq!((&left["status"], &left["person"], &left["consent_until"]), (&json!("withdrawn"), &Value::Null, &Value::Null));
        assert_eq!(case.listed(&case.vera)[0]["status"], "withdrawn");
        assert!(!case.names_graduate(&case.read_by_employer()));
        step(&case.vera, &case.introduction, "offer").problem(409, "invalid_transition");
        step(&case.fac.facilitator, &case.introduction, "offer").problem(409, "invalid_transition");
        let told = follower.read(&world);
        assert_eq!(told.last().unwrap()["kind"], "introduction.withdrawn");
        assert!(!case.names_graduate(&serde_json::to_string(&told).unwrap()));
        // The graduate still sees what would be shown, and may agree anew.
        case.profile(&case.amal).is(200);
        agree(&case.amal, &case.introduction).is(200);
        case.profile(&case.vera).is(200);
        assert_eq!(case.status(&case.vera), "introduced");
    }

    fn a_consent_that_has_run_out_is_as_good_as_withdrawn(world: World) {
        let case = Case::new(&world);
        agree(&case.amal, &case.introduction).is(200);
        go(&case.vera, &case.introduction, &["interview", "offer"]);
        case.run_out(&world);
        case.profile(&case.vera).problem(404, "not_found");
        case.profile(&case.fac.organiser).problem(404, "not_found");
        for who in [&case.vera, &case.amal, &case.fac.facilitator] {
            let seen = who.get(&case.introduction).is(200).json;
            assert_eq!((&seen["status"], &seen["consent_until"]), (&json!("withdrawn"), &Value::Null));
        }
        assert!(!case.names_graduate(&case.read_by_employer()));
        step(&case.vera, &case.introduction, "hired").problem(409, "invalid_transition");
        // The staff note what came of it all the same; to the employer it is gone.
        go(&case.fac.facilitator, &case.introduction, &["hired"]);
        assert_eq!(case.status(&case.fac.facilitator), "hired");
        assert_eq!(case.status(&case.vera), "withdrawn");
        agree(&case.amal, &case.introduction).problem(409, "invalid_transition");
    }

    fn what_the_employer_may_not_know_of_does_not_show_in_the_version(world: World) {
        let case = Case::new(&world);
        let version = |who: &User| who.get(&case.introduction).is(200).json["version"].clone();
        let at_once = ask(&case.fac, &case.role, &world.alumnus(&case.fac, "Basma").id);
        let first = case.fac.facilitator.get(&at_once).is(200).json["version"].clone();
        withdraw(&case.amal, &case.introduction).is(204);
        assert_eq!(version(&case.fac.facilitator), first, "a refusal");
        agree(&case.amal, &case.introduction).is(200);
        assert_eq!(version(&case.vera), json!(first.as_i64().unwrap() + 1), "as of one who agreed at once");
        go(&case.vera, &case.introduction, &["interview"]);
        case.run_out(&world);
        let before = case.vera.get(&case.introduction).is(200).json;
        go(&case.fac.facilitator, &case.introduction, &["offer"]);
        assert_eq!(case.vera.get(&case.introduction).is(200).json, before, "what the staff note afterwards");
        // Where the role is not public any more it does not begin anew, and where it is it begins from the start.
        set_status(&case.fac.facilitator, &case.role, "closed").is(200);
        agree(&case.amal, &case.introduction).problem(409, "conflict");
        case.profile(&case.vera).problem(404, "not_found");
        set_status(&case.vera, &case.role, "submitted").is(200);
        publish(&case.fac.facilitator, &case.role);
        agree(&case.amal, &case.introduction).is(200);
        assert_eq!(case.status(&case.vera), "introduced");
    }

    fn a_kept_answer_tells_nothing_of_a_consent_that_has_gone(world: World) {
        let case = Case::new(&world);
        agree(&case.amal, &case.introduction).is(200);
        let path = format!("{}/status", case.introduction);
        let again = || case.vera.with("Idempotency-Key", "once").put(&path, json!({"status": "interview"}));
        again().is(200);
        withdraw(&case.amal, &case.introduction).is(204);
        let later = again();
        assert!(later.status == 409 && !later.text.contains("interview"), "{}", later.text);
    }

    fn staff_see_the_address_of_members_alone(world: World) {
        let case = Case::new(&world);
        let address = || case.fac.facilitator.get(&case.introduction).is(200).json["person"]["email"].clone();
        assert_eq!(address(), case.amal.email);
        case.amal.delete(&format!("/v1/campuses/{}/members/me", case.fac.campus)).is(204);
        assert_eq!(address(), Value::Null);
    }

    fn steps_are_taken_in_turn_by_the_employer_and_the_staff(world: World) {
        let case = Case::new(&world);
        step(&case.fac.facilitator, &case.introduction, "interview").problem(409, "invalid_transition");
        agree(&case.amal, &case.introduction).is(200);
        step(&case.amal, &case.introduction, "interview").problem(403, "forbidden");
        step(&case.fac.students[0], &case.introduction, "interview").problem(404, "not_found");
        let early = step(&case.vera, &case.introduction, "hired").problem(409, "invalid_transition");
        assert_eq!(early.json["next"], json!(["interview", "declined"]));
        step(&case.vera, &case.introduction, "withdrawn").problem(409, "invalid_transition");
        let version = step(&case.vera, &case.introduction, "interview").is(200).json["version"].clone();
        assert_eq!(step(&case.vera, &case.introduction, "interview").is(200).json["version"], version);
        case.vera.with("If-Match", "\"1-x\"").put(&format!("{}/status", case.introduction), json!({"status": "offer"})).problem(412, "precondition_failed");
        let told = notices(&world, &case.amal);
        assert!(told[0].starts_with("There is to be an interview"), "{told:?}");
        go(&case.fac.facilitator, &case.introduction, &["offer", "declined"]);
        assert!(notices(&world, &case.vera)[0].starts_with("The employer does not go on"));
        step(&case.vera, &case.introduction, "hired").problem(409, "invalid_transition");
        // What was decided stays for the graduate and the staff, and the employer may be shut out of it.
        withdraw(&case.amal, &case.introduction).is(204);
        assert_eq!((case.status(&case.amal), case.status(&case.vera)), (json!("declined"), json!("withdrawn")));
    }

    fn of_a_step_and_a_withdrawal_at_once_nothing_is_left_to_the_employer(world: World) {
        let case = Case::new(&world);
        for _ in 0..5 {
            agree(&case.amal, &case.introduction).is(200);
            thread::scope(|scope| {
                scope.spawn(|| step(&case.vera, &case.introduction, "interview"));
                scope.spawn(|| withdraw(&case.amal, &case.introduction).is(204));
                scope.spawn(|| case.profile(&case.vera));
            });
            assert_eq!(case.status(&case.fac.facilitator), "withdrawn");
            case.profile(&case.vera).problem(404, "not_found");
        }
    }

    fn whoever_acts_for_another_employer_or_for_none_any_more_sees_nothing(world: World) {
        let case = Case::new(&world);
        let other = employer_named(&case.fac, "Southwind");
        let walt = contact(&world, &case.fac, &other, "Walt");
        agree(&case.amal, &case.introduction).is(200);
        let employer = case.vera.get("/v1/me/employers").is(200).data()[0]["id"].clone();
        for path in [case.introduction.clone(), format!("{}/profile", case.introduction), format!("{}/introductions", case.role)] {
            walt.get(&path).problem(404, "not_found");
            case.vera.get(&path).is(200);
        }
        let contact = format!("/v1/employers/{}/contacts/{}", employer.as_str().unwrap(), case.vera.id);
        case.fac.facilitator.delete(&contact).is(204);
        case.profile(&case.vera).problem(404, "not_found");
        case.vera.get(&case.introduction).problem(404, "not_found");
    }
}

#[test]
fn what_was_told_late_tells_nothing_of_a_consent_that_has_gone() {
    on_both(|backend| {
        // Nothing is handed out but by the test.
        let world = World::start_idle(backend);
        let case = Case::new(&world);
        notices(&world, &case.vera);
        agree(&case.amal, &case.introduction).is(200);
        withdraw(&case.amal, &case.introduction).is(204);
        // Both are handed out only now, and read what is so by then.
        let told = notices(&world, &case.vera);
        assert!(told[0].contains("has been withdrawn"), "{told:?}");
        assert!(!told.iter().any(|title| title.contains("agrees")), "{told:?}");
        agree(&case.amal, &case.introduction).is(200);
        case.run_out(&world);
        let told = notices(&world, &case.vera);
        assert!(!told.iter().any(|title| title.contains("agrees")), "{told:?}");
    });
}
