//! Sixteen weeks of a cohort in which nothing goes as planned, over HTTP alone: from a table that Excel made to a
//! graduation taken back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use peerled::primitives::Instant;
use serde_json::{Value, json};

use crate::{
    harness::{Answer, User, World},
    on_every_database,
};

/// As Excel saves it on a German Windows: semicolons, Windows-1252, its own headings, dates as they are written there.
const TABLE: &str = "sep=;\r\nE-Mail;Full name;Experience;Gender;Shoe size;Joined on\r\n\
    amal@example.org;Amal;2;woman;38;23/02/2026\r\n\
    bea@example.org;Bea;1;woman;39;\r\n\
    ;Ch\u{e9}rif;3;man;44;\r\n\
    ;Dunja;0;woman;40;\r\n\
    ;Emil;5;man;43;\r\n\
    ;Fadwa;2;woman;37;\r\n\
    ;Gaz\u{e9}lle;4;woman;38;\r\n\
    ;Hisham;1;man;42;\r\n\
    ;Imen;2;woman;38;\r\n\
    ;J\u{fc}rgen;3;man;45;\r\n\
    ;Khadija;0;woman;36;\r\n\
    ;Lea;1;woman;39;\r\n\
    ;Mo;2;man;41;\r\n\
    ;Nadia;4;woman;38;\r\n\
    ;Omer;3;man;43;\r\n\
    ;Petra;1;woman;40;\r\n";

/// Every character of the table is one byte there.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// The cohort and its staff.
struct Fac {
    organiser: User,
    facilitator: User,
    campus: String,
    cohort: String,
}

