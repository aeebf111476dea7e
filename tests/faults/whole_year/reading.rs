//! Reading: a panel that sees no names before it has scored, and nobody who should not decide about an applicant.

use std::collections::{BTreeMap, BTreeSet};

use rand::Rng as _;
use serde_json::{Value, json};

use super::{LONDON, Person, Year, applying::BOTH, text};

/// Whom readers are by: the organiser, the facilitator, and three alumni.
pub const FARID: usize = 1;
pub const RUTH: usize = 2;
pub const MAX: usize = 3;
pub const OMAR: usize = 4;
const READERS: usize = 5;

/// Who reads, what they think, and whom they have nothing to do with.
pub struct Panel {
    alumni: [Person; 3],
    /// Reader and applicant, by what the service knows of them or because somebody stood aside.
    pub recused: BTreeSet<(usize, usize)>,
    /// What readers gave to applicants, out of 100.
    scores: BTreeMap<(usize, usize), i32>,
}

impl Panel {
    pub fn new(alumni: [Person; 3], known: BTreeSet<(usize, usize)>) -> Self {
        Self {
            alumni,
            recused: known,
            scores: BTreeMap::new(),
        }
    }

    /// The scores that count for an applicant.
    fn counting(&self, who: usize) -> Vec<i32> {
        let of_them = self
            .scores
            .iter()
            .filter(|((reader, of), _)| *of == who && !self.recused.contains(&(*reader, who)));
        of_them.map(|(_, score)| *score).collect()
    }

    /// Sixty times the average, which is a whole number for up to five readers.
    pub fn worth(&self, who: usize) -> i32 {
        let counting = self.counting(who);
        counting.iter().sum::<i32>() * 60 / i32::try_from(counting.len()).unwrap()
    }
}

impl Year {
    pub fn reader(&self, number: usize) -> &Person {
        match number {
            0 => &self.london.organiser,
            FARID => &self.london.facilitator,
            _ => &self.panel.alumni[number - RUTH],
        }
    }

    /// Everybody reads what they may.
    pub fn read(&mut self) {
        self.go_to(7, 1, 9);
        let staff = &self.london.facilitator;
        let rubric = json!({"blind": true, "criteria": [
            {"key": "curiosity", "label": {"en": "Curiosity"}, "most": 5, "weight": 3},
            {"key": "kindness", "label": {"en": "Kindness"}, "most": 5, "weight": 1},
        ]});
        self.service
            .put(staff, &self.london.of_cohort("/intake/rubric"), rubric)
            .is(200);
        for reader in 0..READERS {
            let path = self
                .london
                .of_cohort(&format!("/admission-panel/{}", self.reader(reader).id));
            self.service.put(staff, &path, Value::Null).is(204);
        }
        self.check_queues();
        let submitted = self.ledgers[LONDON].having("submitted");
        // The facilitator has scored one before standing aside from it.
        let aside = [(FARID, submitted[20]), (FARID, submitted[30]), (OMAR, submitted[40])];
        self.score(aside[0].0, aside[0].1);
        for (reader, who) in aside {
            let path = self.ledgers[LONDON].application(who, "/recusals/me");
            self.service.put(self.reader(reader), &path, Value::Null).is(204);
            self.panel.recused.insert((reader, who));
        }
        self.check_queues();
        for who in submitted {
            let mut readers: Vec<usize> = (0..READERS)
                .filter(|reader| !self.panel.recused.contains(&(*reader, who)))
                .collect();
            let count = self.rng.random_range(2..=3);
            readers = self.draw(&readers, count);
            for reader in readers {
                self.score(reader, who);
            }
        }
        self.abstain();
        for (reader, who) in self.panel.recused.clone() {
            self.check_recused(reader, who);
        }
        self.check_ledgers();
    }

