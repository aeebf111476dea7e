//! Who is told of a step, who is reminded, and what is left of an owner who goes.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::clients,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{ACCEPT, apply, apply_as, code, go, open, send_reminders, step, steps::letters};
use crate::{
    changes::Follower,
    harness::{User, World},
    on_every_database,
};

/// Moves the last step so many days back.
fn waited(world: &World, client: &str, days: i64) {
    let id = Id::parse(client.rsplit('/').next().unwrap()).unwrap();
    let then = Instant::now().plus(-TimeDelta::days(days));
    world.db(move |conn| {
        diesel::update(clients::table.find(id))
            .set(clients::status_since.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

/// The titles of somebody's notices, the newest first.
fn notices(who: &User) -> Vec<String> {
    let listed = who.get("/v1/me/notifications").is(200);
    listed
        .data()
        .iter()
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

on_every_database! {
    fn who_has_answered_is_not_reminded_and_who_has_not_once(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, pia) = (world.person("Olive"), world.person("Pia"));
        let (slow, quick) = (apply(&fac, &olive), apply_as(&fac, &pia, "Library"));
        assert!(!send_reminders(&world, 30), "the staff are not reminded");
        for client in [&slow, &quick] {
            go(&fac, client, &["invited"]);
        }
        assert!(!send_reminders(&world, 6), "not before seven days");
        step(&pia, &quick, "workshop_booked").is(200);
        let invited = letters(&world, &olive);
        assert!(invited.last().unwrap().contains("book a place"), "{invited:?}");
        assert!(send_reminders(&world, 8));
        assert!(!send_reminders(&world, 9), "once");
        let told = letters(&world, &olive);
        assert!(told.last().unwrap().contains("please book a workshop"), "{told:?}");
        assert!(letters(&world, &pia).iter().all(|letter| !letter.contains("is waiting for")));
        // An answer that comes before the reminder is written, or before it is sent, is in time.
        step(&olive, &slow, "workshop_booked").is(200);
        assert!(letters(&world, &olive).iter().all(|letter| !letter.contains("is waiting for")), "what waits to be sent is replaced");
        go(&fac, &slow, &["agreement_sent"]);
        letters(&world, &olive);
        assert!(send_reminders(&world, 8));
        step(&olive, &slow, "agreement_signed").is(200);
        assert!(letters(&world, &olive).iter().all(|letter| !letter.contains("is waiting for")));
        // Nor is a reminder written of a step that has been taken since and is awaited anew.
        go(&fac, &slow, &["invited"]);
        assert!(send_reminders(&world, 8));
        for status in ["workshop_booked", "invited"] {
            step(&olive, &slow, status).is(200);
        }
        assert!(letters(&world, &olive).iter().all(|letter| !letter.contains("is waiting for")));
    }

    fn what_is_overdue_is_on_the_board_and_both_sides_are_told_what_the_other_did(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, stranger) = (world.person("Olive"), world.person("Stranger"));
        let mut staff = Follower::begin(&world, &fac.facilitator);
        let mut owner = Follower::begin(&world, &olive);
        let mut other = Follower::begin(&world, &stranger);
        let client = apply(&fac, &olive);
        assert_eq!((staff.kinds(&world), owner.kinds(&world)), (vec!["client.step_taken".to_owned()], vec!["client.step_taken".to_owned()]));
        let attention = || {
            let items = fac.facilitator.get(&format!("/v1/cohorts/{}/attention", fac.cohort)).is(200);
            let mut items = items.data().to_vec();
            items.retain(|item| item["kind"] == "client_waiting");
            items
        };
        assert!(attention().is_empty());
        waited(&world, &client, 6);
        assert!(attention().is_empty());
        waited(&world, &client, 7);
        let [item] = attention().try_into().unwrap();
        let title = item["title"].as_str().unwrap();
        assert!(title.starts_with("Riverside Food Bank has waited for your next step since "), "{title}");
        assert_eq!(item["href"], json!(client));
        go(&fac, &client, &["acknowledged"]);
        assert!(attention().is_empty());
        olive.patch(&client, json!({"name": "Riverside"})).is(200);
        assert_eq!(staff.kinds(&world), ["client.step_taken", "client.updated"]);
        assert_eq!(owner.kinds(&world), ["client.step_taken", "client.updated"]);
        assert!(other.kinds(&world).iter().all(|kind| !kind.starts_with("client.")));
        assert!(notices(&fac.facilitator)[0].contains("An organisation asks"), "{:?}", notices(&fac.facilitator));
        assert!(notices(&olive)[0].contains("has read what you would like to have built"), "{:?}", notices(&olive));
        assert_eq!(notices(&stranger), Vec::<String>::new());
    }

    fn owners_are_told_what_another_one_did_and_who_joins_and_read_what_was_written(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, pia) = (world.person("Olive"), world.person("Pia"));
        let client = apply(&fac, &olive);
        let named = olive.get(&client).is(200).json["campus_name"].clone();
        let campus = named.as_str().unwrap();
        let thanked = letters(&world, &olive);
        assert!(thanked.last().unwrap().starts_with(&format!("Thank you. {campus} has received the application of Riverside Food Bank.")), "{thanked:?}");
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        world.mail();
        assert_eq!(notices(&olive), [format!("Another product owner looks after your organisation at {campus} with you.")]);
        let joined = olive.get("/v1/me/notifications").is(200).data()[0]["href"].clone();
        assert_eq!(joined, json!(client));
        assert_eq!(notices(&pia), Vec::<String>::new());
        let path = format!("{client}/status");
        fac.facilitator.put(&path, json!({"status": "invited", "note": "Mondays.\n\nSee https://evil.example"})).is(200);
        let invited = letters(&world, &pia).last().unwrap().clone();
        assert!(invited.contains(&format!("{campus} writes:\n\n> Mondays.\n>\n> See https evil. example\n")), "{invited}");
        assert!(invited.contains(&format!("log in to the app that {campus} uses")) && invited.contains(&format!("{client}/workshop\n")), "{invited}");
        step(&olive, &client, "workshop_booked").is(200);
        world.mail();
        assert_eq!(notices(&pia)[0], format!("Another product owner has booked a workshop at {campus}."));
        assert!(!notices(&olive)[0].starts_with("Another product owner has booked"), "{:?}", notices(&olive));
        assert_eq!(notices(&fac.facilitator)[0], format!("A client of {campus} has booked a workshop."));
        step(&olive, &client, "invited").is(200);
        world.mail();
        assert_eq!(notices(&pia)[0], format!("Another product owner has given up your workshop at {campus}."));
        // The reason why a campus goes no further is in the letter.
        fac.facilitator.put(&path, json!({"status": "withdrawn", "note": "We are full."})).is(200);
        let withdrawn = letters(&world, &olive).last().unwrap().clone();
        assert!(withdrawn.starts_with(&format!("{campus} does not go on with Riverside Food Bank")), "{withdrawn}");
        assert!(withdrawn.contains(&format!("{campus} writes:\n\n> We are full.\n")), "{withdrawn}");
    }

    fn a_reminder_to_sign_has_the_agreement(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        go(&fac, &client, &["invited", "workshop_booked", "agreement_sent"]);
        letters(&world, &olive);
        assert!(send_reminders(&world, 8));
        let told = letters(&world, &olive);
        let last = told.last().unwrap();
        assert!(last.contains("is waiting for") && last.contains("https://example.org/agreement"), "{told:?}");
    }

    fn where_no_owner_is_left_nobody_is_reminded_and_nothing_is_overdue(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let (left, kept) = (apply(&fac, &olive), apply_as(&fac, &pia, "Library"));
        let to_project = [
            "invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received", "project",
        ];
        for client in [&left, &kept] {
            go(&fac, client, &to_project);
        }
        go(&fac, &left, &["completed"]);
        olive.delete(&format!("{left}/owners/{}", olive.id)).is(204);
        assert!(!send_reminders(&world, 8));
        go(&fac, &kept, &["completed"]);
        assert!(send_reminders(&world, 8));
        for client in [&left, &kept] {
            waited(&world, client, 8);
        }
        let needs = fac.facilitator.get(&format!("/v1/cohorts/{}/attention", fac.cohort)).is(200);
        let overdue = needs.data().iter().filter(|item| item["kind"] == "client_waiting");
        assert_eq!(overdue.map(|item| &item["href"]).collect::<Vec<_>>(), [&json!(kept)]);
    }

    fn whoever_applied_and_left_has_their_application_and_nothing_later(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        go(&fac, &client, &["acknowledged"]);
        let copied = |who: &User| {
            let copy = who.get("/v1/me/export").is(200).json;
            let steps = copy["client_steps"].as_array().unwrap().iter().map(|step| step["status"].clone());
            (copy["clients"][0]["name"].clone(), steps.collect::<Vec<Value>>())
        };
        let all = (json!("Riverside Food Bank"), vec![json!("applied"), json!("acknowledged")]);
        assert_eq!(copied(&olive), all);
        olive.delete(&format!("{client}/owners/{}", olive.id)).is(204);
        assert_eq!(copied(&olive), (json!("Riverside Food Bank"), vec![json!("applied")]));
        assert_eq!(copied(&pia), all);
    }

    fn nothing_tells_of_an_owner_who_is_erased_and_their_client_is_withdrawn(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, pia) = (world.person("Olive Branch"), world.person("Pia"));
        let alone = apply_as(&fac, &olive, "Olive Branch Trust");
        let shared = apply_as(&fac, &pia, "Library");
        fac.organiser.post(&format!("{shared}/owner-invitations"), json!({"email": olive.email})).is(202);
        olive.post(ACCEPT, code(&world, &olive)).is(200);
        let copy = olive.get("/v1/me/export").is(200).json;
        assert_eq!((copy["clients"].as_array().unwrap().len(), copy["owner_invitations"].as_array().unwrap().len()), (2, 1));
        let person = Id::parse(&olive.id).unwrap();
        world.db(move |conn| peerled::privacy::erase(conn, person, Instant::now()));
        let left = fac.organiser.get(&alone).is(200).json;
        assert_eq!((&left["status"], &left["owners"]), (&json!("withdrawn"), &json!([])));
        assert!(!left["name"].as_str().unwrap().contains("Olive"), "{left}");
        let kept = pia.get(&shared).is(200).json;
        assert_eq!((&kept["status"], kept["owners"].as_array().unwrap().len()), (&json!("applied"), 1));
        assert!(!world.everything().iter().any(|row| row.contains("Olive Branch")));
    }
}
