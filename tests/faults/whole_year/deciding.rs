//! Deciding: the ranking, a round, offers that are answered in all ways at once, and the waiting list.

use std::{collections::BTreeSet, time::Duration};

use peerled::primitives::Instant;
use serde_json::{Value, json};

use super::{
    GAZA, LONDON, NEXT, Year,
    applying::{APPLICANTS, BOTH},
    reading::FARID,
    text,
};
use crate::{until, whole_cohort::asking::Answer};

/// How many wait after the round.
const WAITLIST: usize = 20;

impl Year {
    /// The ranking is what was published: evidence, then the panel and the points of an answer, then who handed in first.
    fn ranking(&self) -> Vec<usize> {
        let path = self.london.of_cohort("/admission-ranking");
        let ranked = self.service.get(&self.london.organiser, &path).is(200);
        assert!(!ranked.text.contains("nobody") && !ranked.text.contains("average"));
        let found = ranked.data().iter().map(|one| {
            let who = self.ledgers[LONDON].whose(&text(&one["application_id"]));
            let lacks = self.plans.lacking.contains(&who);
            assert_eq!(one["evidence_met"], json!(!lacks), "{one}");
            let points = if self.plans.first_to_study.contains(&who) {
                10
            } else {
                0
            };
            let worth = self.panel.worth(who) + 60 * points;
            (lacks, -worth, Instant::parse(&text(&one["submitted_at"])).unwrap(), who)
        });
        let found: Vec<_> = found.collect();
        assert!(found.is_sorted(), "{found:?}");
        let found: Vec<usize> = found.into_iter().map(|(.., who)| who).collect();
        let all: BTreeSet<usize> = self.ledgers[LONDON].having("submitted").into_iter().collect();
        assert_eq!(found.iter().copied().collect::<BTreeSet<_>>(), all);
        found
    }

    pub fn rank(&mut self) {
        self.go_to(9, 0, 9);
        let ranked = self.ranking();
        // Whoever stood aside does not see how those are ranked.
        let path = self.london.of_cohort("/admission-ranking");
        let seen = self.service.get(self.reader(FARID), &path).is(200);
        let aside = self
            .panel
            .recused
            .iter()
            .filter(|(reader, who)| *reader == FARID && ranked.contains(who));
        assert_eq!(seen.data().len(), ranked.len() - aside.count());
        let rounds = self.london.of_cohort("/admission-rounds");
        let round = |dry_run: bool| json!({"waitlist": WAITLIST, "reject_others": true, "dry_run": dry_run});
        let tried = self.service.post(&self.london.organiser, &rounds, round(true)).is(200);
        self.check_ledgers();
        let decided = self.service.post(&self.london.organiser, &rounds, round(false)).is(201);
        // Before it is decided, whoever reads blindly sees no names.
        let without_names = |answer: &Answer| -> Vec<Value> {
            let mut all = answer.data().to_vec();
            for one in &mut all {
                one.as_object_mut().unwrap().remove("person");
            }
            all
        };
        assert_eq!(without_names(&decided), without_names(&tried));
        let (could, lack): (Vec<usize>, Vec<usize>) =
            ranked.into_iter().partition(|who| !self.plans.lacking.contains(who));
        let best = could.len().min(super::opening::PLACES + WAITLIST);
        for who in &could[..best] {
            self.ledgers[LONDON].give(*who);
        }
        for who in could[best..].iter().chain(&lack) {
            self.ledgers[LONDON].set(*who, "rejected");
        }
        self.check_ledgers();
        let first = self.ledgers[LONDON].waiting()[0];
        self.decide(first, LONDON, "offered").is(409);
        self.check_ledgers();
        self.check_letters();
    }

    /// Everybody is written what was decided.
    fn check_letters(&self) {
        let decided = ["offered", "waitlisted", "rejected"].map(|status| self.ledgers[LONDON].having(status).len());
        let subjects = [
            "A place in FAC 21 is yours if you want it",
            "You are on the waiting list of FAC 21",
            "About your application to FAC 21",
        ];
        let written = || {
            let letters = self.service.letters();
            let about = |subject: &str| letters.iter().filter(|letter| letter.contains(subject)).count();
            subjects.map(|subject| about(&format!("Subject: {subject}\r\n")))
        };
        until(
            Duration::from_secs(60),
            |written: &[usize; 3]| *written == decided,
            written,
        );
    }

