//! How the year begins: two campuses with their staff, and a cohort before it in which people came to know each other.

use std::collections::BTreeSet;

use peerled::primitives::{Instant, time::TimeZone};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    Campus, Ledger, Person, Phone, SEED, Service, Year,
    applying::{APPLICANTS, GAZAN, Plans},
    careers::Careers,
    clients::Clients,
    monday_after,
    reading::{MAX, Panel, RUTH},
    text,
};

pub const PLACES: usize = 16;
/// In Gaza.
pub const FEW_PLACES: usize = 3;

/// Those who left the cohort before and apply again, by their numbers among the applicants.
const LEAVERS: [&str; 3] = ["Tara", "Ada", "Ned"];

impl Service {
    pub fn join(&self, who: &Person, campus: &str) {
        self.put(who, &format!("/v1/campuses/{campus}/members/me"), Value::Null)
            .is(204);
    }

    /// People with these names, a few at a time.
    pub fn people(&self, names: &[String]) -> Vec<Person> {
        let few = |names: &[String]| {
            std::thread::scope(|scope| {
                let asked = names.iter().map(|name| scope.spawn(|| self.person(name)));
                let asked: Vec<_> = asked.collect();
                asked
                    .into_iter()
                    .map(|one| one.join().unwrap())
                    .collect::<Vec<Person>>()
            })
        };
        names.chunks(6).flat_map(few).collect()
    }

    fn campus(&self, new: Value, [organiser, facilitator]: [&str; 2], cohort: Value) -> Campus {
        let [organiser, facilitator] = [organiser, facilitator].map(|name| self.person(name));
        let zone = TimeZone::parse(new["time_zone"].as_str().unwrap()).unwrap();
        let id = self.post(&organiser, "/v1/campuses", new).is(201).id();
        self.join(&facilitator, &id);
        let staff = format!("/v1/campuses/{id}/staff/{}", facilitator.id);
        self.put(&organiser, &staff, json!({"role": "facilitator"})).is(204);
        let mut campus = Campus {
            id,
            zone,
            organiser,
            facilitator,
            cohort: String::new(),
        };
        campus.cohort = self.cohort(&campus, cohort);
        campus
    }

    /// A cohort of a campus by the programme of 2018: its id.
    fn cohort(&self, campus: &Campus, mut new: Value) -> String {
        let library = "/v1/programmes?library=true&slug=fac-2018";
        let programme = self.get(&campus.facilitator, library).is(200);
        new["programme_id"] = programme.data()[0]["id"].clone();
        self.post(&campus.facilitator, &campus.path("/cohorts"), new)
            .is(201)
            .id()
    }
}

impl Year {
    pub fn open(service: Service) -> Self {
        let first = monday_after(Instant::now().date());
        let week = |week: u64| first + chrono::Days::new(7 * week);
        let london = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let cohort = json!({"slug": "fac21", "name": "FAC 21", "starts_on": week(14)});
        let london = service.campus(london, ["Olga", "Farid"], cohort);
        let gaza = json!({
            "slug": "gaza", "name": "FAC Gaza", "city": "Gaza", "country": "Palestine",
            "time_zone": "Asia/Gaza", "work_week": ["sun", "mon", "tue", "wed", "thu"],
        });
        let cohort = json!({"slug": "facg7", "name": "FACG 7", "starts_on": week(14)});
        let gaza = service.campus(gaza, ["Omaima", "Fadi"], cohort);
        let next = json!({"slug": "fac22", "name": "FAC 22", "starts_on": week(36)});
        let next = service.cohort(&london, next);

        let (readers, mut applicants, mates) = before(&service, &london, first);
        let names: Vec<String> = (LEAVERS.len()..APPLICANTS + GAZAN)
            .map(|number| format!("Applicant{number}"))
            .collect();
        applicants.extend(service.people(&names));
        let ledgers = [(&london.cohort, PLACES), (&gaza.cohort, FEW_PLACES), (&next, PLACES)];
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        Self {
            plans: Plans::draw(&mut rng),
            ledgers: ledgers.map(|(cohort, places)| Ledger::new(cohort, places)),
            panel: Panel::new(readers, mates),
            stranger: Phone::new(&service, &gaza.organiser),
            clients: Clients::default(),
            careers: Careers::default(),
            service,
            rng,
            first,
            london,
            gaza,
            applicants,
        }
    }
}

