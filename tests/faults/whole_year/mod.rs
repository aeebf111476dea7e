//! A year around a cohort, over HTTP alone: ninety people apply for sixteen places, the cohort builds for the clients that come,
//! and its graduates meet employers, while another campus does the same in small. A script that knows the rules keeps its own
//! books, and all sums are compared with them: what must never happen would not come out.

mod applying;
mod ballot;
mod building;
mod careers;
mod clients;
mod closing;
mod consents;
mod deciding;
mod fees;
mod interviews;
mod ledger;
mod opening;
mod reading;
mod strangers;
mod sums;

use std::path::PathBuf;

use chrono::{Days, NaiveDate, TimeDelta};
use peerled::primitives::{Instant, time::TimeZone};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use self::ledger::Ledger;
use crate::{
    postgres::Cluster,
    whole_cohort::{
        phone::Phone,
        service::{Person, Service},
    },
};

/// What everything that is left to chance is drawn from, but for what is asked at once.
const SEED: u64 = 15;

/// A campus with its staff and the cohort of the year.
struct Campus {
    id: String,
    zone: TimeZone,
    organiser: Person,
    facilitator: Person,
    cohort: String,
}

impl Campus {
    fn path(&self, rest: &str) -> String {
        format!("/v1/campuses/{}{rest}", self.id)
    }

    fn of_cohort(&self, rest: &str) -> String {
        format!("/v1/cohorts/{}{rest}", self.cohort)
    }
}

/// The cohorts that people apply to, by their ledgers.
const LONDON: usize = 0;
const GAZA: usize = 1;
/// The next one in London, where whoever is deferred goes on.
const NEXT: usize = 2;

/// Everybody who takes part, and what the script knows.
struct Year {
    service: Service,
    rng: ChaCha8Rng,
    /// The Monday on which the year begins.
    first: NaiveDate,
    london: Campus,
    gaza: Campus,
    /// What the organiser in Gaza is told of.
    stranger: Phone,
    /// Those who apply in London, and behind them those who apply in Gaza alone.
    applicants: Vec<Person>,
    panel: reading::Panel,
    plans: applying::Plans,
    ledgers: [Ledger; 3],
    clients: clients::Clients,
    careers: careers::Careers,
}

impl Year {
    fn date(&self, week: i64, day: i64) -> NaiveDate {
        self.first + TimeDelta::days(week * 7 + day)
    }

    /// An hour, as the clocks of a campus show it, of a day of a week: 0 is its Monday.
    fn at(&self, campus: &Campus, week: i64, day: i64, hour: u32) -> Instant {
        let date = self.date(week, day).and_hms_opt(hour, 0, 0).unwrap();
        Instant::of_local(date, campus.zone)
    }

    fn go_to(&self, week: i64, day: i64, hour: u32) {
        self.service.set_clock(self.at(&self.london, week, day, hour));
    }

    /// The power goes. A service that starts does at once what its clock says is due, and forgets what is old: whoever asks what
    /// has changed has asked before.
    fn let_time_pass(&mut self) {
        self.stranger.read(&self.service, &self.gaza.organiser);
        for employer in &mut self.careers.london {
            employer.phone.read(&self.service, &employer.contact);
        }
        self.service.power_cut();
    }

    /// Some of these, drawn anew.
    fn draw(&mut self, from: &[usize], count: usize) -> Vec<usize> {
        let mut drawn = from.to_vec();
        drawn.shuffle(&mut self.rng);
        drawn.truncate(count);
        drawn
    }

    fn set_cohort(&self, campus: &Campus, status: &str) {
        let change = json!({ "status": status });
        self.service
            .patch(&campus.facilitator, &campus.of_cohort(""), change)
            .is(200);
    }

    /// Those whom the script expects to study, in the order in which they applied.
    fn students(&self) -> Vec<&Person> {
        let accepted = self.ledgers[LONDON].having("accepted");
        accepted.into_iter().map(|who| &self.applicants[who]).collect()
    }

    /// The titles of what somebody was told.
    fn notices(&self, who: &Person) -> Vec<String> {
        let listed = self.service.get(who, "/v1/me/notifications?limit=100").is(200);
        listed.data().iter().map(|notice| text(&notice["title"])).collect()
    }

    /// The subjects of the letters to somebody.
    fn subjects(&self, who: &Person) -> Vec<String> {
        let letters = self.service.letters_to(&who.email);
        letters.into_iter().map(|(subject, _)| subject).collect()
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// The Monday after a day.
fn monday_after(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    day + Days::new(7 - u64::from(day.weekday().num_days_from_monday()))
}

fn live(library: PathBuf, database: Option<String>) {
    let mut year = Year::open(Service::start(library, database));
    year.announce();
    year.begin_applications();
    year.hand_in();
    year.close_applications();
    year.note_evidence();
    year.withdraw_early();
    year.read();
    year.interview();
    year.rank();
    year.offer();
    year.answer();
    year.fill_up();
    year.invite_clients();
    year.book_workshops();
    year.sign();
    year.begin_cohorts();
    year.hold_workshops();
    year.vote();
    year.form_teams();
    year.hand_over();
    year.graduate();
    year.find_roles();
    year.ask_graduates();
    year.consent();
    year.hire();
    year.end_consents();
    year.charge();
    year.forget();
    year.look_from_outside();
    year.add_up();
}

#[test]
fn a_whole_year_comes_out_on_sqlite() {
    live(crate::clock::library(), None);
}

#[test]
fn a_whole_year_comes_out_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    live(crate::clock::library(), Some(cluster.url()));
}