    fn decide(&self, who: usize, of: usize, decision: &str) -> Answer {
        let campus = if of == GAZA { &self.gaza } else { &self.london };
        let path = self.ledgers[of].application(who, "/decision");
        self.service
            .put(&campus.organiser, &path, json!({ "status": decision }))
    }

    /// In Gaza it is decided about one after the other. Everybody is told until when they answer.
    pub fn offer(&mut self) {
        let [_, _, waits, _] = BOTH;
        let [first, second, third] = [APPLICANTS, APPLICANTS + 1, APPLICANTS + 2];
        for (of, who) in [
            (GAZA, BOTH[0]),
            (GAZA, BOTH[1]),
            (GAZA, first),
            (GAZA, waits),
            (GAZA, second),
        ] {
            self.decide(who, of, "offered").is(200);
            self.ledgers[of].give(who);
        }
        self.decide(third, GAZA, "waitlisted").is(200);
        self.ledgers[GAZA].set(third, "waitlisted");
        self.check_ledgers();
        // Five working days: Friday and Saturday are none in Gaza.
        for (of, campus) in [(LONDON, &self.london), (GAZA, &self.gaza)] {
            let by = self.at(campus, 10, 1, 0).to_string();
            for who in self.ledgers[of].having("offered") {
                let own = self
                    .service
                    .get(&self.applicants[who], &self.ledgers[of].application(who, ""))
                    .is(200);
                assert_eq!(own.json["reply_by"], json!(by));
                assert!(own.json.get("precourse").is_none());
            }
        }
    }

    fn reply(&self, who: usize, of: usize, reply: &str) -> Answer {
        let path = self.ledgers[of].application(who, &format!("/{reply}"));
        self.service.put(&self.applicants[who], &path, Value::Null)
    }

    /// Somebody has taken a place, and with it left all other applications.
    fn accepted(&mut self, who: usize, of: usize) {
        self.ledgers[of].set(who, "accepted");
        for other in (0..self.ledgers.len()).filter(|other| *other != of) {
            self.ledgers[other].leave(who);
        }
    }

    /// Those who have an offer accept it, one after the other.
    fn accept_all(&mut self, of: usize) {
        for who in self.ledgers[of].having("offered") {
            let accepted = self.reply(who, of, "acceptance").is(200);
            assert_eq!(accepted.json["status"], "accepted");
            self.accepted(who, of);
        }
        self.check_ledgers();
    }

    /// All at once: places are taken and declined, people leave the waiting list, and two have an offer at both campuses and
    /// take both.
    pub fn answer(&mut self) {
        self.go_to(9, 2, 12);
        let offered = self.ledgers[LONDON].having("offered").into_iter();
        let others: Vec<usize> = offered.filter(|who| !BOTH.contains(who)).collect();
        let others = self.draw(&others, others.len());
        let (deferred, others) = (others[0], &others[1..]);
        // The last two let their offers run out.
        let (declining, accepting) = (&others[..3], &others[3..others.len() - 2]);
        let waiting = self.ledgers[LONDON].waiting().to_vec();
        let leaving = [waiting[0], waiting[4], waiting[5]];
        let both = [BOTH[0], BOTH[1]];
        let took: Vec<[u16; 2]> = std::thread::scope(|scope| {
            let year = &*self;
            for who in accepting {
                scope.spawn(move || year.reply(*who, LONDON, "acceptance").is(200));
            }
            for who in declining {
                scope.spawn(move || year.reply(*who, LONDON, "refusal").is(200));
            }
            for who in leaving {
                scope.spawn(move || year.reply(who, LONDON, "withdrawal").is(200));
            }
            let take = |who| [LONDON, GAZA].map(|of| scope.spawn(move || year.reply(who, of, "acceptance").status));
            let took = both.map(take);
            took.into_iter()
                .map(|both| both.map(|one| one.join().unwrap()))
                .collect()
        });
        for who in leaving {
            self.ledgers[LONDON].set(who, "withdrawn");
        }
        for who in declining {
            self.ledgers[LONDON].set(*who, "declined");
        }
        for who in accepting {
            self.accepted(*who, LONDON);
        }
        for (who, took) in both.into_iter().zip(took) {
            let of = match took {
                [200, 409] => LONDON,
                [409, 200] => GAZA,
                other => panic!("both offers were accepted, or none: {other:?}"),
            };
            self.accepted(who, of);
        }
        self.check_ledgers();
        let own = self.reply(accepting[0], LONDON, "acceptance").is(200);
        assert_eq!(own.json["precourse"], "Finish the first two chapters.");
        self.defer(deferred);
        self.accept_all(NEXT);
        self.run_out_in_gaza();
    }

