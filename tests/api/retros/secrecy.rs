use serde_json::json;

use super::{close, open, vote, write};
use crate::{
    audit_trail::{secret_to_organisers, tells_no_moment},
    changes::Follower,
    harness::World,
    on_every_database,
};

on_every_database! {
    fn nothing_that_is_kept_tells_who_wrote_or_voted(world: World) {
        let fac = world.fac(1, 3);
        let (amal, basma) = (&fac.students[0], &fac.students[1]);
        let retro = open(&fac.facilitator, &fac, 1, None);
        let mut follower = Follower::begin(&world, &fac.organiser);
        let keyed = |number: u8| amal.with("Idempotency-Key", &format!("key-{number}"));
        let pair = keyed(1).post(&format!("{retro}/items"), json!({"kind": "go", "text": "Pair more often"})).is(201);
        let pair = pair.header("location").to_owned();
        keyed(2).patch(&pair, json!({"text": "Pair more often, please"})).is(200);
        let other = write(basma, &retro, "go", "Ask sooner");
        keyed(3).put(&format!("{pair}/votes/me"), json!(null)).is(204);
        keyed(4).delete(&format!("{pair}/votes/me")).is(204);
        vote(amal, &other).is(204);
        let gone = write(basma, &retro, "stop", "Gone again");
        fac.facilitator.delete(&gone).is(204);

        // The rows of items and votes alone know, until the retro closes.
        let ids = [&pair, &other].map(|path| path.rsplit('/').next().unwrap().to_owned());
        let raw = |id: &String| peerled::primitives::Id::parse(id).unwrap().raw().to_string();
        let words: Vec<String> = ids.iter().cloned().chain(ids.iter().map(raw)).chain(["Pair more".into(), "Ask sooner".into()]).collect();
        let tables = || -> Vec<String> {
            let told = world.everything().into_iter().filter(|row| words.iter().any(|word| row.contains(word)));
            let mut tables: Vec<String> = told.map(|row| row.split(':').next().unwrap().to_owned()).collect();
            tables.sort();
            tables.dedup();
            tables
        };
        assert_eq!(tables(), ["retro_items", "retro_votes"]);
        secret_to_organisers(&world, &fac, amal, "retro_item", "/v1/retro-items/{id}/votes/me");
        let told = follower.read(&world);
        assert!(told.iter().any(|change| change["kind"] == "retro.updated"), "{told:?}");
        for change in told.iter().filter(|change| change["kind"] == "retro.updated") {
            assert!(change["at"].as_str().unwrap().ends_with("T00:00:00Z"), "{change}");
            tells_no_moment(&change["id"]);
        }

        close(&fac.facilitator, &retro).is(201);
        assert_eq!(tables(), ["actions", "retro_items"]);
        let told = world.everything().into_iter().filter(|row| row.starts_with("retro_items:"));
        let authors = [&amal.id, &basma.id].map(raw);
        let items = fac.facilitator.get(&retro).is(200).json["items"].as_array().unwrap().clone();
        let versions: Vec<&serde_json::Value> = items.iter().map(|item| &item["version"]).collect();
        assert_eq!(versions, [3, 3], "which one was changed is not told");
        for row in told {
            assert!(!authors.iter().any(|author| row.contains(author)), "{row}");
        }
        for who in [amal, basma] {
            let export = who.get("/v1/me/export").is(200).json;
            assert_eq!((&export["retro_items"], &export["retro_votes"]), (&json!([]), &json!([])));
        }
    }

    fn the_same_words_are_one_item_so_that_they_can_be_sent_again(world: World) {
        let fac = world.fac(1, 2);
        let retro = open(&fac.students[0], &fac, 1, None);
        let body = json!({"kind": "go", "text": "Pair"});
        let path = format!("{retro}/items");
        let first = fac.students[0].post(&path, body.clone()).is(201);
        assert_eq!(fac.students[0].post(&path, body.clone()).is(201).json, first.json);
        fac.students[1].post(&path, body).is(201);
        assert_eq!(fac.students[0].get(&retro).is(200).json["items"].as_array().unwrap().len(), 2);
    }

    fn ids_of_items_do_not_tell_when_they_were_written(world: World) {
        let fac = world.fac(1, 1);
        let retro = open(&fac.students[0], &fac, 1, None);
        let made: Vec<String> = (0..12).map(|n| write(&fac.students[0], &retro, "go", &format!("Item {n}"))).collect();
        let mut sorted = made.clone();
        sorted.sort();
        assert_ne!(made, sorted);
        let listed = fac.students[0].get(&retro).is(200);
        let listed: Vec<String> = listed.json["items"].as_array().unwrap().iter().map(|item| format!("/v1/retro-items/{}", item["id"].as_str().unwrap())).collect();
        assert_eq!(listed, sorted);
    }
}
