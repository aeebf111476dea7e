//! What the year has come to, by what the service says and by what is stored.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use peerled::{
    db::{
        Db, Url,
        schema::{applications, clients, enrolments, interview_slots, introductions, product_votes, referral_fees},
    },
    primitives::Id,
};

use super::{GAZA, LONDON, NEXT, Year, opening::PLACES};
use crate::{report, whole_cohort::checks::stored};

impl Year {
    pub fn add_up(&mut self) {
        self.check_ledgers();
        self.check_clients();
        self.check_reminders();
        self.check_introductions();
        self.check_sums();
        self.service.stop();
        let db = Db::open_existing(&Url::parse(self.service.database()).unwrap()).unwrap();
        self.check_stored_applications(&db);
        self.check_stored_work(&db);
        let [london, gaza, next] = [LONDON, GAZA, NEXT].map(|of| self.ledgers[of].counts());
        report(&format!("London {london:?}, Gaza {gaza:?}, the next cohort {next:?}"));
    }

    fn check_stored_applications(&self, db: &Db) {
        let (all, enrolled, booked) = stored(db, |conn| {
            let all: Vec<(Id, Id, String)> = applications::table
                .select((applications::cohort_id, applications::person_id, applications::status))
                .load(conn)?;
            let enrolled: Vec<(Id, Id, String)> = enrolments::table
                .select((enrolments::cohort_id, enrolments::person_id, enrolments::status))
                .load(conn)?;
            let booked: Vec<Option<Id>> = interview_slots::table
                .select(interview_slots::application_id)
                .load(conn)?;
            Ok((all, enrolled, booked))
        });
        let known: usize = self.ledgers.iter().map(|ledger| ledger.all().len()).sum();
        assert_eq!(
            all.len(),
            known,
            "of those that led nowhere none is left that may not be kept"
        );
        let mut places: BTreeMap<Id, usize> = BTreeMap::new();
        let mut people = BTreeSet::new();
        for (cohort, person, _) in all.iter().filter(|(.., status)| status == "accepted") {
            assert!(people.insert(*person), "{person} has accepted two offers");
            let is_place =
                |(of, who, status): &&(Id, Id, String)| (of, who) == (cohort, person) && status != "withdrawn";
            assert_eq!(enrolled.iter().filter(is_place).count(), 1, "{person} has a place");
            *places.entry(*cohort).or_default() += 1;
        }
        assert!(places.values().all(|count| *count <= PLACES));
        let london = Id::parse(&self.london.cohort).unwrap();
        assert_eq!(places[&london], PLACES);
        let graduated = enrolled
            .iter()
            .filter(|(cohort, _, status)| *cohort == london && status == "graduated");
        assert_eq!(graduated.count(), PLACES);
        let booked: Vec<Id> = booked.into_iter().flatten().collect();
        assert_eq!(
            booked.iter().collect::<BTreeSet<_>>().len(),
            booked.len(),
            "one interview each"
        );
    }

    fn check_stored_work(&self, db: &Db) {
        let (votes, at, hired, fees) = stored(db, |conn| {
            let votes: Vec<Option<String>> = product_votes::table.select(product_votes::ranked).load(conn)?;
            let at: Vec<(Id, String)> = clients::table
                .select((clients::campus_id, clients::status))
                .load(conn)?;
            let hired: Vec<String> = introductions::table.select(introductions::status).load(conn)?;
            let fees: Vec<i64> = referral_fees::table.select(referral_fees::amount).load(conn)?;
            Ok((votes, at, hired, fees))
        });
        assert_eq!(votes.len(), PLACES - 1);
        assert!(votes.iter().all(Option::is_none), "how somebody voted is still stored");
        let london = Id::parse(&self.london.id).unwrap();
        for (status, count) in [("exit_feedback", 5), ("research_received", 1), ("withdrawn", 2)] {
            let found = at.iter().filter(|(campus, is)| *campus == london && is == status);
            assert_eq!(found.count(), count, "{status}");
        }
        assert_eq!(at.len(), super::clients::CLIENTS + 1);
        assert_eq!(hired.iter().filter(|status| *status == "hired").count(), 10);
        assert_eq!(hired.len(), PLACES + 1);
        assert_eq!(fees.len(), self.careers.fees.len() + 1);
    }
}
