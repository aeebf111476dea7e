//! Handing a product over.

use serde_json::{Value, json};

use super::{
    ballots::{chosen, open_ballot},
    step,
};
use crate::{
    changes::Follower,
    harness::{Answer, User, World},
    on_every_database,
};

const ITEMS: [&str; 5] = ["demonstration", "readme", "backlog", "logins", "faults"];

fn tick(who: &User, client: &str, item: &str, done: bool) -> Answer {
    who.put(&format!("{client}/hand-over/{item}"), json!({ "done": done }))
}

on_every_database! {
    fn the_team_ticks_off_what_is_done_and_only_then_is_it_handed_over(world: World) {
        let fac = world.fac(1, 4);
        let owners = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
        let ballot = open_ballot(&fac, &owners);
        let built = chosen(&fac, &ballot)[0].clone();
        let client = format!("/v1/clients/{}", built.as_str().unwrap());
        let [amal, dana, rana, _] = &fac.students[..] else { panic!("four students") };
        let owner = owners.iter().find(|owner| owner.get(&client).status == 200).unwrap();
        tick(&fac.facilitator, &client, "readme", true).problem(409, "conflict");
        amal.get(&format!("{client}/hand-over")).problem(404, "not_found");
        let teams = json!({"teams": [{"client_id": built, "members": [amal.id, dana.id]}]});
        fac.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
        // Whoever does not build it does not see it, and its owners see it only. Nor does the team see more of the client.
        rana.get(&format!("{client}/hand-over")).problem(404, "not_found");
        tick(rana, &client, "readme", true).problem(404, "not_found");
        tick(owner, &client, "readme", true).problem(403, "forbidden");
        amal.get(&client).problem(404, "not_found");
        tick(amal, &client, "cake", true).problem(404, "not_found");
        let mut seen_by_owner = Follower::begin(&world, owner);
        let all = amal.get(&format!("{client}/hand-over")).is(200).json;
        let items: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|item| &item["item"]).collect();
        assert_eq!((json!(items), &all["complete"]), (json!(ITEMS), &json!(false)));
        let missing = fac.facilitator.put(&format!("{client}/status"), json!({"status": "completed"})).problem(409, "conflict");
        assert_eq!(missing.json["missing"], json!(ITEMS));
        tick(amal, &client, "readme", true).is(200);
        tick(dana, &client, "readme", true).is(200);
        tick(amal, &client, "readme", false).is(200);
        assert_eq!(seen_by_owner.kinds(&world), ["product_hand_over.updated", "product_hand_over.updated"], "what is sent twice happened once");
        for item in &ITEMS[..4] {
            tick(dana, &client, item, true).is(200);
        }
        let missing = fac.facilitator.put(&format!("{client}/status"), json!({"status": "completed"})).problem(409, "conflict");
        assert_eq!(missing.json["missing"], json!(["faults"]));
        let whole = tick(amal, &client, "faults", true).is(200).json;
        assert_eq!((&whole["complete"], &whole["items"][4]["ticked_by"]), (&json!(true), &json!("team")));
        world.mail();
        let notice = fac.facilitator.get("/v1/me/notifications").is(200).data()[0].clone();
        assert!(notice["title"].as_str().unwrap().contains("all that belongs to handing its product over"), "{notice}");
        assert_eq!(notice["href"], json!(format!("{client}/hand-over")));
        fac.facilitator.put(&format!("{client}/status"), json!({"status": "completed"})).is(200);
        tick(amal, &client, "faults", false).problem(409, "conflict");
        assert_eq!(owner.get(&format!("{client}/hand-over")).is(200).json["complete"], true);
    }

    fn staff_who_hand_over_without_all_of_it_say_why(world: World) {
        let fac = world.fac(1, 4);
        let ballot = open_ballot(&fac, &["Olive", "Pia", "Quinn"].map(|name| world.person(name)));
        let client = format!("/v1/clients/{}", chosen(&fac, &ballot)[0].as_str().unwrap());
        step(&fac.facilitator, &client, "project").is(200);
        assert_eq!(tick(&fac.facilitator, &client, "logins", true).is(200).json["items"][3]["ticked_by"], "staff");
        let status = format!("{client}/status");
        fac.facilitator.put(&status, json!({"status": "completed"})).problem(409, "conflict");
        fac.facilitator.put(&status, json!({"status": "completed", "note": "The organisation has closed."})).is(200);
        assert_eq!(fac.facilitator.get(&format!("{client}/hand-over")).is(200).json["complete"], false);
    }
}
