//! Interviews that applicants book, each one and nobody's twice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{GAZA, LONDON, Year, applying::BOTH, reading::RUTH, text};
use crate::whole_cohort::checks::ids;

const TIMES: i64 = 12;
const WHO_ASK: usize = 30;

impl Year {
    /// Half hours from an hour of a day of the week of interviews.
    fn offer_times(&self, of: usize, day: i64, count: i64, interviewer: Option<&str>) -> Vec<String> {
        let campus = if of == GAZA { &self.gaza } else { &self.london };
        let begins = self.at(&self.london, 8, day, 9);
        let time = |number: i64| {
            let starts = begins.plus(chrono::TimeDelta::minutes(30 * number));
            let ends = starts.plus(chrono::TimeDelta::minutes(30));
            json!({"starts_at": starts.to_string(), "ends_at": ends.to_string()})
        };
        let times: Vec<Value> = (0..count).map(time).collect();
        let new = json!({"times": times, "place": "Room 2", "interviewer_id": interviewer});
        let made = self
            .service
            .post(&campus.facilitator, &campus.of_cohort("/interview-slots"), new)
            .is(201);
        ids(made.data())
    }

    fn book(&self, who: usize, slot: &str) -> crate::whole_cohort::asking::Answer {
        let path = format!("/v1/interview-slots/{slot}/booking/me");
        self.service.put(&self.applicants[who], &path, Value::Null)
    }

    fn times_for(&self, who: usize) -> Vec<String> {
        let path = self.london.of_cohort("/interview-slots");
        ids(self.service.get(&self.applicants[who], &path).is(200).data())
    }

    pub fn interview(&mut self) {
        self.go_to(7, 3, 9);
        let any = self.offer_times(LONDON, 0, TIMES, None);
        let by_ruth = self.offer_times(LONDON, 1, TIMES, Some(&self.reader(RUTH).id));
        // Nobody is asked by whom they know, nor told that they would be.
        let known = self.panel.recused.iter().find(|(reader, _)| *reader == RUTH);
        let known = known.unwrap().1;
        assert_eq!(self.times_for(known), any);
        self.book(known, &by_ruth[0]).is(404);

        let there = self.offer_times(GAZA, 0, 2, None);
        self.book(BOTH[0], &any[0]).is(200);
        let refused = self.book(BOTH[0], &there[0]).is(409);
        assert_eq!(refused.json["interview_slot_id"], json!(any[0]));
        self.book(BOTH[0], &there[1]).is(200);

        let mut booked: BTreeMap<String, usize> = [(any[0].clone(), BOTH[0])].into();
        let is_known = |who: &usize| self.panel.recused.contains(&(RUTH, *who));
        let free = self.ledgers[LONDON].having("submitted").into_iter();
        let free: Vec<usize> = free.filter(|who| *who != BOTH[0] && !is_known(who)).collect();
        let asking = self.draw(&free, WHO_ASK);
        let got: Vec<Option<String>> = std::thread::scope(|scope| {
            let year = &*self;
            let asked: Vec<_> = asking
                .iter()
                .map(|who| scope.spawn(move || year.book_any(*who)))
                .collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for (who, slot) in asking.iter().zip(got) {
            if let Some(slot) = slot {
                assert_eq!(booked.insert(slot, *who), None, "two have one time");
            }
        }
        assert_eq!(
            booked.len(),
            any.len() + by_ruth.len(),
            "all times are taken, and no more"
        );
        self.check_booked(&booked);
        // Whoever withdraws sets their time free, and somebody else takes it.
        let leaving = booked.iter().find(|(_, who)| !BOTH.contains(who));
        let (slot, leaving) = leaving.map(|(slot, who)| (slot.clone(), *who)).unwrap();
        self.withdraw(leaving, LONDON);
        let is_without = |who: &&usize| !booked.values().any(|one| one == *who);
        let next = *asking.iter().find(is_without).unwrap();
        assert_eq!(self.book_any(next), Some(slot.clone()));
        booked.insert(slot, next);
        self.check_booked(&booked);
        self.check_ledgers();
    }

    /// Takes the first time that is still free.
    fn book_any(&self, who: usize) -> Option<String> {
        loop {
            let times = self.times_for(who);
            // Not all run for the same one.
            let slot = times.get(who % times.len().max(1))?;
            let answer = self.book(who, slot);
            if answer.status == 200 {
                return Some(slot.clone());
            }
            assert_eq!(answer.is(409).json["code"], "slot_taken");
        }
    }

    fn check_booked(&self, booked: &BTreeMap<String, usize>) {
        let path = self.london.of_cohort("/interview-slots");
        let listed = self.service.get(&self.london.organiser, &path).is(200);
        let taken = listed.data().iter().filter(|slot| slot["booked"] == true);
        let found: BTreeMap<String, usize> = taken
            .map(|slot| {
                (
                    text(&slot["id"]),
                    self.ledgers[LONDON].whose(&text(&slot["application_id"])),
                )
            })
            .collect();
        assert_eq!(&found, booked);
    }
}
