//! What employers owe for those whom they have hired.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Campus, GAZA, Year,
    consents::{HIRED, HIRED_LATE},
};
use crate::whole_cohort::asking::Answer;

/// A fee as the script has noted it.
pub struct Fee {
    pub path: String,
    currency: &'static str,
    amount: i64,
    status: &'static str,
    /// Whether it is due within the year.
    is_of_this_year: bool,
}

/// What is done with the fee of a hire, by the graduate's number.
const SETTLED: [(usize, &str); 8] = [
    (5, "paid"),
    (6, "paid"),
    (7, "waived"),
    (7, "due"),
    (8, "waived"),
    (9, "due"),
    (10, "paid"),
    (HIRED_LATE, "due"),
];
/// Whose fee is due in the year after.
const NEXT_YEAR: usize = 11;
/// For whom nothing is owed, beside the others who were hired: 12.
const HIRES: usize = 9;

impl Year {
    fn new_fee(&self, campus: &Campus, introduction: &str, (amount, currency): (i64, &str), due_week: i64) -> Answer {
        let new = json!({"amount": amount, "currency": currency, "due_on": self.date(due_week, 0)});
        self.service
            .post(&campus.organiser, &format!("{introduction}/referral-fees"), new)
    }

    fn settle(&self, campus: &Campus, fee: &str, status: &str) {
        let mut settlement = json!({ "status": status });
        if status == "waived" {
            settlement["reason"] = json!("They left within the first month.");
        }
        if status != "due" {
            self.service
                .put(&campus.organiser, &format!("{fee}/status"), settlement)
                .is(200);
        }
    }

    /// Notes a fee for somebody who was hired, and what became of it. Of two that are noted at once one is.
    fn charge_for(&mut self, number: usize, status: &'static str, due_week: i64) {
        let one = &self.careers.introductions[number];
        let currency = self.careers.london[one.employer].currency;
        let amount = 300_000 + i64::try_from(number).unwrap() * 1_001;
        let noted: Vec<Answer> = std::thread::scope(|scope| {
            let note = || self.new_fee(&self.london, &one.path, (amount, currency), due_week);
            let both = [scope.spawn(note), scope.spawn(note)];
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let mut statuses: Vec<u16> = noted.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let made = noted.iter().find(|answer| answer.status == 201).unwrap();
        let path = format!("/v1/referral-fees/{}", made.id());
        self.settle(&self.london, &path, status);
        self.careers.fees.push(Fee {
            path,
            currency,
            amount,
            status,
            is_of_this_year: due_week < 52,
        });
    }

    pub fn charge(&mut self) {
        let early = self.careers.introductions[1].path.clone();
        self.new_fee(&self.london, &early, (1, "GBP"), 40).is(409);
        for (number, status) in SETTLED {
            self.charge_for(number, status, 42);
        }
        self.charge_for(NEXT_YEAR, "due", 60);
        self.hire_in_gaza();
        self.check_sums();
    }

    /// In Gaza one graduate is asked, agrees and is hired.
    fn hire_in_gaza(&mut self) {
        let employer = self.careers.gaza.as_ref().unwrap();
        let graduate = &self.applicants[self.ledgers[GAZA].having("accepted")[0]];
        let path = self.ask(&self.gaza, &employer.role, graduate);
        self.agree(graduate, &path, self.date(40, 0)).is(200);
        for step in ["interview", "offer", "hired"] {
            let note = json!({ "status": step });
            self.service
                .put(&employer.contact, &format!("{path}/status"), note)
                .is(200);
        }
        let fee = self
            .new_fee(&self.gaza, &path, (90_000, employer.currency), 44)
            .is(201)
            .id();
        self.settle(&self.gaza, &format!("/v1/referral-fees/{fee}"), "paid");
        self.careers.gaza_introduction = path;
    }

    fn sums(&self, campus: &Campus) -> Value {
        let days = format!("?from={}&to={}", self.date(0, 0), self.date(51, 6));
        let path = campus.path(&format!("/referral-fee-sums{days}"));
        let sums = self.service.get(&campus.organiser, &path).is(200).json;
        json!([sums["hires"], sums["sums"]])
    }

    /// The year's sums of each campus are those of its own books, by currency.
    pub fn check_sums(&self) {
        let mut sums: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
        for fee in self.careers.fees.iter().filter(|fee| fee.is_of_this_year) {
            let sum = sums.entry(fee.currency).or_default();
            let place = ["due", "paid", "waived"]
                .iter()
                .position(|status| *status == fee.status)
                .unwrap();
            sum[0] += 1;
            sum[1 + place] += fee.amount;
        }
        assert_eq!(sums.len(), 3, "the fees are in three currencies");
        let shown = |(currency, [fees, due, paid, waived]): (&&str, &[i64; 4])| json!({"currency": currency, "fees": fees, "due": due, "paid": paid, "waived": waived});
        let shown: Vec<Value> = sums.iter().map(shown).collect();
        assert_eq!(HIRES, HIRED.count() + 1);
        assert_eq!(self.sums(&self.london), json!([HIRES, shown]));
        let gaza = json!([{"currency": "ILS", "fees": 1, "due": 0, "paid": 90_000, "waived": 0}]);
        assert_eq!(self.sums(&self.gaza), json!([1, gaza]));
    }
}
