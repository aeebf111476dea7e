//! Applying: who is interested, drafts, handing in at the last moment and after it, evidence, and withdrawing.

use std::time::Duration;

use rand::{Rng as _, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{GAZA, LONDON, NEXT, Year, opening::FEW_PLACES, opening::PLACES};
use crate::until;

/// In London.
pub const APPLICANTS: usize = 90;
/// In Gaza alone.
pub const GAZAN: usize = 3;

/// Who applies in both places: the first two are the best, the last one hands in when Gaza has closed and London has not.
pub const BOTH: [usize; 4] = [3, 4, 5, 6];

/// What applicants do, by their numbers.
pub struct Plans {
    interested: Vec<usize>,
    /// Who never hands in.
    unfinished: Vec<usize>,
    /// Who hands in once it is closed.
    late: Vec<usize>,
    /// Who hands in within the last minute.
    last: Vec<usize>,
    /// Who lacks the points that are asked for, in pairs: each in a way of its own.
    pub lacking: Vec<usize>,
    /// Who says less than the staff have seen in time.
    checked: usize,
    /// Who withdraws before anything is read.
    early: Vec<usize>,
    /// Who is the first of their family to study, which counts by the published rule.
    pub first_to_study: Vec<usize>,
    /// Who agrees that their application is kept.
    pub kept: Vec<usize>,
}

impl Plans {
    pub fn draw(rng: &mut ChaCha8Rng) -> Self {
        let mut free: Vec<usize> = (7..APPLICANTS).collect();
        free.shuffle(rng);
        let mut next = |count: usize| free.drain(..count).collect::<Vec<usize>>();
        let (unfinished, late, last, lacking, checked, early) =
            (next(6), next(4), next(3), next(8), next(1)[0], next(5));
        Self {
            interested: (10..20).collect(),
            unfinished,
            late,
            last,
            lacking,
            checked,
            early,
            first_to_study: (0..APPLICANTS).filter(|_| rng.random_range(0..3) == 0).collect(),
            kept: (0..APPLICANTS).filter(|who| who % 9 == 8).collect(),
        }
    }
}

fn form() -> Value {
    json!({"questions": [
        {"key": "why", "kind": "text", "label": {"en": "Why do you want to come?", "ar": "لماذا تريد الانضمام؟"}, "required": true},
        {"key": "points", "kind": "evidence", "label": {"en": "Your profile, with 100 points"}, "required": true, "at_least": 100},
        {"key": "study", "kind": "choice", "label": {"en": "Has anybody in your family studied?"}, "confidential": true, "choices": [
            {"value": "nobody", "label": {"en": "Nobody"}, "points": 10}, {"value": "somebody", "label": {"en": "Somebody"}}]},
    ]})
}

impl Year {
    /// The intakes of the cohorts are set, and some say that they are interested.
    pub fn announce(&mut self) {
        self.go_to(2, 1, 9);
        let date = |week, day| self.date(week, day);
        let intake = json!({
            "interest_from": date(2, 1), "opens_at": date(3, 0), "closes_at": date(6, 6), "interviews_from": date(8, 0),
            "interviews_to": date(8, 4), "places": PLACES, "decide_by": date(9, 4), "reply_days": 5,
            "waiting_list_until": date(13, 4), "keep_months": 6, "precourse": "Finish the first two chapters.",
        });
        let mut elsewhere = intake.clone();
        elsewhere["places"] = json!(FEW_PLACES);
        elsewhere["waiting_list_until"] = json!(date(9, 3));
        let next = json!({
            "opens_at": date(20, 0), "closes_at": date(28, 0), "places": PLACES, "reply_days": 5, "keep_months": 6,
        });
        for (of, campus, intake) in [
            (LONDON, &self.london, intake),
            (GAZA, &self.gaza, elsewhere),
            (NEXT, &self.london, next),
        ] {
            let path = format!("{}/intake", self.ledgers[of].path);
            let staff = &campus.facilitator;
            self.service.put(staff, &path, intake).is(200);
            let mut form = form();
            if of == GAZA {
                form["questions"].as_array_mut().unwrap().truncate(1);
            }
            self.service.put(staff, &format!("{path}/form"), form).is(200);
        }
        assert_eq!(self.intake_state(), "interest");
        let path = self.london.of_cohort("/intake/interest/me");
        for who in &self.plans.interested {
            self.service.put(&self.applicants[*who], &path, Value::Null).is(204);
        }
        self.begin_draft(20, LONDON).is(409);
    }

    fn intake_state(&self) -> Value {
        let path = self.london.of_cohort("/intake");
        self.service.ask(None, "GET", &path, &Value::Null).is(200).json["state"].clone()
    }

    fn begin_draft(&self, who: usize, to: usize) -> crate::whole_cohort::asking::Answer {
        let draft = json!({
            "answers": {"why": "I like to learn with others."},
            "may_be_kept": to == LONDON && self.plans.kept.contains(&who),
        });
        let path = format!("{}/applications", self.ledgers[to].path);
        self.service.post(&self.applicants[who], &path, draft)
    }

    /// Those who are interested are told, and all begin, while the power goes. None begins twice.
    pub fn begin_applications(&mut self) {
        self.go_to(3, 0, 9);
        self.let_time_pass();
        let opened = "Applications to FAC 21 are open.".to_owned();
        for who in self.plans.interested.clone() {
            let within = Duration::from_secs(30);
            until(
                within,
                |told: &Vec<String>| told.contains(&opened),
                || self.notices(&self.applicants[who]),
            );
        }
        let everybody: Vec<usize> = (0..APPLICANTS).collect();
        for (at, some) in everybody.chunks(10).enumerate() {
            let begun: Vec<String> = std::thread::scope(|scope| {
                let year = &*self;
                let begun = some
                    .iter()
                    .map(|who| scope.spawn(move || year.begin_draft(*who, LONDON).is(201).id()));
                let begun: Vec<_> = begun.collect();
                if at == 4 {
                    year.service.power_cut();
                }
                begun.into_iter().map(|one| one.join().unwrap()).collect()
            });
            for (who, id) in some.iter().zip(begun) {
                self.ledgers[LONDON].ids.insert(*who, id);
                self.ledgers[LONDON].set(*who, "draft");
            }
        }
        for who in [0, 50] {
            let again = self.begin_draft(who, LONDON).is(409);
            assert_eq!(again.json["application_id"], json!(self.ledgers[LONDON].ids[&who]));
        }
        for who in BOTH.into_iter().chain(APPLICANTS..APPLICANTS + GAZAN) {
            let id = self.begin_draft(who, GAZA).is(201).id();
            self.ledgers[GAZA].ids.insert(who, id);
            self.ledgers[GAZA].set(who, "draft");
        }
        self.check_ledgers();
    }

    /// The service and the books agree.
    #[track_caller]
    pub fn check_ledgers(&self) {
        for (ledger, staff) in self.ledgers.iter().zip([&self.london, &self.gaza, &self.london]) {
            ledger.check(&self.service, &staff.organiser, &self.applicants);
        }
    }

    fn submit(&mut self, who: usize, to: usize, status: u16) {
        let path = self.ledgers[to].application(who, "/submission");
        let answer = self.service.put(&self.applicants[who], &path, Value::Null);
        if answer.is(status).status == 200 {
            self.ledgers[to].set(who, "submitted");
        }
    }

    fn claim(&self, who: usize, points: i32) {
        let noted = json!({"question": "points", "value": points});
        let path = self.ledgers[LONDON].application(who, "/evidence");
        self.service.post(&self.applicants[who], &path, noted).is(201);
    }

    /// Drafts are written on and handed in, with how far everybody says they are.
    pub fn hand_in(&mut self) {
        self.go_to(5, 2, 12);
        let path = self.ledgers[LONDON].application(0, "/submission");
        self.service.put(&self.applicants[0], &path, Value::Null).is(422);
        for who in 0..APPLICANTS {
            let study = if self.plans.first_to_study.contains(&who) {
                "nobody"
            } else {
                "somebody"
            };
            let answers = json!({"answers": {"points": "https://example.org/profile", "study": study}});
            let path = self.ledgers[LONDON].application(who, "");
            self.service.patch(&self.applicants[who], &path, answers).is(200);
            match self.plans.lacking.iter().position(|lacking| *lacking == who) {
                Some(0 | 1) => self.claim(who, 99),
                Some(4 | 5) => self.claim(who, 50),
                Some(6 | 7) => {}
                _ if who == self.plans.checked => self.claim(who, 50),
                _ => self.claim(who, 120),
            }
            let Plans {
                unfinished, late, last, ..
            } = &self.plans;
            let waits = [unfinished, late, last].into_iter().any(|some| some.contains(&who));
            if !waits && who != BOTH[3] {
                self.submit(who, LONDON, 200);
            }
        }
        for who in BOTH[..3].iter().copied().chain(APPLICANTS..APPLICANTS + GAZAN) {
            self.submit(who, GAZA, 200);
        }
        self.check_ledgers();
    }

    /// Each campus closes by its own clocks, at the moment at which the server receives a request.
    pub fn close_applications(&mut self) {
        let seconds = chrono::TimeDelta::seconds;
        let [gaza, london] = [&self.gaza, &self.london].map(|campus| self.at(campus, 7, 0, 0));
        self.service.set_clock(gaza.plus(seconds(1)));
        self.submit(BOTH[3], GAZA, 409);
        self.submit(BOTH[3], LONDON, 200);
        self.service.set_clock(london.plus(seconds(-60)));
        for who in self.plans.last.clone() {
            self.submit(who, LONDON, 200);
        }
        self.service.set_clock(london);
        for who in self.plans.late.clone() {
            self.submit(who, LONDON, 409);
        }
        self.begin_draft(APPLICANTS, LONDON).is(409);
        assert_eq!(self.intake_state(), "closed");
        self.check_ledgers();
    }

    /// What is seen later counts as it was when applications closed.
    pub fn note_evidence(&mut self) {
        self.go_to(7, 0, 10);
        let before = self.at(&self.london, 6, 5, 12);
        let seen = |who: usize, points: i32| {
            let noted = json!({"question": "points", "value": points, "seen_at": before.to_string()});
            let path = self.ledgers[LONDON].application(who, "/evidence");
            self.service.post(&self.london.facilitator, &path, noted).is(201);
        };
        for who in &self.plans.lacking[2..4] {
            seen(*who, 60);
        }
        seen(self.plans.checked, 130);
        for who in &self.plans.lacking[4..6] {
            self.claim(*who, 150);
        }
    }

    pub fn withdraw(&mut self, who: usize, from: usize) {
        let path = self.ledgers[from].application(who, "/withdrawal");
        self.service.put(&self.applicants[who], &path, Value::Null).is(200);
        self.ledgers[from].set(who, "withdrawn");
    }

    pub fn withdraw_early(&mut self) {
        for who in self.plans.early.clone() {
            self.withdraw(who, LONDON);
        }
        self.check_ledgers();
    }
}
