//! Clients of one campus for which cohorts of another build.

use serde_json::{Value, json};

use super::{
    apply_as,
    ballots::{UNTIL_READY, ready, vote},
    go, open, step,
};
use crate::{
    changes::Follower,
    harness::{Answer, Client, Fac, User, World},
    on_every_database,
};

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

pub fn at(client: &str, campus: &str) -> String {
    format!("{client}/campuses/{campus}")
}

fn offer(staff: &Client, client: &str, to: &Fac) -> Answer {
    staff.put(&at(client, &to.campus), Value::Null)
}

/// A client of the campus that is ready, whose owner agrees that others are offered it: its path.
pub fn agreed(fac: &Fac, owner: &User) -> String {
    let client = ready(fac, owner);
    owner.patch(&client, json!({"may_be_passed_on": true})).is(200);
    client
}

fn offered_to(who: &Client, fac: &Fac) -> Vec<Value> {
    let listed = who.get(&format!("/v1/campuses/{}/offered-clients", fac.campus)).is(200);
    listed.data().to_vec()
}

fn products(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/products", fac.cohort)
}

fn put_up(fac: &Fac, client: &str) -> Answer {
    let summary = json!({"summary": "Shifts on phones."});
    fac.facilitator
        .put(&format!("{}/{}", products(fac), last(client)), summary)
}

/// A ballot of the campus on a client of its own and one that it is offered, of which one is built: its path.
fn ballot(world: &World, fac: &Fac, offered: &str) -> String {
    open(fac);
    for client in [&ready(fac, &world.person("Own")), offered] {
        put_up(fac, client).is(200);
    }
    let opened = fac
        .facilitator
        .post(
            &format!("/v1/cohorts/{}/product-ballots", fac.cohort),
            json!({"winners": 1}),
        )
        .is(201);
    opened.header("location").to_owned()
}

/// Three students vote for one product alone, and the votes are counted: the result.
fn counted(fac: &Fac, ballot: &str, client: &str) -> Value {
    let candidates = fac.facilitator.get(ballot).is(200).json["candidates"].clone();
    let mut candidates = candidates.as_array().unwrap().iter();
    let place = candidates.position(|one| one["client_id"] == last(client)).unwrap();
    for student in &fac.students[..3] {
        vote(student, ballot, &[place]).is(204);
    }
    let closed = fac
        .facilitator
        .put(&format!("{ballot}/status"), json!({"status": "closed"}))
        .is(200);
    closed.json["result"].clone()
}

fn newest_notice(who: &User) -> String {
    let listed = who.get("/v1/me/notifications").is(200);
    listed.data()[0]["title"].as_str().unwrap().to_owned()
}

