//! What should have become of each application to a cohort, by the rules alone.

use std::collections::BTreeMap;

use super::{Person, Service, text};

/// The book of a cohort: who is where on their way, who waits, and for how many there is room.
pub struct Ledger {
    /// The cohort's path.
    pub path: String,
    places: usize,
    /// Whether places that become free still go to those who wait.
    pub is_open: bool,
    /// The application of each who has one.
    pub ids: BTreeMap<usize, String>,
    status: BTreeMap<usize, &'static str>,
    /// In their order.
    waiting: Vec<usize>,
}

impl Ledger {
    pub fn new(cohort: &str, places: usize) -> Self {
        Self {
            path: format!("/v1/cohorts/{cohort}"),
            places,
            is_open: true,
            ids: BTreeMap::new(),
            status: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// The application of somebody, with what comes behind.
    pub fn application(&self, who: usize, rest: &str) -> String {
        format!("/v1/applications/{}{rest}", self.ids[&who])
    }

    /// Whose an application is.
    pub fn whose(&self, id: &str) -> usize {
        *self.ids.iter().find(|(_, one)| *one == id).unwrap().0
    }

    pub fn of(&self, who: usize) -> Option<&'static str> {
        self.status.get(&who).copied()
    }

    pub fn having(&self, status: &str) -> Vec<usize> {
        let all = self.status.iter().filter(|(_, is)| **is == status);
        all.map(|(who, _)| *who).collect()
    }

    /// Everybody of whom there is an application.
    pub fn all(&self) -> Vec<usize> {
        self.status.keys().copied().collect()
    }

    pub fn waiting(&self) -> &[usize] {
        &self.waiting
    }

    fn held(&self) -> usize {
        self.having("offered").len() + self.having("accepted").len()
    }

    /// Somebody is this now. What becomes free goes to whoever is next.
    pub fn set(&mut self, who: usize, status: &'static str) {
        self.waiting.retain(|one| *one != who);
        self.status.insert(who, status);
        if status == "waitlisted" {
            self.waiting.push(who);
        }
        while self.is_open && self.held() < self.places && !self.waiting.is_empty() {
            let next = self.waiting.remove(0);
            self.status.insert(next, "offered");
        }
    }

    /// Somebody is given a place, or one at the end of the list.
    pub fn give(&mut self, who: usize) {
        let is_free = self.held() < self.places && self.waiting.is_empty();
        self.set(who, if is_free { "offered" } else { "waitlisted" });
    }

    /// Somebody has taken a place elsewhere.
    pub fn leave(&mut self, who: usize) {
        match self.of(who) {
            Some("offered") => self.set(who, "declined"),
            Some("draft" | "submitted" | "waitlisted") => self.set(who, "withdrawn"),
            _ => {}
        }
    }

    /// Those of whom nothing is left.
    pub fn forget(&mut self, who: usize) {
        self.status.remove(&who);
    }

    /// How many are where, as staff know of it.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for status in self.status.values().filter(|status| **status != "draft") {
            *counts.entry((*status).to_owned()).or_default() += 1;
        }
        counts
    }

    /// The service says the same, to the staff and to those who wait.
    #[track_caller]
    pub fn check(&self, service: &Service, staff: &Person, applicants: &[Person]) {
        let listed = service
            .get(staff, &format!("{}/applications?limit=100", self.path))
            .is(200);
        assert_eq!(listed.json["page"]["has_more"], false);
        let found = listed.data().iter();
        let found: BTreeMap<usize, String> = found
            .map(|one| (self.whose(&text(&one["id"])), text(&one["status"])))
            .collect();
        let known = self.status.iter().filter(|(_, status)| **status != "draft");
        let known: BTreeMap<usize, String> = known.map(|(who, status)| (*who, (*status).to_owned())).collect();
        assert_eq!(found, known);
        let held = found
            .values()
            .filter(|is| ["offered", "accepted"].contains(&is.as_str()));
        assert!(held.count() <= self.places, "more places are given than there are");
        for (place, who) in self.waiting.iter().enumerate() {
            let own = service.get(&applicants[*who], &self.application(*who, "")).is(200);
            let place = serde_json::json!({"position": place + 1, "length": self.waiting.len()});
            assert_eq!(own.json["waiting"], place);
        }
    }
}