/// A cohort before: Ruth graduated, Max mentored her cohort, and Omar knows nobody. Who left it; and which of them should not be
/// read by whom.
fn before(
    service: &Service,
    london: &Campus,
    first: chrono::NaiveDate,
) -> ([Person; 3], Vec<Person>, BTreeSet<(usize, usize)>) {
    let staff = &london.facilitator;
    let go_to = |days: u64| {
        let then = (first + chrono::Days::new(days)).and_hms_opt(9, 0, 0).unwrap();
        service.set_clock(Instant::of_local(then, london.zone));
    };
    let old = json!({"slug": "fac19", "name": "FAC 19", "starts_on": "2015-03-02", "status": "graduated"});
    let old = service.cohort(london, old);
    let [max, omar] = ["Max", "Omar"].map(|name| {
        let alumnus = service.person(name);
        service.join(&alumnus, &london.id);
        let graduate = json!({"person_id": alumnus.id, "status": "graduated"});
        service
            .post(staff, &format!("/v1/cohorts/{old}/enrolments"), graduate)
            .is(201);
        alumnus
    });
    let cohort = json!({"slug": "fac20", "name": "FAC 20", "starts_on": first});
    let cohort = service.cohort(london, cohort);
    let path = |rest: &str| format!("/v1/cohorts/{cohort}{rest}");
    let ruth = service.student(staff, &cohort, "Ruth");
    let leavers = LEAVERS.map(|name| service.student(staff, &cohort, name));
    let set = |status: &str| {
        service.patch(staff, &path(""), json!({ "status": status })).is(200);
    };
    let apart = json!({"kind": "apart", "people": [ruth.id, leavers[1].id]});
    service.post(staff, &path("/pair-rules"), apart).is(201);
    set("running");
    let pairs = json!({"from_week": 1, "to_week": 1, "team_size": {"min": 2, "max": 2}, "effort": "quick"});
    let plan = service.post(staff, &path("/team-plans"), pairs).is(201);
    let publication = format!("/v1/team-plans/{}/publication", plan.id());
    service.post_if(staff, &plan.etag, &publication, json!({})).is(200);
    let slot = json!({"week": 2, "kind": "week", "min": 0, "capacity": 1});
    let slot = service.post(staff, &path("/mentor-slots"), slot).is(201).id();
    let sign_up = format!("/v1/mentor-slots/{slot}/sign-ups");
    service.post(&max, &sign_up, Value::Null).is(201);
    let teams = service.get(staff, &path("/weeks/1/teams")).is(200);

    go_to(8);
    for leaver in &leavers {
        let place = path(&format!("/enrolments/{}", leaver.id));
        service.patch(staff, &place, json!({"status": "withdrawn"})).is(200);
    }
    go_to(14);
    set("graduated");
    // Whom Max mentored; who was in a team with Ruth; and whom there is a rule about.
    let mut mates: BTreeSet<(usize, usize)> = (0..leavers.len()).map(|leaver| (MAX, leaver)).collect();
    let of_ruth = teams.data().iter().find(|team| team.to_string().contains(&ruth.id));
    let members = of_ruth.unwrap()["members"].as_array().unwrap();
    let members: BTreeSet<String> = members.iter().map(|member| text(&member["person"]["id"])).collect();
    let is_mate = |leaver: &usize| members.contains(&leavers[*leaver].id);
    mates.extend((0..leavers.len()).filter(is_mate).map(|leaver| (RUTH, leaver)));
    mates.insert((RUTH, 1));
    assert_eq!(
        mates.len(),
        5,
        "Ruth was in a team with another one than she is kept apart from"
    );
    ([ruth, max, omar], leavers.into(), mates)
}