on_every_database! {
    fn a_client_is_offered_to_another_campus_if_its_owners_agree(world: World) {
        let (fac, gaza) = (world.fac(1, 1), world.campus_with_cohort("gaza", 1, 4));
        open(&fac);
        let olive = world.person("Olive");
        let client = ready(&fac, &olive);
        let staff = &fac.facilitator;
        assert_eq!(olive.get(&client).is(200).json["may_be_passed_on"], false);
        offer(staff, &client, &gaza).problem(409, "conflict");
        // The agreement is the owners' to give.
        staff.patch(&client, json!({"may_be_passed_on": true})).problem(403, "forbidden");
        olive.patch(&client, json!({"may_be_passed_on": true})).is(200);
        for refused in [&olive, &fac.students[0], &gaza.facilitator] {
            let code = if refused.id == olive.id { (403, "forbidden") } else { (404, "not_found") };
            offer(refused, &client, &gaza).problem(code.0, code.1);
        }
        world.nobody().put(&at(&client, &gaza.campus), Value::Null).problem(401, "authentication_required");
        offer(staff, &client, &fac).problem(409, "conflict");
        staff.put(&at(&client, &fac.cohort), Value::Null).problem(404, "not_found");
        staff.delete(&at(&client, &gaza.campus)).problem(404, "not_found");
        put_up(&gaza, &client).problem(404, "not_found");
        let mut seen = Follower::begin(&world, &gaza.facilitator);
        world.mail();
        offer(staff, &client, &gaza).is(204);
        offer(staff, &client, &gaza).is(204);
        assert_eq!(seen.kinds(&world), ["client_offer.made"], "what is sent twice happened once");
        assert_eq!(newest_notice(&gaza.facilitator), "Another campus offers gaza one of its clients. Your cohorts can build for it.");
        assert!(newest_notice(&olive).starts_with("Your organisation is offered to gaza"), "{}", newest_notice(&olive));
        // Each is led to where they may read of it.
        for who in [&gaza.facilitator, &olive] {
            let notices = who.get("/v1/me/notifications").is(200);
            who.get(notices.data()[0]["href"].as_str().unwrap()).is(200);
        }
        let shown = olive.get(&client).is(200).json;
        assert_eq!((&shown["offered_to"][0]["campus_id"], shown["offered_to"].as_array().unwrap().len()), (&json!(gaza.campus), 1));
        // They see what it asks for, and nothing of how it came so far.
        let listed = offered_to(&gaza.facilitator, &gaza);
        let keys: Vec<&str> = listed[0].as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected = ["id", "name", "about", "url", "status", "campus_id", "campus_name", "offered_at"];
        let mut keys = keys;
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!((listed.len(), keys), (1, expected.to_vec()));
        assert_eq!((&listed[0]["id"], &listed[0]["status"], &listed[0]["campus_id"]), (&json!(last(&client)), &json!("research_received"), &json!(fac.campus)));
        gaza.facilitator.get(&client).problem(404, "not_found");
        for who in [&olive, &gaza.students[0], staff] {
            who.get(&format!("/v1/campuses/{}/offered-clients", gaza.campus)).problem(403, "forbidden");
        }
        assert!(offered_to(staff, &fac).is_empty());
        // What their cohort had put up is gone with the offer.
        put_up(&gaza, &client).is(200);
        let mut seen_by_student = Follower::begin(&world, &gaza.students[0]);
        staff.delete(&at(&client, &gaza.campus)).is(204);
        staff.delete(&at(&client, &gaza.campus)).problem(404, "not_found");
        assert_eq!(seen_by_student.kinds(&world), ["product.deleted"]);
        assert!(gaza.students[0].get(&products(&gaza)).is(200).data().is_empty() && offered_to(&gaza.facilitator, &gaza).is_empty());
        put_up(&gaza, &client).problem(404, "not_found");
        assert!(newest_notice(&olive).starts_with("Your organisation is no longer offered to gaza"));
        // Whoever does not agree any more is not offered anew.
        staff.patch(&client, json!({"may_be_passed_on": false})).is(200);
        offer(staff, &client, &gaza).problem(409, "conflict");
        olive.patch(&client, json!({"may_be_passed_on": true})).is(200);
        world.set_status(&gaza, "graduated");
        gaza.organiser.put(&format!("/v1/campuses/{}/closing", gaza.campus), Value::Null).is(200);
        offer(staff, &client, &gaza).problem(404, "not_found");
    }

    fn a_cohort_elsewhere_builds_and_its_staff_see_the_work_alone(world: World) {
        let (fac, gaza) = (world.fac(1, 1), world.campus_with_cohort("gaza", 1, 4));
        open(&fac);
        let olive = world.person("Olive");
        let client = agreed(&fac, &olive);
        offer(&fac.facilitator, &client, &gaza).is(204);
        let links = format!("{client}/links");
        gaza.facilitator.get(&links).problem(404, "not_found");
        let ballot = ballot(&world, &gaza, &client);
        assert_eq!(counted(&gaza, &ballot, &client)["chosen"], json!([last(&client)]));
        let teams = json!({"teams": [{"client_id": last(&client), "members": [gaza.students[0].id, gaza.students[1].id]}]});
        gaza.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
        assert_eq!(olive.get(&client).is(200).json["status"], "project");
        gaza.facilitator.get(&client).problem(404, "not_found");
        gaza.facilitator.put(&format!("{client}/status"), json!({"status": "withdrawn"})).problem(404, "not_found");
        for who in [&gaza.facilitator, &gaza.students[0], &fac.facilitator, &olive] {
            who.get(&links).is(200);
        }
        gaza.students[2].get(&links).problem(404, "not_found");
        let tick = json!({"done": true});
        let ticked = gaza.facilitator.put(&format!("{client}/hand-over/readme"), tick.clone()).is(200).json;
        assert_eq!(ticked["items"][1]["ticked_by"], "staff");
        assert_eq!(gaza.students[0].put(&format!("{client}/hand-over/backlog"), tick).is(200).json["items"][2]["ticked_by"], "team");
        let day = json!({"starts_at": "2099-04-16T18:00", "ends_at": "2099-04-16T20:00"});
        let day = gaza.facilitator.post(&format!("/v1/cohorts/{}/demo-days", gaza.cohort), day).is(201);
        assert_eq!(day.json["clients"][0]["id"], last(&client));
        olive.put(&format!("{}/answers/{}", day.header("location"), last(&client)), json!({"coming": true})).is(200);
        // Nobody takes the work away from a team.
        fac.facilitator.delete(&at(&client, &gaza.campus)).problem(409, "conflict");
        step(&fac.facilitator, &client, "completed").is(200);
        // Both sides take along that it was offered.
        for (who, campus) in [(&fac.organiser, &fac.campus), (&gaza.organiser, &gaza.campus)] {
            let data = who.get(&format!("/v1/campuses/{campus}/export")).is(200).json;
            assert_eq!(data["client_offers"], json!([{
                "client_id": last(&client), "campus_id": gaza.campus, "client_name": data["client_offers"][0]["client_name"],
                "created_at": data["client_offers"][0]["created_at"],
            }]));
        }
    }

    fn what_is_offered_no_longer_is_struck_off_and_a_closed_campus_offers_nothing(world: World) {
        let (fac, gaza) = (world.fac(1, 1), world.campus_with_cohort("gaza", 1, 4));
        open(&fac);
        let [client, other] = ["Olive", "Pia"].map(|name| agreed(&fac, &world.person(name)));
        for client in [&client, &other] {
            offer(&fac.facilitator, client, &gaza).is(204);
        }
        let ballot = ballot(&world, &gaza, &client);
        fac.facilitator.delete(&at(&client, &gaza.campus)).is(204);
        let result = counted(&gaza, &ballot, &client);
        assert_eq!(result["left_out"], json!([last(&client)]));
        assert_ne!(result["chosen"], json!([last(&client)]));
        world.set_status(&fac, "graduated");
        fac.organiser.put(&format!("/v1/campuses/{}/closing", fac.campus), Value::Null).is(200);
        assert!(offered_to(&gaza.facilitator, &gaza).is_empty());
        put_up(&gaza, &other).problem(404, "not_found");
    }

    fn clients_that_are_offered_are_listed_page_by_page(world: World) {
        let (fac, gaza) = (world.fac(1, 0), world.campus_with_cohort("gaza", 1, 0));
        open(&fac);
        let all: Vec<String> = ["Olive", "Pia", "Quinn"].iter().map(|name| {
            let owner = world.person(name);
            let client = apply_as(&fac, &owner, name);
            owner.patch(&client, json!({"may_be_passed_on": true})).is(200);
            offer(&fac.facilitator, &client, &gaza).is(204);
            client
        }).collect();
        let path = format!("/v1/campuses/{}/offered-clients?limit=2", gaza.campus);
        let first = gaza.facilitator.get(&path).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        let second = gaza.facilitator.get(&format!("{path}&cursor={cursor}")).is(200);
        let ids: Vec<&Value> = first.data().iter().chain(second.data()).map(|one| &one["id"]).collect();
        assert_eq!(ids, all.iter().map(|client| json!(last(client))).collect::<Vec<_>>().iter().collect::<Vec<_>>());
        // What has not come so far is no product yet, and once it has it can be one.
        put_up(&gaza, &all[0]).problem(409, "conflict");
        go(&fac, &all[0], &UNTIL_READY);
        put_up(&gaza, &all[0]).is(200);
    }
}