    /// Each has to read all but those whom they have nothing to do with.
    fn check_queues(&self) {
        for reader in 0..READERS {
            let path = self.london.of_cohort("/applications-to-read?limit=100");
            let listed = self.service.get(self.reader(reader), &path).is(200);
            let found = listed.data().iter();
            let found: BTreeSet<usize> = found
                .map(|one| self.ledgers[LONDON].whose(&text(&one["application_id"])))
                .collect();
            let all = self.ledgers[LONDON].having("submitted").into_iter();
            assert_eq!(
                found,
                all.filter(|who| !self.panel.recused.contains(&(reader, *who)))
                    .collect()
            );
        }
    }

    /// Reads an application without a name, and scores it: only then is the name there, and what the others think.
    fn score(&mut self, reader: usize, who: usize) {
        let ledger = &self.ledgers[LONDON];
        let (member, applicant) = (self.reader(reader), &self.applicants[who]);
        let before = self.service.get(member, &ledger.application(who, "/reading")).is(200);
        let hidden = ["person", "others", "average", "own"];
        assert!(
            hidden.iter().all(|field| before.json[field].is_null()),
            "{}",
            before.text
        );
        let told = [&applicant.id, &applicant.email]
            .iter()
            .any(|word| before.text.contains(*word));
        assert!(
            !told && before.json["answers"].get("study").is_none(),
            "{}",
            before.text
        );
        // The best are those who apply at both campuses.
        let draw = |rng: &mut rand_chacha::ChaCha8Rng| rng.random_range(0..=5);
        let [curiosity, kindness] = match BOTH.iter().position(|both| *both == who) {
            Some(0 | 1) => [5, 5],
            Some(_) => [0, 0],
            None => [draw(&mut self.rng), draw(&mut self.rng)],
        };
        let given = json!({"points": {"curiosity": curiosity, "kindness": kindness}, "note": "Asks good questions."});
        let (path, others) = (ledger.application(who, "/scores/me"), self.panel.counting(who));
        let after = self.service.put(self.reader(reader), &path, given).is(200).json;
        assert_eq!(after["person"]["id"], json!(applicant.id));
        assert_eq!(after["others"].as_array().map(Vec::len), Some(others.len()), "{after}");
        self.panel.scores.insert((reader, who), 5 * (3 * curiosity + kindness));
        let average = f64::from(self.panel.worth(who)) / 60.0;
        assert!(
            (after["average"].as_f64().unwrap() - average).abs() < 0.051,
            "{after} {average}"
        );
    }

    /// Whoever abstains counts in no average, and sees none.
    fn abstain(&self) {
        let is_open = |who: &usize| (0..READERS).any(|reader| self.may_abstain(reader, *who));
        let who = self.ledgers[LONDON]
            .having("submitted")
            .into_iter()
            .find(is_open)
            .unwrap();
        let reader = (0..READERS).find(|reader| self.may_abstain(*reader, who)).unwrap();
        let path = self.ledgers[LONDON].application(who, "/scores/me");
        let abstained = self.service.put(self.reader(reader), &path, json!({})).is(200).json;
        assert!(
            abstained["average"].is_null() && abstained["others"].is_null(),
            "{abstained}"
        );
    }

    fn may_abstain(&self, reader: usize, who: usize) -> bool {
        !self.panel.recused.contains(&(reader, who)) && !self.panel.scores.contains_key(&(reader, who))
    }

    /// For whoever should not decide about an applicant there is nothing, and nobody is told why.
    fn check_recused(&self, reader: usize, who: usize) {
        let (member, ledger) = (self.reader(reader), &self.ledgers[LONDON]);
        let nothing = self
            .service
            .get(member, "/v1/applications/0ds8x2v4fmg00/reading")
            .is(404);
        let given = json!({"points": {"curiosity": 5, "kindness": 5}});
        for answer in [
            self.service.get(member, &ledger.application(who, "/reading")),
            self.service.get(member, &ledger.application(who, "")),
            self.service.put(member, &ledger.application(who, "/scores/me"), given),
            self.service.put(
                member,
                &ledger.application(who, "/decision"),
                json!({"status": "rejected"}),
            ),
        ] {
            assert_eq!(answer.is(404).json["detail"], nothing.json["detail"]);
        }
        let lift = ledger.application(who, &format!("/recusals/{}", member.id));
        self.service.delete(member, &lift).is(404);
    }
}
