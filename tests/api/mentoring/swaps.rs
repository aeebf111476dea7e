use std::thread;

use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot_with};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

fn offers(slot: &str) -> String {
    format!("/v1/mentor-slots/{slot}/swap-offers")
}

fn accept(who: &User, offer: &Answer) -> Answer {
    who.post(
        &format!("/v1/mentor-swap-offers/{}/acceptance", offer.id()),
        Value::Null,
    )
}

/// Slots of weeks 1 and 2 with one place each, and whose these are.
fn two_places(world: &World, fac: &Fac) -> ([String; 2], [User; 2]) {
    let people = ["Amal", "Basma"].map(|name| world.alumnus(fac, name));
    let slots = [1, 2].map(|week| slot_with(fac, json!({"week": week})));
    for (person, slot) in people.iter().zip(&slots) {
        person.post(&sign_ups_path(slot), Value::Null).is(201);
    }
    (slots, people)
}

/// Whose the places of a slot are.
fn mentors(fac: &Fac, slot: &str) -> Vec<String> {
    let list = fac.facilitator.get(&sign_ups_path(slot)).is(200);
    let confirmed = list.data().iter().filter(|one| one["status"] == "confirmed");
    confirmed
        .map(|one| one["person"]["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Titles and addresses of somebody's notices.
fn noticed(world: &World, who: &User) -> Vec<(String, String)> {
    world.hand_out();
    let list = who.get("/v1/me/notifications").is(200);
    let text = |notice: &Value, name: &str| notice[name].as_str().unwrap().to_owned();
    list.data()
        .iter()
        .map(|notice| (text(notice, "title"), text(notice, "href")))
        .collect()
}

on_every_database! {
    fn one_place_is_offered_so_often_and_no_more(world: World) {
        let fac = world.coming_fac(1, 1);
        let amal = world.alumnus(&fac, "Amal");
        let slot = slot_with(&fac, json!({"week": 1}));
        amal.post(&sign_ups_path(&slot), Value::Null).is(201);
        for _ in 0..50 {
            let offer = amal.post(&offers(&slot), json!({})).is(201);
            amal.delete(&format!("/v1/mentor-swap-offers/{}", offer.id())).is(204);
        }
        let refused = amal.post(&offers(&slot), json!({})).problem(409, "conflict");
        assert!(refused.text.contains("a place has at most 50."), "{}", refused.text);
    }

    fn everybody_finds_the_offers_that_concern_them_in_one_list(world: World) {
        let fac = world.coming_fac(3, 1);
        let ([first, second], [amal, basma]) = two_places(&world, &fac);
        let (chiara, dina) = (world.alumnus(&fac, "Chiara"), world.alumnus(&fac, "Dina"));
        chiara.post(&sign_ups_path(&first), Value::Null).is(201);
        let third = slot_with(&fac, json!({"week": 3}));
        dina.post(&sign_ups_path(&third), Value::Null).is(201);
        let seen = |who: &User| -> Vec<String> {
            let list = who.get("/v1/me/swap-offers").is(200);
            list.data().iter().map(|offer| offer["id"].as_str().unwrap().to_owned()).collect()
        };
        let to_anybody = amal.post(&offers(&first), json!({})).is(201);
        let for_amals = basma.post(&offers(&second), json!({"wanted_slot_id": first})).is(201);
        assert_eq!(seen(&amal), [to_anybody.id(), for_amals.id()]);
        assert_eq!(seen(&basma), [for_amals.id()]);
        assert_eq!(seen(&chiara), [to_anybody.id()], "who waits for the place");
        assert!(seen(&dina).is_empty());
        let shown = basma.get("/v1/me/swap-offers").is(200).json["data"][0].clone();
        assert_eq!((&shown["week"]["number"], &shown["cohort"]["id"], &shown["kind"]), (&json!(2), &json!(fac.cohort), &json!("week")));
        accept(&amal, &for_amals).is(200);
        assert!(seen(&amal).is_empty() && seen(&basma).is_empty(), "what is done is gone");
    }

    fn a_place_goes_to_whoever_takes_it(world: World) {
        let fac = world.coming_fac(2, 1);
        let ([slot, other], [amal, basma]) = two_places(&world, &fac);
        let chiara = world.alumnus(&fac, "Chiara");
        let offer = amal.post(&offers(&slot), json!({})).is(201);
        assert_eq!(offer.header("location"), format!("/v1/mentor-swap-offers/{}", offer.id()));
        assert_eq!((&offer.json["status"], &offer.json["open"], &offer.json["wanted_slot_id"]), (&json!("open"), &json!(true), &Value::Null));
        amal.post(&offers(&slot), json!({})).problem(409, "conflict");
        basma.post(&offers(&slot), json!({})).problem(404, "not_found");
        world.nobody().post(&offers(&slot), json!({})).problem(401, "authentication_required");
        assert_eq!(chiara.get(&offers(&slot)).is(200).data(), std::slice::from_ref(&offer.json));
        // Whoever could take it finds it.
        let found = |who: &User| who.get("/v1/me/swap-offers").is(200).data().len();
        assert_eq!([&chiara, &basma, &amal, &fac.students[0], &world.person("Other")].map(found), [1, 1, 1, 0, 0]);
        world.person("Stranger").get(&offers(&slot)).problem(404, "not_found");
        accept(&amal, &offer).problem(409, "conflict");
        accept(&fac.students[0], &offer).problem(403, "not_alumni");

        // Who waits is not overtaken.
        let dana = world.alumnus(&fac, "Dana");
        dana.post(&sign_ups_path(&slot), Value::Null).is(201);
        accept(&chiara, &offer).problem(409, "conflict");
        let taken = accept(&dana, &offer).is(200);
        assert_eq!((&taken.json["status"], &taken.json["open"], &taken.json["accepted_by"]["name"]), (&json!("accepted"), &json!(false), &json!("Dana")));
        assert_eq!((mentors(&fac, &slot), places(&fac, &slot)), (vec!["Dana".to_owned()], [1, 0, 0]));
        accept(&chiara, &offer).problem(409, "invalid_transition");
        let told = mails(&world);
        // Whoever took it knows.
        assert_eq!(told, [(amal.email.clone(), "Somebody took your place: week 1 of fac".into())]);
        assert_eq!(noticed(&world, &amal), [("Somebody took your place: week 1 of fac".to_owned(), format!("/v1/mentor-slots/{slot}"))]);
        assert_eq!(noticed(&world, &dana), []);

        // What was given up can no longer be taken, nor what was withdrawn.
        let offer = basma.post(&offers(&other), json!({})).is(201);
        chiara.delete(&format!("/v1/mentor-swap-offers/{}", offer.id())).problem(403, "forbidden");
        basma.delete(&format!("{}/me", sign_ups_path(&other))).is(204);
        accept(&chiara, &offer).problem(409, "conflict");
        assert!(chiara.get(&offers(&other)).is(200).data().is_empty());
        basma.post(&sign_ups_path(&other), Value::Null).is(201);
        let offer = basma.post(&offers(&other), json!({})).is(201);
        fac.facilitator.delete(&format!("/v1/mentor-swap-offers/{}", offer.id())).is(204);
        accept(&chiara, &offer).problem(409, "invalid_transition");
        assert_eq!(mentors(&fac, &other), ["Basma"]);
    }

    fn those_who_could_take_a_place_are_told_of_the_offer(world: World) {
        let fac = world.coming_fac(2, 0);
        let ([slot, other], [amal, basma]) = two_places(&world, &fac);
        let [chiara, dana] = ["Chiara", "Dana"].map(|name| world.alumnus(&fac, name));
        for waiting in [&chiara, &dana] {
            waiting.post(&sign_ups_path(&slot), Value::Null).is(201);
        }
        let offer = amal.post(&offers(&slot), json!({"wanted_slot_id": other})).is(201);
        let path = format!("/v1/mentor-swap-offers/{}", offer.id());
        assert_eq!(noticed(&world, &basma), [("A place as a mentor in week 1 of fac is offered for yours.".to_owned(), path.clone())]);
        assert_eq!(basma.get(&path).is(200).json["status"], "open");
        assert_eq!(noticed(&world, &chiara), []);
        amal.delete(&path).is(204);
        let offer = amal.post(&offers(&slot), json!({})).is(201);
        let path = format!("/v1/mentor-swap-offers/{}", offer.id());
        let title = "A place as a mentor in week 1 of fac, for which you wait, is offered: it is yours if you accept.";
        assert_eq!(noticed(&world, &chiara), [(title.to_owned(), path)]);
        // Whoever waits behind could not take it, and whoever offers it knows.
        for nobody in [&dana, &amal] {
            assert_eq!(noticed(&world, nobody), []);
        }
    }

    fn two_change_places_or_neither_does(world: World) {
        let fac = world.coming_fac(2, 0);
        let ([slot, other], [amal, basma]) = two_places(&world, &fac);
        let chiara = world.alumnus(&fac, "Chiara");
        amal.post(&offers(&slot), json!({"wanted_slot_id": slot})).field("/wanted_slot_id", "not_found");
        let offer = amal.post(&offers(&slot), json!({"wanted_slot_id": other})).is(201);
        assert_eq!(basma.get(&offers(&other)).is(200).data(), std::slice::from_ref(&offer.json));
        accept(&chiara, &offer).problem(409, "conflict");
        accept(&basma, &offer).is(200);
        assert_eq!((mentors(&fac, &slot), mentors(&fac, &other)), (vec!["Basma".to_owned()], vec!["Amal".to_owned()]));

        // Nobody gets two places at one time by it.
        let at = |hours: [u32; 2]| json!({"starts_at": format!("2099-01-06T{}:00:00Z", hours[0]), "ends_at": format!("2099-01-06T{}:00:00Z", hours[1])});
        let [early, late] = [[10, 12], [14, 16]].map(|hours| slot_with(&fac, at(hours)));
        let meets = slot_with(&fac, at([11, 13]));
        amal.post(&sign_ups_path(&early), Value::Null).is(201);
        for slot in [&late, &meets] {
            basma.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        let offer = amal.post(&offers(&early), json!({"wanted_slot_id": late})).is(201);
        accept(&basma, &offer).problem(409, "conflict");
        assert_eq!((mentors(&fac, &early), mentors(&fac, &late)), (vec!["Amal".to_owned()], vec!["Basma".to_owned()]));
        // For the very slot that is in the way it can be.
        amal.delete(&format!("/v1/mentor-swap-offers/{}", offer.id())).is(204);
        let offer = amal.post(&offers(&early), json!({"wanted_slot_id": meets})).is(201);
        accept(&basma, &offer).is(200);
        assert_eq!((mentors(&fac, &early), mentors(&fac, &meets)), (vec!["Basma".to_owned()], vec!["Amal".to_owned()]));
    }

    fn of_many_who_take_a_place_at_once_one_gets_it(world: World) {
        let fac = world.coming_fac(2, 0);
        let ([slot, other], [amal, basma]) = two_places(&world, &fac);
        let takers = ["C", "D", "E", "F"].map(|name| world.alumnus(&fac, name));
        let offer = amal.post(&offers(&slot), json!({})).is(201);
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let all: Vec<_> = takers.iter().map(|taker| scope.spawn(|| accept(taker, &offer).status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409]);
        assert_eq!(places(&fac, &slot), [1, 0, 0]);

        // Two who offer each other the same, and take it up at once, change places once.
        let taker = mentors(&fac, &slot).remove(0);
        let taker = takers.iter().find(|one| one.name == taker).unwrap();
        let offer = taker.post(&offers(&slot), json!({"wanted_slot_id": other})).is(201);
        let back = basma.post(&offers(&other), json!({"wanted_slot_id": slot})).is(201);
        let (one, two) = thread::scope(|scope| {
            let one = scope.spawn(|| accept(&basma, &offer).status);
            let two = scope.spawn(|| accept(taker, &back).status);
            (one.join().unwrap(), two.join().unwrap())
        });
        let mut statuses = [one, two];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!((mentors(&fac, &slot), mentors(&fac, &other)), (vec!["Basma".to_owned()], vec![taker.name.clone()]));
    }
}
