//! The secret vote of the cohort on what it builds, counted again by what everybody can read.

use std::collections::{BTreeMap, BTreeSet};

use peerled::primitives::Secret;
use rand::{Rng as _, seq::SliceRandom};
use serde_json::{Value, json};

use super::{Year, clients::WITHDRAWING, text};

const WINNERS: usize = 5;

/// Counts votes as it is described: what is chosen.
fn recount(ballot: &Value) -> BTreeSet<String> {
    let seed = text(&ballot["seed"]);
    assert_eq!(json!(Secret::hash(&seed)), ballot["commitment"]);
    let list = |value: &Value| value.as_array().unwrap().iter().map(text).collect::<Vec<String>>();
    let votes: Vec<Vec<String>> = ballot["result"]["votes"].as_array().unwrap().iter().map(list).collect();
    let candidates = ballot["candidates"].as_array().unwrap().iter();
    let mut left: BTreeSet<String> = candidates.map(|one| text(&one["client_id"])).collect();
    for out in list(&ballot["result"]["left_out"]) {
        left.remove(&out);
    }
    while left.len() > WINNERS {
        let mut counts: BTreeMap<&String, usize> = left.iter().map(|id| (id, 0)).collect();
        for best in votes
            .iter()
            .filter_map(|vote| vote.iter().find(|id| left.contains(*id)))
        {
            *counts.get_mut(best).unwrap() += 1;
        }
        let fewest = *counts.values().min().unwrap();
        let last = counts.iter().filter(|(_, count)| **count == fewest);
        let out = last
            .map(|(id, _)| (*id).clone())
            .max_by_key(|id| Secret::hash(&format!("{seed}:{id}")));
        left.remove(&out.unwrap());
    }
    left
}

impl Year {
    /// Who was researched for is put up; a product is withdrawn while the cohort votes, all at once and some twice.
    pub fn vote(&mut self) {
        self.go_to(17, 0, 10);
        let staff = &self.london.facilitator;
        let ready = self.clients.having("research_received");
        for number in &ready {
            let product = self
                .london
                .of_cohort(&format!("/products/{}", self.clients.london[*number].id()));
            self.service
                .put(staff, &product, json!({"summary": "Shifts on phones."}))
                .is(200);
        }
        let ballots = self.london.of_cohort("/product-ballots");
        let opened = self
            .service
            .post(staff, &ballots, json!({ "winners": WINNERS }))
            .is(201);
        assert!(opened.json["seed"].is_null());
        self.clients.ballot = format!("/v1/product-ballots/{}", opened.id());
        let mine = format!("{}/votes/me", self.clients.ballot);
        let rankings: Vec<Vec<usize>> = (0..self.students().len())
            .map(|_| {
                let mut ranked = ready.clone();
                ranked.shuffle(&mut self.rng);
                ranked.truncate(self.rng.random_range(1..=4));
                ranked
            })
            .collect();
        let sent: Vec<Value> = rankings
            .iter()
            .map(|ranked| {
                json!(
                    ranked
                        .iter()
                        .map(|at| self.clients.london[*at].id())
                        .collect::<Vec<_>>()
                )
            })
            .collect();
        // The last one does not vote; the first changes their mind.
        let voters = &self.students()[..sent.len() - 1];
        let first = json!({ "ranked": sent[1] });
        self.service.put(voters[0], &mine, first).is(204);
        std::thread::scope(|scope| {
            for (voter, ranked) in voters.iter().zip(&sent) {
                let (service, mine) = (&self.service, &mine);
                scope.spawn(move || service.put(voter, mine, json!({ "ranked": ranked })).is(204));
            }
        });
        for staff in [&self.london.organiser, staff] {
            let seen = self.service.get(staff, &self.clients.ballot).is(200).json;
            assert_eq!((&seen["voted"], &seen["result"]), (&json!(voters.len()), &Value::Null));
            self.service.get(staff, &mine).is(403);
        }
        let (organiser, trail) = (&self.london.organiser, self.london.path("/audit-entries?limit=100"));
        assert!(
            !self
                .service
                .get(organiser, &trail)
                .is(200)
                .text
                .contains("vote_for_products")
        );

        self.go_to(17, 2, 10);
        let client = &self.clients.london[WITHDRAWING];
        self.take(&client.owner, client, "withdrawn").is(200);
        self.go_to(17, 4, 10);
        let end = format!("{}/status", self.clients.ballot);
        self.service
            .put(&self.london.facilitator, &end, json!({"status": "closed"}))
            .is(200);
        let seen = self.service.get(self.students()[0], &self.clients.ballot).is(200).json;
        assert_eq!(
            seen["commitment"], opened.json["commitment"],
            "committed to before the first vote"
        );
        assert_eq!(seen["result"]["left_out"], json!([client.id()]));
        let sorted = |votes: &[Value]| {
            let mut votes: Vec<String> = votes.iter().map(ToString::to_string).collect();
            votes.sort();
            votes
        };
        let published = seen["result"]["votes"].as_array().unwrap();
        assert_eq!(sorted(published), sorted(&sent[..sent.len() - 1]));
        // In an order that tells nothing of who gave which.
        let ids = |vote: &Value| vote.as_array().unwrap().iter().map(text).collect::<Vec<_>>();
        assert!(published.is_sorted_by_key(ids), "{published:?}");
        self.service.get(self.students()[0], &mine).is(404);
        let chosen: BTreeSet<String> = seen["result"]["chosen"].as_array().unwrap().iter().map(text).collect();
        assert_eq!(chosen, recount(&seen));
        self.clients.london[WITHDRAWING].status = "withdrawn";
        self.check_clients();
    }
}
