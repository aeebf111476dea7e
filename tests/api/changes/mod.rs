//! What has changed that somebody may see.

mod access;
mod list;
mod parallel;
pub mod samples;
mod stream;

use peerled::{
    changes::{Bookmark, Cursors},
    primitives::{Id, Instant},
};
use serde_json::Value;

use crate::harness::{Answer, Client, User, World};

/// The kinds of changes, with the id of what they are about.
fn kinds(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let kind = |change: &Value| (text(&change["kind"]), text(&change["object"]["id"]));
    answer.data().iter().map(kind).collect()
}

fn next(answer: &Answer) -> String {
    answer.json["page"]["next_cursor"].as_str().unwrap().to_owned()
}

/// A cursor of theirs from another time, in place of one that they were given.
fn forged(world: &World, who: &User, given: &str, position: i64, at: Instant) -> String {
    let (of_list, person) = (given.get(given.len() - 8..).unwrap(), Id::parse(&who.id).unwrap());
    let bookmark = Bookmark {
        position,
        at,
        accesses: Vec::new(),
    };
    let cursors = Cursors::of(&world.state.vault, person, None).unwrap();
    format!("{}{of_list}", cursors.seal(&bookmark).unwrap())
}

/// Somebody who follows what changes.
#[derive(Clone)]
pub struct Follower {
    who: Client,
    cursor: String,
}

impl Follower {
    /// From now on.
    pub fn begin(world: &World, who: &Client) -> Self {
        world.hand_out();
        let first = who.get("/v1/changes").is(200);
        assert!(first.data().is_empty(), "{}", first.text);
        Self {
            who: who.clone(),
            cursor: next(&first),
        }
    }

    /// What is new, all of it.
    pub fn read(&mut self, world: &World) -> Vec<Value> {
        world.hand_out();
        let mut all = Vec::new();
        loop {
            let page = self
                .who
                .get(&format!("/v1/changes?limit=3&cursor={}", self.cursor))
                .is(200);
            self.cursor = next(&page);
            all.extend(page.data().clone());
            if page.json["page"]["has_more"] == false {
                return all;
            }
        }
    }

    /// Its kinds.
    pub fn kinds(&mut self, world: &World) -> Vec<String> {
        let kind = |change: &Value| change["kind"].as_str().unwrap().to_owned();
        self.read(world).iter().map(kind).collect()
    }
}