impl Fac {
    /// A campus in London and a cohort of sixteen weeks, of which the sixth begins next Monday.
    fn open(world: &World) -> Self {
        let [organiser, facilitator] = ["Organiser", "Facilitator"].map(|name| world.person(name));
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let campus = organiser.post("/v1/campuses", campus).is(201).id();
        facilitator
            .put(&format!("/v1/campuses/{campus}/members/me"), Value::Null)
            .is(204);
        let staff = format!("/v1/campuses/{campus}/staff/{}", facilitator.id);
        organiser.put(&staff, json!({"role": "facilitator"}));
        let library = world.nobody().get("/v1/programmes?library=true&slug=fac-2018").is(200);
        let programme = library.data()[0]["id"].clone();
        let starts_on = next_monday() - Days::new(35);
        let cohort = json!({"slug": "fac14", "name": "FAC 14", "programme_id": programme, "starts_on": starts_on});
        let cohort = facilitator
            .post(&format!("/v1/campuses/{campus}/cohorts"), cohort)
            .is(201)
            .id();
        Self {
            organiser,
            facilitator,
            campus,
            cohort,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/cohorts/{}{rest}", self.cohort)
    }

    fn import(&self, query: &str) -> Answer {
        let path = self.path(&format!("/enrolments/import?skip_unknown=true{query}"));
        let table = windows_1252(TABLE);
        self.facilitator.send(
            ureq::http::Method::POST,
            &path,
            Some("text/csv; charset=windows-1252"),
            table,
        )
    }

    fn weeks(&self) -> Vec<Value> {
        self.facilitator.get(&self.path("/weeks")).is(200).data().clone()
    }

    /// Ids of the students by their names.
    fn students(&self) -> BTreeMap<String, String> {
        let list = self.facilitator.get(&self.path("/enrolments?limit=100")).is(200);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let enrolled = list.data().iter().filter(|one| one["status"] == "enrolled");
        enrolled
            .map(|one| (text(&one["person"]["name"]), text(&one["person"]["id"])))
            .collect()
    }

    /// The members of each published team of a week.
    fn teams(&self, week: u64) -> Vec<Vec<String>> {
        let teams = self
            .facilitator
            .get(&self.path(&format!("/weeks/{week}/teams")))
            .is(200);
        let member = |member: &Value| member["person"]["id"].as_str().unwrap().to_owned();
        let of = |team: &Value| team["members"].as_array().unwrap().iter().map(member).collect();
        teams.data().iter().map(of).collect()
    }

    /// Asks about a plan as somebody who has seen it as it is.
    fn plan(&self, plan: &Answer, act: &str, body: Value) -> Answer {
        let path = format!("/v1/team-plans/{}", plan.id());
        let seen = self.facilitator.get(&path).is(200);
        self.facilitator
            .with("If-Match", seen.header("etag"))
            .post(&format!("{path}/{act}"), body)
    }
}

fn next_monday() -> NaiveDate {
    let today = Instant::now().date();
    today + Days::new(7 - u64::from(today.weekday().num_days_from_monday()))
}

/// Everybody who is there is in one team of each week, and in no more.
fn each_in_one_team(fac: &Fac, week: u64, absent: &[&str]) {
    let mut seated: Vec<String> = fac.teams(week).concat();
    seated.sort();
    let mut present: Vec<String> = fac
        .students()
        .into_iter()
        .filter(|(name, _)| !absent.contains(&name.as_str()))
        .map(|(_, id)| id)
        .collect();
    present.sort();
    assert_eq!(seated, present, "week {week}");
}

fn code_to(world: &World, address: &str) -> Value {
    let letters = world.mail();
    let letter = letters.iter().rev().find(|letter| letter.recipient == address).unwrap();
    let code = letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
    json!({"token": code})
}

on_every_database! {
    fn sixteen_weeks_in_which_nothing_goes_as_planned(world: World) {
        let fac = Fac::open(&world);
        let staff = &fac.facilitator;

        // Monday of the first week: sixteen people in a table that was made elsewhere.
        let tried = fac.import("&dry_run=true").is(200);
        assert_eq!(tried.json["skipped_columns"], json!(["shoe size"]), "{}", tried.text);
        assert!(fac.students().is_empty());
        fac.import("").is(200);
        fac.import("").is(200);
        let guests = ["amal", "bea"].map(|name| world.person(name));
        for guest in &guests {
            guest.post("/v1/invitations/acceptances", code_to(&world, &guest.email)).is(201);
        }
        let people = fac.students();
        assert_eq!(people.len(), 16, "{people:?}");
        assert!(people.contains_key("J\u{fc}rgen") && people.contains_key("Ch\u{e9}rif"));
        let misspelt = fac.path(&format!("/enrolments/{}", people["Gaz\u{e9}lle"]));
        staff.patch(&misspelt, json!({"name": "Gazelle"})).is(200);
        let people = fac.students();
        staff.patch(&fac.path(""), json!({"status": "running"})).is(200);

        // Wishes, absences, teams for the first half: they are known before they are shown.
        let apart = json!({"kind": "apart", "people": [people["Emil"], people["Hisham"]]});
        staff.post(&fac.path("/pair-rules"), apart).is(201);
        staff.put(&fac.path(&format!("/weeks/4/absences/{}", people["Lea"])), json!({"reason": "A wedding."})).is(204);
        let amal = &guests[0];
        amal.put(&fac.path(&format!("/weeks/2/absences/{}", amal.id)), Value::Null).problem(409, "conflict");
        amal.put(&fac.path(&format!("/weeks/7/absences/{}", amal.id)), json!({"reason": "An exam."})).is(204);
        let wanted = json!({"from_week": 1, "to_week": 8, "team_size": {"min": 3, "max": 4}});
        let plan = staff.post(&fac.path("/team-plans"), wanted).is(201);
        let before = staff.get(&format!("/v1/team-plans/{}", plan.id())).is(200).json["rounds"][0].clone();

        // Two swaps that look better are looked at, made as one, and taken back.
        let mut arranged: Vec<Vec<Value>> = before["teams"].as_array().unwrap().iter()
            .map(|team| team["members"].as_array().unwrap().iter().map(|member| member["person"]["id"].clone()).collect())
            .collect();
        let (first, second, third) = (arranged[0][0].clone(), arranged[1][0].clone(), arranged[2][0].clone());
        (arranged[0][0], arranged[1][0], arranged[2][0]) = (third, first, second);
        let body = |dry_run: bool| json!({"week": 1, "teams": arranged, "dry_run": dry_run});
        let preview = fac.plan(&plan, "arrangements", body(true)).is(200);
        if preview.json["allowed"] == true {
            let changed = fac.plan(&plan, "arrangements", body(false)).is(200);
            assert_ne!(changed.json["rounds"][0], before);
        }
        let restored = fac.plan(&plan, "restorations", json!({"version": 1})).is(200);
        assert_eq!(restored.json["rounds"][0]["teams"], before["teams"]);
        let weeks = restored.json["rounds"].as_array().unwrap().iter().map(|round| round["first_week"].as_u64().unwrap());
        let weeks: Vec<u64> = weeks.collect();
        fac.plan(&plan, "publication", json!({"dry_run": true})).is(200);
        assert!(staff.get(&fac.path("/weeks/1/teams")).is(200).data().is_empty());
        fac.plan(&plan, "publication", json!({})).is(200);
        for week in weeks.iter().filter(|week| **week <= 8) {
            let absent = match week { 4 => vec!["Lea"], 7 => vec!["amal"], _ => vec![] };
            each_in_one_team(&fac, *week, &absent);
        }

        // A name turns out to have an account: its place goes along, with the teams of the past.
        let petra = world.person("Petra");
        let link = staff.post(&fac.path(&format!("/enrolments/{}/claim-links", people["Petra"])), Value::Null).is(201);
        petra.post("/v1/claims", json!({"code": link.json["code"]})).is(200);
        petra.post("/v1/claims", json!({"code": link.json["code"]})).problem(409, "claim_unusable");
        let seated: BTreeSet<String> = fac.teams(1).concat().into_iter().collect();
        assert!(seated.contains(&petra.id) && !seated.contains(&people["Petra"]));

        // Somebody leaves, somebody comes late: all weeks that are shown are put right in one call.
        let omer = &people["Omer"];
        staff.patch(&fac.path(&format!("/enrolments/{omer}")), json!({"status": "withdrawn"})).is(200);
        let gone = staff.get(&fac.path(&format!("/enrolments/{omer}/teams"))).is(200);
        assert!(gone.data().iter().any(|round| round["gone"] == true), "{}", gone.text);
        staff.post(&fac.path("/enrolments"), json!({"name": "Rima", "joined_on": next_monday()})).is(201);
        let tried = staff.post(&fac.path("/team-repairs"), json!({"dry_run": true, "reason": "Omer left, Rima came."})).is(200);
        let made = staff.with("If-Match", tried.header("etag")).post(&fac.path("/team-repairs"), json!({"reason": "Omer left, Rima came."}));
        made.is(201);
        for week in weeks.iter().filter(|week| **week >= 6 && **week <= 8) {
            each_in_one_team(&fac, *week, if *week == 7 { &["amal"] } else { &[] });
        }

        // A bank holiday on the last day of a week to come.
        let week = fac.weeks()[9].clone();
        let friday = week["ends_on"].as_str().unwrap().to_owned();
        staff.put(&format!("/v1/campuses/{}/days-off/{friday}", fac.campus), json!({"name": "Bank holiday"})).is(204);
        let shorter = fac.weeks()[9].clone();
        assert!(shorter["ends_on"].as_str().unwrap() < friday.as_str());
        if let (Some(due), Some(was)) = (shorter["project"]["due_at"].as_str(), week["project"]["due_at"].as_str()) {
            assert!(due < was);
        }
        assert_eq!(fac.weeks()[10]["starts_on"], json!(next_monday() + Days::new(35)), "later weeks stay");

        // The project needs another week; the last one ends a week later.
        let ends_on = staff.get(&fac.path("")).is(200).json["ends_on"].as_str().unwrap().parse::<NaiveDate>().unwrap();
        staff.post(&fac.path("/weeks"), json!({"number": 8, "phase": "core", "topic": "More"})).problem(409, "weeks_published");
        staff.post(&fac.path("/weeks"), json!({"number": 12, "phase": "core", "topic": "More of the same"})).is(201);
        assert_eq!(fac.weeks().len(), 17);
        assert_eq!(staff.get(&fac.path("")).is(200).json["ends_on"], json!(ends_on + Days::new(7)));

        // The rest of the course. The last rounds are taken back, formed again, and shown.
        let wanted = json!({"from_week": 9, "to_week": 12, "team_size": {"min": 4, "max": 4}});
        let rest = staff.post(&fac.path("/team-plans"), wanted).is(201);
        let formed: Vec<u64> = rest.json["rounds"].as_array().unwrap().iter().map(|round| round["first_week"].as_u64().unwrap()).collect();
        fac.plan(&rest, "publication", json!({})).is(200);
        let last = *formed.last().unwrap();
        staff.delete(&fac.path(&format!("/weeks/{last}/publication"))).is(204);
        assert!(fac.teams(last).is_empty());
        fac.plan(&rest, "reruns", json!({"keep": []})).is(200);
        fac.plan(&rest, "publication", json!({})).is(200);
        for week in &formed {
            each_in_one_team(&fac, *week, &[]);
        }

        // Mentors: an alumna from before this was used, who is double-booked by nobody.
        let library = world.nobody().get("/v1/programmes?library=true&slug=fac-2018").is(200);
        let old = json!({
            "slug": "fac1", "name": "FAC 1", "programme_id": library.data()[0]["id"], "starts_on": "2015-03-02", "status": "graduated",
        });
        let old = staff.post(&format!("/v1/campuses/{}/cohorts", fac.campus), old).is(201).id();
        let alumna = world.person("Alumna");
        alumna.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let graduate = json!({"person_id": alumna.id, "status": "graduated"});
        staff.post(&format!("/v1/cohorts/{old}/enrolments"), graduate).is(201);
        let monday = next_monday();
        let at = |hour: u32| json!(format!("{monday}T{hour:02}:00:00Z"));
        let slot = |week: u64, hour: u32| {
            let slot = json!({"week": week, "kind": "week", "min": 1, "capacity": 1, "starts_at": at(hour), "ends_at": at(hour + 2)});
            staff.post(&fac.path("/mentor-slots"), slot).is(201).id()
        };
        let [early, late] = [slot(6, 10), slot(6, 14)];
        for slot in [&early, &late] {
            alumna.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        }
        let clash = json!({"starts_at": at(11), "ends_at": at(13)});
        staff.patch(&format!("/v1/mentor-slots/{late}"), clash).problem(409, "conflict");
        petra.post(&format!("/v1/mentor-slots/{early}/sign-ups"), Value::Null).problem(403, "not_alumni");

        // Called off by mistake, and on again, with its mentor; graduated by mistake, and running again.
        for (mistake, students) in [("cancelled", "withdrawn"), ("graduated", "graduated")] {
            let enrolled = fac.students();
            staff.patch(&fac.path(""), json!({"status": mistake})).is(200);
            let now = staff.get(&fac.path(&format!("/enrolments/{}", petra.id))).is(200).json["status"].clone();
            assert_eq!(now, students);
            staff.patch(&fac.path(""), json!({"status": "running"})).problem(403, "forbidden");
            fac.organiser.patch(&fac.path(""), json!({"status": "running"})).is(200);
            assert_eq!(fac.students(), enrolled, "after {mistake}");
        }
        let own = alumna.get("/v1/me/sign-ups").is(200);
        assert!(own.data().iter().all(|one| one["status"] == "confirmed"), "{}", own.text);

        // What comes out in the end is what happened: who worked with whom, and a roster that says nothing new.
        let mut met: BTreeMap<BTreeSet<String>, u64> = BTreeMap::new();
        for team in (1..=17).flat_map(|week| fac.teams(week)) {
            for (at, a) in team.iter().enumerate() {
                for b in &team[at + 1..] {
                    *met.entry([a.clone(), b.clone()].into()).or_default() += 1;
                }
            }
        }
        let encounters = staff.get(&fac.path("/encounters")).is(200);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let told: BTreeMap<BTreeSet<String>, u64> = encounters.data().iter()
            .map(|pair| (pair["people"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect(), pair["meetings"].as_u64().unwrap()))
            .collect();
        // Who has left is no longer counted.
        met.retain(|pair, _| !pair.contains(omer));
        assert_eq!(told, met);
        let apart: BTreeSet<String> = [people["Emil"].clone(), people["Hisham"].clone()].into();
        assert!(!met.contains_key(&apart));
        let roster = staff.get(&fac.path("/enrolments/export")).is(200);
        let again = staff.send(ureq::http::Method::POST, &fac.path("/enrolments/import"), Some("text/csv"), roster.bytes.clone()).is(200);
        let outcomes: BTreeSet<&str> = again.json["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, ["already_enrolled", "withdrawn"].into());
    }
}
