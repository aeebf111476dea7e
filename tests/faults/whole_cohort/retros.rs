//! Retros of a simulation: what is written, what is voted for, and that what people want to do about it goes on until it
//! is done.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use peerled::db::{
    Db,
    schema::{actions, retro_items, retro_votes},
};
use peerled::primitives::Id;
use rand::Rng as _;
use serde_json::{Value, json};

use super::{
    Cohort,
    checks::{ids, stored},
};

const KINDS: [&str; 3] = ["stop", "go", "continue"];

/// What was decided, and what became of it.
#[derive(Default)]
pub struct Actions {
    /// Where each stands, and which student looks after it.
    kept: BTreeMap<String, (&'static str, Option<String>)>,
    retros: Vec<String>,
    /// Actions that an earlier retro made and a later one was shown.
    carried: BTreeSet<String>,
}

impl Actions {
    fn open(&self, is_meant: impl Fn(Option<&String>) -> bool) -> BTreeSet<String> {
        let open = self
            .kept
            .iter()
            .filter(|(_, (status, owner))| *status == "open" && is_meant(owner.as_ref()));
        open.map(|(id, _)| id.clone()).collect()
    }
}

fn set(ids: Vec<String>) -> BTreeSet<String> {
    ids.into_iter().collect()
}

impl Cohort {
    /// Each team has its retro, and then the cohort.
    pub fn retros(&mut self, week: i32) {
        for (team, members) in self.teams(week) {
            let of_team = |number: &usize| members.contains(&self.students[*number].id);
            let people: Vec<usize> = (0..self.students.len()).filter(of_team).collect();
            self.hold(week, Some(&team), &people);
        }
        let staying: Vec<usize> = (0..self.students.len())
            .filter(|number| self.is_there(*number, week))
            .collect();
        let people = self.draw(&staying, 5);
        self.hold(week, None, &people);
        self.act(week);
    }

    fn hold(&mut self, week: i32, team: Option<&str>, people: &[usize]) {
        let own: Vec<String> = people.iter().map(|number| self.students[*number].id.clone()).collect();
        let scope = if team.is_some() { "team" } else { "cohort" };
        let texts: Vec<String> = (0..6).map(|_| format!("{:x}", self.rng.random::<u64>())).collect();
        let opener = &self.students[people[0]];
        let path = self.path(&format!("/weeks/{week}/retros"));
        let retro = self
            .service
            .post(opener, &path, json!({"scope": scope, "team_id": team}))
            .is(201);
        let carried = set(ids(retro.json["carried_over"].as_array().unwrap()));
        let is_own = |owner: Option<&String>| team.is_none() || owner.is_some_and(|owner| own.contains(owner));
        let mut open = self.actions.open(is_own);
        // Those of somebody who has left come back to whoever was in the team with them.
        let left = retro.json["carried_over"].as_array().unwrap().iter();
        let left = set(ids(&left
            .filter(|action| action["owner_left"] == true)
            .cloned()
            .collect::<Vec<_>>()));
        assert!(left.is_subset(&self.actions.open(|_| true)), "what comes back is open");
        open.extend(left);
        assert_eq!(carried, open, "what is open comes back in each next retro");
        self.actions.carried.extend(carried);
        let id = retro.id();
        self.write_and_vote(&texts, &id, team.is_some(), people);
        let closed = self
            .service
            .post(opener, &format!("/v1/retros/{id}/closing"), Value::Null)
            .is(201);
        assert!(closed.data().len() <= 3, "{}", closed.json);
        for action in ids(closed.data()) {
            let owner = self.draw(&own, 1).remove(0);
            let change = json!({ "owner_id": owner });
            let path = format!("/v1/actions/{action}");
            self.service.patch(&self.students[people[0]], &path, change).is(200);
            self.actions.kept.insert(action, ("open", Some(owner)));
        }
        let after = self
            .service
            .get(&self.students[people[0]], &format!("/v1/retros/{id}"))
            .is(200);
        for item in after.json["items"].as_array().unwrap() {
            assert!(item["mine"].is_null() && item["voted"].is_null(), "{item}");
        }
        self.actions.retros.push(id);
    }

