//! What graduates agree to, what comes of it, and that nothing is left to an employer once it is over.

use serde_json::{Value, json};

use super::{Person, Year};
use crate::whole_cohort::asking::Answer;

/// Graduates by their numbers: who refuses, who never answers, who withdraws in the middle, whose consent runs out before
/// anything came of it, whom the employer declines at once and after an offer, who thinks better of a refusal, and whose
/// consent runs out before they are hired.
const REFUSING: usize = 0;
const WITHDRAWING: usize = 2;
const RUNNING_OUT: usize = 3;
const DECLINED: usize = 4;
const DECLINED_LATE: usize = 13;
const RECONSIDERING: usize = 14;
pub const HIRED_LATE: usize = 15;
/// Who is hired while the consent holds.
pub const HIRED: std::ops::RangeInclusive<usize> = 5..=12;

impl Year {
    /// A graduate agrees, until the end of a day.
    pub fn agree(&self, graduate: &Person, introduction: &str, until: chrono::NaiveDate) -> Answer {
        let seen = self.service.get(graduate, introduction).is(200).json;
        let consent = json!({"employer_id": seen["employer_id"], "role_id": seen["role_id"], "until": until});
        self.service.put(graduate, &format!("{introduction}/consent"), consent)
    }

    fn refuse(&self, number: usize) -> Answer {
        let one = &self.careers.introductions[number];
        self.service
            .delete(&self.applicants[one.graduate], &format!("{}/consent", one.path))
    }

    /// A step that an employer notes.
    fn employer_notes(&self, number: usize, step: &str) -> Answer {
        let one = &self.careers.introductions[number];
        let contact = &self.careers.london[one.employer].contact;
        self.service
            .put(contact, &format!("{}/status", one.path), json!({ "status": step }))
    }

    fn notes(&mut self, numbers: impl IntoIterator<Item = usize>, step: &'static str) {
        for number in numbers {
            self.employer_notes(number, step).is(200);
            self.careers.introductions[number].status = step;
        }
    }

    fn end(&mut self, number: usize, status: &'static str) {
        self.careers.introductions[number].status = status;
        self.careers.introductions[number].is_live = false;
    }

    pub fn consent(&mut self) {
        self.go_to(31, 3, 10);
        self.refuse(REFUSING).is(204);
        self.refuse(RECONSIDERING).is(204);
        self.end(REFUSING, "refused");
        self.end(RECONSIDERING, "refused");
        self.check_introductions();
        for number in 2..self.careers.introductions.len() {
            let until = match number {
                RUNNING_OUT => self.date(33, 0),
                HIRED_LATE => self.date(34, 0),
                _ => self.date(39, 0),
            };
            let one = &self.careers.introductions[number];
            self.agree(&self.applicants[one.graduate], &one.path, until).is(200);
            let one = &mut self.careers.introductions[number];
            (one.status, one.is_known, one.is_live) = ("introduced", true, true);
        }
        self.check_introductions();
    }

    pub fn hire(&mut self) {
        self.go_to(32, 1, 10);
        let all = [WITHDRAWING, RUNNING_OUT, DECLINED_LATE, HIRED_LATE]
            .into_iter()
            .chain(HIRED);
        self.notes(all, "interview");
        self.notes([DECLINED], "declined");
        self.employer_notes(6, "hired").is(409);
        self.notes([DECLINED_LATE, HIRED_LATE].into_iter().chain(HIRED), "offer");
        self.check_introductions();
        // One withdraws while the employer goes on and reads: whatever came first, nothing is left.
        let one = &self.careers.introductions[WITHDRAWING];
        let (profile, contact) = (
            format!("{}/profile", one.path),
            &self.careers.london[one.employer].contact,
        );
        std::thread::scope(|scope| {
            scope.spawn(|| self.employer_notes(WITHDRAWING, "offer"));
            scope.spawn(|| self.refuse(WITHDRAWING).is(204));
            scope.spawn(|| self.service.get(contact, &profile));
        });
        self.end(WITHDRAWING, "withdrawn");
        self.notes([DECLINED_LATE], "declined");
        self.go_to(33, 4, 10);
        self.end(RUNNING_OUT, "withdrawn");
        self.check_introductions();
        for number in [WITHDRAWING, RUNNING_OUT] {
            self.employer_notes(number, "offer").is(409);
        }
        self.notes(HIRED, "hired");
        self.check_introductions();
    }

    /// Day by day consents run out. The staff still note that somebody was hired, and the employer sees nothing of it.
    pub fn end_consents(&mut self) {
        self.go_to(34, 2, 10);
        self.employer_notes(HIRED_LATE, "hired").is(409);
        let path = format!("{}/status", self.careers.introductions[HIRED_LATE].path);
        self.service
            .put(&self.london.facilitator, &path, json!({"status": "hired"}))
            .is(200);
        self.end(HIRED_LATE, "hired");
        self.check_introductions();
        self.go_to(39, 1, 10);
        for number in 0..self.careers.introductions.len() {
            // What was not decided does not go on.
            let status = match self.careers.introductions[number].status {
                "introduced" | "interview" | "offer" => "withdrawn",
                status => status,
            };
            self.end(number, status);
        }
        self.check_introductions();
        let own = self.service.get(
            &self.applicants[self.careers.introductions[6].graduate],
            "/v1/me/introductions",
        );
        assert_eq!(own.is(200).data()[0]["consent_until"], Value::Null);
    }
}
