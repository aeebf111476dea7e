//! What mentors do in a simulation: wishes, an allocation, waiting lists, swaps.

use rand::Rng as _;
use serde_json::{Value, json};

use super::{Cohort, Person, checks::ids};
use crate::process::text;

impl Cohort {
    /// Makes slots for the whole cohort, lets mentors wish, allocates, and fills what is left from a waiting list.
    pub fn share_out_mentoring(&mut self) {
        let weeks: Vec<i32> = (1..=16).collect();
        let batch = json!({"weeks": weeks, "kind": "week", "min": 1, "capacity": 2, "reconfirm_days": 3});
        let made = self
            .service
            .post(&self.facilitator, &self.path("/mentor-slots/batch"), batch)
            .is(201);
        let slots = ids(made.data());
        assert_eq!(slots.len(), 16);
        let wishes = self.path("/mentor-preferences/me");
        for number in 0..self.mentors.len() {
            let ranked = self.draw(&slots, 6);
            let mentor = &self.mentors[number];
            self.service
                .put(mentor, &wishes, json!({"ranked": ranked, "at_most": 2}));
        }
        let path = self.path("/mentor-allocations");
        let tried = self
            .service
            .post(&self.facilitator, &path, json!({"seed": 7, "dry_run": true}))
            .is(200);
        let allocation = self.service.post(&self.facilitator, &path, json!({"seed": 7})).is(201);
        assert_eq!(tried.json["assignments"], allocation.json["assignments"]);
        let confirmation = format!("/v1/mentor-allocations/{}/confirmation", allocation.id());
        self.service.post(&self.facilitator, &confirmation, Value::Null).is(200);

        // Everybody runs for one slot at once: as many get in as there is room for, the others wait in the order they came.
        let slot = json!({"week": 16, "kind": "role", "min": 1, "capacity": 3});
        let slot = self
            .service
            .post(&self.facilitator, &self.path("/mentor-slots"), slot)
            .is(201)
            .id();
        std::thread::scope(|scope| {
            for mentor in &self.mentors {
                let path = format!("/v1/mentor-slots/{slot}/sign-ups");
                let service = &self.service;
                scope.spawn(move || service.post(mentor, &path, Value::Null).is(201));
            }
        });
        let sign_ups = self.service.get(
            &self.facilitator,
            &format!("/v1/mentor-slots/{slot}/sign-ups?limit=100"),
        );
        let confirmed = sign_ups.data().iter().filter(|one| one["status"] == "confirmed");
        assert_eq!(confirmed.count(), 3);
        self.done.run = slot;
    }

    /// The slot of a week that mentors were allocated to.
    fn slot_of(&self, week: i32) -> String {
        let slots = self
            .service
            .get(&self.facilitator, &self.path("/mentor-slots?limit=100"))
            .is(200);
        let of_week = slots
            .data()
            .iter()
            .find(|slot| slot["week"] == week && slot["kind"] == "week");
        text(&of_week.unwrap()["id"])
    }

    /// The mentors with a place in a slot.
    fn with_place(&self, slot: &str) -> Vec<&Person> {
        let slot = self
            .service
            .get(&self.facilitator, &format!("/v1/mentor-slots/{slot}"))
            .is(200);
        let mentors = slot.json["mentors"].as_array().unwrap();
        let has_place = |mentor: &&Person| mentors.iter().any(|one| one["id"] == *mentor.id);
        self.mentors.iter().filter(has_place).collect()
    }

    /// Some confirm that they come and some do not; one gives the place up; two offers are made and taken by several at once.
    pub fn mentors_before(&mut self, week: i32) {
        let slot = self.slot_of(week);
        let answer = self.rng.random_range(0..4);
        let mut gave_up = Vec::new();
        for (number, mentor) in self.with_place(&slot).into_iter().enumerate() {
            let path = format!("/v1/mentor-slots/{slot}/sign-ups/me");
            match (number, answer) {
                (0, 0) => {
                    self.service.delete(mentor, &path).is(204);
                    // They were asked whether they come, and are not asked again.
                    gave_up.push((mentor.email.clone(), week, 1));
                }
                // Says nothing: the place is lost.
                (0, 1) => {}
                _ => drop(
                    self.service
                        .put(mentor, &format!("{path}/confirmation"), Value::Null)
                        .is(200),
                ),
            }
        }
        self.done.gave_up.extend(gave_up);
        if week + 2 > 16 {
            return;
        }
        let later = self.slot_of(week + 2);
        if let Some(mentor) = self.with_place(&later).last().filter(|_| week % 3 == 0) {
            self.service
                .delete(mentor, &format!("/v1/mentor-slots/{later}/sign-ups/me"))
                .is(204);
            let early = (mentor.email.clone(), week + 2, 0);
            self.done.gave_up.push(early);
        }
        let Some(giver) = self.with_place(&later).first().copied() else {
            return;
        };
        let offer = self
            .service
            .post(giver, &format!("/v1/mentor-slots/{later}/swap-offers"), json!({}))
            .is(201)
            .id();
        let takers: Vec<&Person> = self.mentors.iter().filter(|one| one.id != giver.id).take(4).collect();
        let taken: usize = std::thread::scope(|scope| {
            let takers = takers.iter().map(|taker| {
                let (service, path) = (&self.service, format!("/v1/mentor-swap-offers/{offer}/acceptance"));
                scope.spawn(move || service.post(taker, &path, Value::Null).status)
            });
            let takers: Vec<_> = takers.collect();
            takers
                .into_iter()
                .map(|taker| usize::from(taker.join().unwrap() == 200))
                .sum()
        });
        assert!(taken <= 1, "a place was given to {taken} mentors");
    }

    /// Notes who came, once the week is over; now and then somebody did not.
    pub fn mentors_came(&mut self, week: i32) {
        self.go_to(week, 5, 12);
        let slot = self.slot_of(week);
        let missed = self.rng.random_range(0..4) == 0;
        for (number, mentor) in self.with_place(&slot).into_iter().enumerate() {
            let status = if missed && number == 0 { "no_show" } else { "attended" };
            let path = format!("/v1/mentor-slots/{slot}/sign-ups/{}", mentor.id);
            self.service
                .patch(&self.facilitator, &path, json!({"status": status}))
                .is(200);
        }
    }

    /// Whoever gave their place up before they were asked whether they come is not asked, and who did it after is not
    /// asked again.
    pub fn check_reminders(&self) {
        let asked = |email: &str, week: i32| {
            let subject = format!("Do you still come: week {week} of FAC 14");
            let letters = self.service.letters_to(email).into_iter();
            letters.filter(|(about, _)| *about == subject).count()
        };
        for (email, week, at_most) in &self.done.gave_up {
            let times = asked(email, *week);
            assert!(times <= *at_most, "{email} was asked {times} times about week {week}");
        }
        assert!(self.done.gave_up.iter().any(|(_, _, at_most)| *at_most == 0));
        let mut all = self
            .mentors
            .iter()
            .flat_map(|mentor| self.service.letters_to(&mentor.email));
        assert!(
            all.any(|(subject, _)| subject.starts_with("Do you still come: week ")),
            "nobody was asked"
        );
    }
}
