//! What follows from a place, and what is left of those who got none.

use std::{collections::BTreeSet, time::Duration};

use serde_json::json;

use super::{Campus, GAZA, LONDON, NEXT, Year, text};
use crate::until;

/// What led nowhere.
const NOWHERE: [&str; 6] = ["draft", "withdrawn", "declined", "expired", "rejected", "deferred"];

impl Year {
    /// Those who have a place are the students, and nobody else.
    fn check_enrolled(&self, campus: &Campus, of: usize, status: &str) {
        let path = campus.of_cohort(&format!("/enrolments?status={status}&limit=100"));
        let enrolled = self.service.get(&campus.facilitator, &path).is(200);
        let found: BTreeSet<String> = enrolled.data().iter().map(|one| text(&one["person"]["id"])).collect();
        let accepted = self.ledgers[of].having("accepted").into_iter();
        assert_eq!(found, accepted.map(|who| self.applicants[who].id.clone()).collect());
    }

    pub fn begin_cohorts(&self) {
        self.go_to(14, 0, 8);
        for (of, campus) in [(LONDON, &self.london), (GAZA, &self.gaza)] {
            self.set_cohort(campus, "running");
            self.check_enrolled(campus, of, "enrolled");
        }
    }

    pub fn graduate(&self) {
        self.go_to(30, 0, 9);
        for (of, campus) in [(LONDON, &self.london), (GAZA, &self.gaza)] {
            self.set_cohort(campus, "graduated");
            self.check_enrolled(campus, of, "graduated");
        }
    }

    /// Half a year later nothing is left of applications that led nowhere, unless their writers agreed to it.
    pub fn forget(&mut self) {
        self.go_to(45, 0, 9);
        // While they are there the figures count them.
        let counts = self.ledgers[LONDON].counts();
        let path = self.london.of_cohort("/admission-figures");
        let before = self.service.get(&self.london.facilitator, &path).is(200);
        // Those from one to four are not told, nor the smallest of the others if there are such.
        let mut told = counts.clone();
        told.retain(|_, count| *count >= 5);
        if told.len() < counts.len() {
            let smallest = told.values().min().copied();
            told.retain(|_, count| Some(*count) != smallest);
        }
        assert_eq!(before.json["applications"], json!(told));
        self.let_time_pass();
        for of in [LONDON, GAZA, NEXT] {
            for status in NOWHERE {
                for who in self.ledgers[of].having(status) {
                    if of != LONDON || !self.plans.kept.contains(&who) {
                        self.ledgers[of].forget(who);
                    }
                }
            }
        }
        let staff = &self.london.organiser;
        let list = self.london.of_cohort("/applications?limit=100");
        let listed = self.ledgers[LONDON].counts().values().sum::<usize>();
        until(
            Duration::from_secs(60),
            |left: &usize| *left == listed,
            || self.service.get(staff, &list).is(200).data().len(),
        );
        self.check_ledgers();
    }
}
