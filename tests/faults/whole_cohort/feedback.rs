//! What team mates tell each other in a simulation: whoever is told something cannot tell by whom it is.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use peerled::{
    db::{Db, schema::peer_feedback},
    primitives::Id,
};
use rand::Rng as _;
use serde_json::{Value, json};

use super::{Cohort, checks::stored};
use crate::process::text;

/// So few givers say nothing about who of them wrote what.
const GIVERS: usize = 3;

/// Something that somebody told somebody.
struct Told {
    giver: String,
    receiver: String,
    is_anonymous: bool,
    /// The how manieth it was.
    turn: usize,
}

/// What was told, by its text, and what has been shown.
#[derive(Default)]
pub struct Feedback {
    told: BTreeMap<String, Told>,
    shown: BTreeSet<String>,
    /// How often people were shown something, and how often that came in the order in which it was given.
    batches: usize,
    in_order: usize,
}

impl Cohort {
    /// Most members of each team tell most of the others something, most of them without a name.
    pub fn feed_back(&mut self, week: i32) {
        for (team, members) in self.teams(week) {
            for giver in &members {
                for receiver in members.iter().filter(|member| *member != giver) {
                    let (gives, is_anonymous) = (self.rng.random_range(0..8) > 0, self.rng.random_range(0..8) > 0);
                    if !gives {
                        continue;
                    }
                    let words = format!("{:x}", self.rng.random::<u64>());
                    let body = json!({"text": words, "anonymous": is_anonymous});
                    let author = self.students.iter().find(|student| student.id == *giver).unwrap();
                    self.service
                        .put(author, &format!("/v1/teams/{team}/feedback/{receiver}"), body)
                        .is(200);
                    let told = Told {
                        giver: giver.clone(),
                        receiver: receiver.clone(),
                        is_anonymous,
                        turn: self.feedback.told.len(),
                    };
                    self.feedback.told.insert(words, told);
                }
            }
            let path = format!("/v1/teams/{team}/feedback");
            self.service.get(&self.facilitator, &path).is(403);
        }
        for number in 0..self.students.len() {
            let own = self
                .service
                .get(&self.students[number], "/v1/me/feedback?limit=100")
                .is(200);
            assert_eq!(own.json["page"]["has_more"], false);
            self.feedback.look(&self.students[number].id, own.data());
        }
    }

    /// Each is stored once, as it was given, and what was shown is what the database says.
    pub fn check_stored_feedback(&self, db: &Db) {
        let rows: Vec<(String, Id, Id, bool, Option<i32>)> = stored(db, |conn| {
            Ok(peer_feedback::table
                .select((
                    peer_feedback::text,
                    peer_feedback::giver_id,
                    peer_feedback::receiver_id,
                    peer_feedback::anonymous,
                    peer_feedback::batch,
                ))
                .load(conn)?)
        });
        assert_eq!(rows.len(), self.feedback.told.len());
        for (words, giver, receiver, is_anonymous, batch) in rows {
            let told = &self.feedback.told[&words];
            assert_eq!(
                (giver.to_string(), receiver.to_string()),
                (told.giver.clone(), told.receiver.clone())
            );
            assert_eq!(
                (is_anonymous, batch.is_some()),
                (told.is_anonymous, self.feedback.shown.contains(&words))
            );
        }
        let Feedback { batches, in_order, .. } = self.feedback;
        assert!(batches > 40, "{batches}");
        // By chance it is one of six, or less.
        assert!(
            in_order * 2 < batches,
            "{in_order} of {batches} came as they were given"
        );
        self.phone.knows_none("feedback");
    }
}

impl Feedback {
    /// Looks at all that somebody is shown.
    fn look(&mut self, receiver: &str, rows: &[Value]) {
        let mut came: Vec<(String, String)> = Vec::new();
        for row in rows {
            let words = text(&row["text"]);
            let told = &self.told[&words];
            assert_eq!(told.receiver, receiver, "{row} is for somebody else");
            let fields: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(
                BTreeSet::from_iter(fields),
                BTreeSet::from(["cohort_id", "from", "id", "released_on", "text"])
            );
            match told.is_anonymous {
                true => assert!(row["from"].is_null() && !row.to_string().contains(&told.giver), "{row}"),
                false => assert_eq!(row["from"]["id"], told.giver),
            }
            if self.shown.insert(words.clone()) {
                came.push((text(&row["id"]), words));
            }
        }
        if came.is_empty() {
            return;
        }
        let givers = |is_meant: fn(&Told) -> bool| {
            let told = came.iter().map(|(_, words)| &self.told[words]);
            told.filter(|told| is_meant(told))
                .map(|told| told.giver.clone())
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert!(
            givers(|_| true) >= GIVERS,
            "shown after too few had given some: {rows:?}"
        );
        let nameless = givers(|told| told.is_anonymous);
        assert!(
            nameless == 0 || nameless >= GIVERS,
            "{nameless} without a name: {rows:?}"
        );
        let mut by_id = came;
        by_id.sort();
        self.batches += 1;
        let turns = by_id.iter().map(|(_, words)| self.told[words].turn);
        self.in_order += usize::from(turns.is_sorted());
    }
}
