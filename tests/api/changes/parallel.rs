//! Many who write at once, and one who reads meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use serde_json::{Value, json};

use super::Follower;
use crate::{harness::World, on_every_database};

const WRITERS: usize = 6;
const UPDATES: i32 = 12;

on_every_database! {
    fn what_many_write_at_once_is_read_once_and_in_order(world: World) {
        let fac = world.coming_fac(1, 2);
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let [mut meanwhile, mut afterwards] = [0, 1].map(|at| Follower::begin(&world, &fac.students[at]));
        // Each writer makes a slot, changes it so many times, and removes it.
        let write = || {
            let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
            let id = fac.facilitator.post(&slots, slot).is(201).id();
            let path = format!("/v1/mentor-slots/{id}");
            for capacity in 2..2 + UPDATES {
                fac.facilitator.patch(&path, json!({ "capacity": capacity })).is(200);
            }
            fac.facilitator.delete(&path).is(204);
            id
        };
        let (written, read) = thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(write)).collect();
            let mut read = Vec::new();
            loop {
                let are_done = writers.iter().all(|writer| writer.is_finished());
                read.extend(meanwhile.read(&world));
                if are_done {
                    break;
                }
            }
            let written: BTreeSet<String> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
            (written, read)
        });
        let ids: BTreeSet<&str> = read.iter().map(|change| change["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), read.len(), "nothing is read twice");
        let mut of_each: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for change in &read {
            let id = change["object"]["id"].as_str().unwrap().to_owned();
            of_each.entry(id).or_default().push(change["kind"].as_str().unwrap());
        }
        let updates = (0..UPDATES).map(|_| "mentor_slot.updated");
        let expected: Vec<&str> = ["mentor_slot.created"].into_iter().chain(updates).chain(["mentor_slot.deleted"]).collect();
        assert_eq!(of_each.keys().collect::<Vec<_>>(), written.iter().collect::<Vec<_>>());
        for (id, kinds) in &of_each {
            assert_eq!(kinds, &expected, "{id}");
        }
        // Whoever reads afterwards finds the same in the same order.
        let own_order = |changes: &[Value]| -> Vec<Value> { changes.iter().map(|change| change["id"].clone()).collect() };
        assert_eq!(own_order(&afterwards.read(&world)), own_order(&read));
        assert!(meanwhile.read(&world).is_empty());
    }
}
