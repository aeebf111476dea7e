//! A client that only ever asks what has changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Person, Service};
use crate::process::text;

pub struct Phone {
    cursor: String,
    /// The ids of all that it was told of, by type.
    known: BTreeMap<String, BTreeSet<String>>,
    seen: BTreeSet<String>,
    /// All that it was told, in order.
    pub changes: Vec<Value>,
}

fn newest(service: &Service, owner: &Person) -> String {
    let first = service.get(owner, "/v1/changes").is(200);
    text(&first.json["page"]["next_cursor"])
}

impl Phone {
    pub fn new(service: &Service, owner: &Person) -> Self {
        Self {
            cursor: newest(service, owner),
            known: BTreeMap::new(),
            seen: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    pub fn read(&mut self, service: &Service, owner: &Person) {
        loop {
            let page = service.get(owner, &format!("/v1/changes?limit=100&cursor={}", self.cursor));
            // Whoever was away for so long begins anew.
            if page.status == 410 {
                self.cursor = newest(service, owner);
                return;
            }
            let page = page.is(200);
            for change in page.data() {
                assert!(self.seen.insert(text(&change["id"])), "told twice: {change}");
                let known = self.known.entry(text(&change["object"]["type"])).or_default();
                known.insert(text(&change["object"]["id"]));
                self.changes.push(change.clone());
            }
            self.cursor = text(&page.json["page"]["next_cursor"]);
            if page.json["page"]["has_more"] == false {
                return;
            }
        }
    }

    /// It knows of all of these.
    #[track_caller]
    pub fn knows<'a>(&self, kind: &str, made: impl IntoIterator<Item = &'a String>) {
        let known = self.known.get(kind).cloned().unwrap_or_default();
        let stepped_over: Vec<&String> = made.into_iter().filter(|id| !known.contains(*id)).collect();
        assert!(stepped_over.is_empty(), "{kind} without a change: {stepped_over:?}");
    }

    pub fn knows_none(&self, kind: &str) {
        assert_eq!(self.known.get(kind), None, "{kind} is not for everybody");
    }
}