    /// Everybody writes; then some send more votes than they have, all at once.
    fn write_and_vote(&self, texts: &[String], retro: &str, of_team: bool, people: &[usize]) {
        let path = format!("/v1/retros/{retro}/items");
        let mut items: Vec<(usize, String)> = Vec::new();
        // Two of each kind.
        for (number, text) in texts.iter().enumerate() {
            let item = json!({"kind": KINDS[number % 3], "text": text});
            let author = &self.students[people[number % people.len()]];
            items.push((number % 3, self.service.post(author, &path, item).is(201).id()));
        }
        for voter in people.iter().take(if of_team { 1 } else { 2 }) {
            let voter = &self.students[*voter];
            let given: Vec<usize> = std::thread::scope(|scope| {
                let votes = items.iter().map(|(kind, item)| {
                    let (service, path) = (&self.service, format!("/v1/retro-items/{item}/votes/me"));
                    scope.spawn(move || (*kind, service.put(voter, &path, Value::Null).status))
                });
                let votes: Vec<_> = votes.collect();
                let votes = votes.into_iter().map(|vote| vote.join().unwrap());
                votes
                    .filter(|(_, status)| *status == 204)
                    .map(|(kind, _)| kind)
                    .collect()
            });
            assert_eq!(given.len(), 3, "three votes each");
            if !of_team {
                assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 3, "one on each kind");
            }
        }
    }

    /// Whoever has left leaves what is open to nobody, and it stays.
    pub fn check_left(&self, person: &str) {
        for action in self.actions.open(|owner| owner.is_some_and(|owner| owner == person)) {
            let shown = self
                .service
                .get(&self.facilitator, &format!("/v1/actions/{action}"))
                .is(200);
            assert!(
                shown.json["owner"].is_null() && shown.json["owner_left"] == true,
                "{}",
                shown.json
            );
        }
    }

    /// Some of what is open is done by whoever looks after it, and some given up.
    fn act(&mut self, week: i32) {
        for action in self.actions.open(|_| true) {
            let (status, note) = match self.rng.random_range(0..6) {
                0 | 1 => ("done", None),
                2 => ("dropped", Some("Not worth it.")),
                _ => continue,
            };
            let owner = self.actions.kept[&action].1.clone();
            let mut staying = (0..self.students.len()).filter(|number| self.is_there(*number, week));
            let owner = staying.find(|number| Some(&self.students[*number].id) == owner.as_ref());
            let owner = owner.map(|number| &self.students[number]);
            let actor = owner.unwrap_or(&self.facilitator);
            let change = json!({"status": status, "note": note});
            self.service
                .patch(actor, &format!("/v1/actions/{action}"), change)
                .is(200);
            self.actions.kept.get_mut(&action).unwrap().0 = status;
        }
    }

    /// What a student sees in their week of what is still to be done.
    pub fn check_open_actions(&self, number: usize, own_week: &Value) {
        let shown = set(ids(own_week["open_actions"].as_array().unwrap()));
        let id = &self.students[number].id;
        let own = self.actions.open(|owner| owner == Some(id));
        assert!(own.is_subset(&shown), "{own:?} in {own_week}");
    }

    pub fn check_actions(&self) {
        self.phone.knows("action", self.actions.kept.keys());
        self.phone.knows("retro", &self.actions.retros);
        self.phone.knows_none("retro_vote");
    }

    /// No action has vanished, each stands where people left it, and nobody can tell any more who wrote what.
    pub fn check_stored_actions(&self, db: &Db) {
        let rows: Vec<(Id, String, Option<Id>)> = stored(db, |conn| {
            Ok(actions::table
                .select((actions::id, actions::status, actions::owner_id))
                .load(conn)?)
        });
        let rows = rows
            .into_iter()
            .map(|(id, status, owner)| (id.to_string(), (status, owner.map(|owner| owner.to_string()))));
        let found: BTreeMap<String, (String, Option<String>)> = rows.collect();
        let kept = self.actions.kept.iter();
        let kept = kept.map(|(id, (status, owner))| (id.clone(), ((*status).to_owned(), owner.clone())));
        assert_eq!(found, kept.collect());
        let statuses: BTreeSet<&str> = self.actions.kept.values().map(|(status, _)| *status).collect();
        assert_eq!(
            statuses.len(),
            3,
            "some were done, some given up, some are open: {statuses:?}"
        );
        assert!(!self.actions.carried.is_empty());
        let authors: Vec<Option<Id>> = stored(db, |conn| {
            Ok(retro_items::table.select(retro_items::author_id).load(conn)?)
        });
        assert!(!authors.is_empty() && authors.iter().all(Option::is_none));
        assert_eq!(
            stored(db, |conn| Ok(retro_votes::table.count().get_result::<i64>(conn)?)),
            0
        );
    }
}