    /// Somebody with an offer goes on in the next cohort.
    fn defer(&mut self, who: usize) {
        let path = self.ledgers[LONDON].application(who, "/deferral");
        let to = self.ledgers[NEXT].path.rsplit('/').next().unwrap();
        let deferred = self
            .service
            .put(&self.london.organiser, &path, json!({"cohort_id": to}))
            .is(200);
        let id = text(&deferred.json["deferred_to"]);
        self.ledgers[LONDON].set(who, "deferred");
        self.ledgers[NEXT].ids.insert(who, id);
        self.ledgers[NEXT].give(who);
        self.check_ledgers();
    }

    /// The list of Gaza closes on its Thursday: a place that becomes free on the day after goes to nobody.
    fn run_out_in_gaza(&mut self) {
        let first = APPLICANTS;
        let promoted = self.ledgers[GAZA]
            .having("offered")
            .into_iter()
            .filter(|who| *who != first);
        for who in promoted.collect::<Vec<_>>() {
            self.reply(who, GAZA, "acceptance").is(200);
            self.accepted(who, GAZA);
        }
        self.go_to(9, 4, 12);
        self.ledgers[GAZA].is_open = false;
        self.reply(first, GAZA, "refusal").is(200);
        self.ledgers[GAZA].set(first, "declined");
        assert!(!self.ledgers[GAZA].waiting().is_empty() && !self.ledgers[GAZA].having("accepted").is_empty());
        self.check_ledgers();
    }

    /// Offers run out, places are given up, and each goes to whoever is next, until the list closes.
    pub fn fill_up(&mut self) {
        self.go_to(10, 1, 12);
        let promoted = self.at(&self.london, 10, 3, 0).to_string();
        let (late, promoted): (Vec<usize>, Vec<usize>) =
            self.ledgers[LONDON].having("offered").into_iter().partition(|who| {
                let path = self.ledgers[LONDON].application(*who, "");
                let own = self.service.get(&self.applicants[*who], &path).is(200);
                own.json["status"] != "offered" || own.json["reply_by"] != json!(promoted)
            });
        assert_eq!(late.len(), 2);
        // It is over when it is over, whether or not anybody has noted it.
        for who in &late {
            self.reply(*who, LONDON, "acceptance").is(409);
        }
        self.let_time_pass();
        for who in &late {
            let subject = "The offer of a place in FAC 21 has run out".to_owned();
            let told = |subjects: &Vec<String>| subjects.contains(&subject);
            until(Duration::from_secs(30), told, || self.subjects(&self.applicants[*who]));
            self.ledgers[LONDON].set(*who, "expired");
        }
        self.check_ledgers();
        self.reply(promoted[0], LONDON, "refusal").is(200);
        self.ledgers[LONDON].set(promoted[0], "declined");
        while !self.ledgers[LONDON].having("offered").is_empty() {
            self.accept_all(LONDON);
        }
        // Two give their places up again, at once.
        self.go_to(13, 0, 9);
        let leaving = self.ledgers[LONDON].having("accepted");
        let leaving = self.draw(&leaving, 2);
        std::thread::scope(|scope| {
            for who in &leaving {
                scope.spawn(|| self.reply(*who, LONDON, "withdrawal").is(200));
            }
        });
        for who in leaving {
            self.ledgers[LONDON].set(who, "withdrawn");
        }
        self.check_ledgers();
        self.accept_all(LONDON);
        self.go_to(13, 5, 9);
        self.ledgers[LONDON].is_open = false;
        for of in [LONDON, GAZA] {
            for who in self.ledgers[of].waiting().to_vec() {
                self.decide(who, of, "rejected").is(200);
                self.ledgers[of].set(who, "rejected");
            }
        }
        assert_eq!(self.ledgers[LONDON].having("accepted").len(), super::opening::PLACES);
        self.check_ledgers();
    }
}
