use std::thread;

use chrono::TimeDelta;
use peerled::{mentoring, primitives::Instant, state::State};
use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot_path, slot_with};
use crate::{
    harness::{Backend, Fac, User, World},
    on_every_database,
};

/// What the server does every minute, as if it were so much later.
fn ask_and_expire(state: &State, later: TimeDelta) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let done = mentoring::ask_and_expire(&state.db, Instant::now().plus(later));
    runtime.block_on(done).unwrap();
}

/// A slot whose places have to be confirmed from now on and until three days from now, and its mentors; the last waits.
fn asked_slot(world: &World, fac: &Fac) -> (String, [User; 3]) {
    let people = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(fac, name));
    world.begin_week(fac, 1, 4);
    let slot = slot_with(
        fac,
        json!({"capacity": 2, "reconfirm_days": 1, "place": "Space4", "url": "https://meet.example.org/fac"}),
    );
    for person in &people {
        person.post(&sign_ups_path(&slot), Value::Null).is(201);
    }
    (slot, people)
}

fn subjects_to(world: &World, who: &User) -> Vec<String> {
    mails(world)
        .into_iter()
        .filter(|(to, _)| *to == who.email)
        .map(|(_, subject)| subject)
        .collect()
}

on_every_database! {
    fn a_place_that_nobody_confirms_goes_to_the_next_in_line(world: World) {
        let fac = world.coming_fac(2, 0);
        let (slot, [amal, basma, chiara]) = asked_slot(&world, &fac);
        let confirmation = format!("{}/me/confirmation", sign_ups_path(&slot));
        let confirmed = amal.put(&confirmation, Value::Null).is(200);
        assert!(confirmed.json["reconfirmed_at"].is_string());
        assert_eq!(amal.put(&confirmation, Value::Null).is(200).json, confirmed.json);
        chiara.put(&confirmation, Value::Null).problem(409, "invalid_transition");
        world.person("Stranger").put(&confirmation, Value::Null).problem(404, "not_found");
        world.nobody().put(&confirmation, Value::Null).problem(401, "authentication_required");
        let own = basma.get("/v1/me/sign-ups").is(200);
        assert_eq!((&own.data()[0]["place"], &own.data()[0]["url"]), (&json!("Space4"), &json!("https://meet.example.org/fac")));
        assert!(own.data()[0]["reconfirm_by"].is_string() && own.data()[0]["reconfirmed_at"].is_null(), "{}", own.text);

        // Several processes at once ask once, and only who has not answered.
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| ask_and_expire(&world.state, TimeDelta::zero())))));
        let asked = "Do you still come: week 1 of fac";
        assert_eq!((subjects_to(&world, &amal), subjects_to(&world, &basma)), (vec![], vec![asked.to_owned()]));
        let letter = world.mail().into_iter().find(|letter| letter.recipient == basma.email).unwrap();
        for line in ["Place: Space4", "Link: https://meet.example.org/fac", "Confirm by: "] {
            assert!(letter.body.contains(line), "{line:?} in {}", letter.body);
        }
        ask_and_expire(&world.state, TimeDelta::days(2));
        assert_eq!(places(&fac, &slot), [2, 0, 1]);
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| ask_and_expire(&world.state, TimeDelta::hours(75))))));
        assert_eq!(places(&fac, &slot), [2, 0, 0]);
        let of = |who: &User| fac.facilitator.get(&format!("{}/{}", sign_ups_path(&slot), who.id));
        of(&basma).problem(404, "not_found");
        assert_eq!(of(&chiara).is(200).json["status"], "confirmed");
        assert_eq!(subjects_to(&world, &basma), [asked, "Your place has gone: week 1 of fac"]);
        assert_eq!(subjects_to(&world, &chiara), ["You have a place: week 1 of fac"]);
        // Who got it late is neither asked nor loses it.
        ask_and_expire(&world.state, TimeDelta::days(5));
        assert_eq!(places(&fac, &slot), [2, 0, 0]);
    }

    fn a_question_waits_for_no_daily_mail_and_is_withdrawn_with_the_place(world: World) {
        let fac = world.coming_fac(2, 0);
        let (slot, [amal, basma, _]) = asked_slot(&world, &fac);
        let choose = |who: &User, choice: Value| who.patch("/v1/me/notification-settings", json!({"mentoring": choice})).is(200);
        choose(&amal, json!({"mail": "daily"}));
        choose(&basma, json!({"in_app": false, "mail": "none"}));
        ask_and_expire(&world.state, TimeDelta::zero());
        let asked = "Do you still come: week 1 of fac";
        assert_eq!((subjects_to(&world, &amal), subjects_to(&world, &basma)), (vec![asked.to_owned()], vec![]));
        for who in [&amal, &basma] {
            let notices = who.get("/v1/me/notifications").is(200);
            assert_eq!(notices.data()[0]["title"], asked);
        }
        // What has not been sent yet is not sent to whoever does not come.
        amal.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        assert_eq!(subjects_to(&world, &amal), Vec::<String>::new());
    }

    fn what_was_said_of_one_time_counts_for_no_other(world: World) {
        let fac = world.coming_fac(2, 0);
        let (slot, [amal, ..]) = asked_slot(&world, &fac);
        let confirmation = format!("{}/me/confirmation", sign_ups_path(&slot));
        amal.put(&confirmation, Value::Null).is(200);
        let weeks = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200);
        let day = weeks.data()[0]["ends_on"].as_str().unwrap();
        let times = json!({"starts_at": format!("{day}T10:00:00Z"), "ends_at": format!("{day}T12:00:00Z")});
        fac.facilitator.patch(&slot_path(&slot), times).is(200);
        let own = amal.get(&format!("{}/{}", sign_ups_path(&slot), amal.id)).is(200);
        assert_eq!(own.json["reconfirmed_at"], Value::Null);
        // Eight days ahead with one day's notice, it is too early to ask.
        amal.put(&confirmation, Value::Null).problem(409, "conflict");
        fac.facilitator.patch(&slot_path(&slot), json!({"reconfirm_days": 61})).field("/reconfirm_days", "invalid");
        fac.facilitator.patch(&slot_path(&slot), json!({"reconfirm_days": null})).is(200);
        amal.put(&confirmation, Value::Null).is(200);
    }

    fn switching_the_question_on_asks_nothing_of_the_past(world: World) {
        let fac = world.coming_fac(2, 0);
        let people = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 2].map(|week| slot_with(&fac, json!({"week": week})));
        for (person, slot) in people.iter().zip(&slots) {
            person.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        // The one has begun, of the other it is the time to ask.
        world.begin_week(&fac, 1, -1);
        world.begin_week(&fac, 2, 3);
        for slot in &slots {
            fac.facilitator.patch(&slot_path(slot), json!({"reconfirm_days": 1})).is(200);
        }
        for later in [0, 1] {
            ask_and_expire(&world.state, TimeDelta::hours(later));
        }
        let asked = |at: usize| subjects_to(&world, &people[at]).into_iter().filter(|subject| subject.starts_with("Do you still come")).count();
        assert_eq!([asked(0), asked(1)], [0, 1]);
        assert_eq!(places(&fac, &slots[0])[0], 1, "whoever was not asked loses nothing");
    }

    fn whoever_often_did_not_come_is_pointed_out_to_staff_only(world: World) {
        let fac = world.coming_fac(4, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 2, 3, 4].map(|week| slot_with(&fac, json!({"week": week, "capacity": 2})));
        for slot in &slots {
            for person in [&amal, &basma] {
                person.post(&sign_ups_path(slot), Value::Null).is(201);
            }
        }
        let seen = |by: &User| -> Vec<Value> {
            let list = by.get(&sign_ups_path(&slots[3])).is(200);
            list.data().iter().map(|one| one["attendance"].clone()).collect()
        };
        let came = |no_shows: i64, often: bool| json!({"expected": 3, "no_shows": no_shows, "often_missed": often});
        for (week, slot) in (1..).zip(&slots[..3]) {
            world.begin_week(&fac, week, -20);
            let note = |who: &User, status: &str| {
                fac.facilitator.patch(&format!("{}/{}", sign_ups_path(slot), who.id), json!({"status": status})).is(200);
            };
            note(&amal, "no_show");
            note(&basma, if week == 1 { "no_show" } else { "attended" });
        }
        assert_eq!(seen(&fac.facilitator), [came(3, true), came(1, false)]);
        assert_eq!(seen(&amal), [Value::Null, Value::Null]);
        // And before the week in which they are expected next.
        world.begin_week(&fac, 4, 10);
        let attention = |by: &User| by.get(&format!("/v1/cohorts/{}/attention", fac.cohort)).is(200).data().clone();
        let often = |by: &User| -> Vec<Value> {
            let items = attention(by).into_iter();
            items.filter(|item| item["kind"] == "mentor_often_missed").map(|item| json!([item["week"], item["person"]["name"]])).collect()
        };
        assert_eq!(often(&fac.organiser), [json!([4, "Amal"])]);
        // It can be corrected.
        fac.organiser.patch(&format!("{}/{}", sign_ups_path(&slots[0]), amal.id), json!({"status": "attended"})).is(200);
        assert_eq!(seen(&fac.organiser)[0], came(2, false));
        assert!(often(&fac.organiser).is_empty());
    }
}

#[test]
fn who_has_answered_before_the_letter_is_written_gets_none() {
    let world = World::start_idle(Backend::Sqlite);
    // Letters are written about what happens from the first time on.
    world.mail();
    let fac = world.coming_fac(2, 0);
    let (slot, [amal, basma, _]) = asked_slot(&world, &fac);
    ask_and_expire(&world.state, TimeDelta::zero());
    amal.put(&format!("{}/me/confirmation", sign_ups_path(&slot)), Value::Null)
        .is(200);
    assert_eq!(subjects_to(&world, &amal), Vec::<String>::new());
    assert_eq!(subjects_to(&world, &basma), ["Do you still come: week 1 of fac"]);
}
