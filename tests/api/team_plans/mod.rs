//! Team plans, and what tests of published teams need besides.

mod arrangements;
mod drafts;
mod edits;
mod plans;
mod publication;
mod reruns;
mod restorations;
pub mod samples;
mod trade_off;

use std::collections::BTreeMap;

use diesel::prelude::*;
use peerled::{
    db::schema::{absences, enrolments, pair_rules},
    primitives::{Id, Instant},
    students::model::{EnrolmentStatus, PairKind, PairRule},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Fac, User, World};

/// Teams of four for some weeks.
pub fn fours(from: i32, to: i32) -> Value {
    json!({"from_week": from, "to_week": to, "team_size": {"min": 4, "max": 4}, "effort": "quick"})
}

/// Asks for a plan as the facilitator.
pub fn plan(fac: &Fac, body: Value) -> Answer {
    fac.facilitator
        .post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), body)
}

/// The same caller who has seen this answer.
pub fn having_seen(user: &User, answer: &Answer) -> Client {
    user.with("If-Match", answer.header("etag"))
}

/// Publishes a plan as the facilitator, whole or some weeks.
pub fn publish(fac: &Fac, plan: &Answer, weeks: Option<&[i32]>) -> Answer {
    let body = weeks.map_or(json!({}), |weeks| json!({ "weeks": weeks }));
    having_seen(&fac.facilitator, plan).post(&format!("/v1/team-plans/{}/publication", plan.id()), body)
}

pub fn week_teams(user: &User, fac: &Fac, week: i32) -> Answer {
    user.get(&format!("/v1/cohorts/{}/weeks/{week}/teams", fac.cohort))
}

/// The ids of each team's members, for each round of a plan.
pub fn teams(plan: &Value) -> Vec<Vec<Vec<String>>> {
    let rounds = plan["rounds"].as_array().unwrap();
    rounds.iter().map(|round| members(&round["teams"])).collect()
}

/// The ids of each team's members.
pub fn members(teams: &Value) -> Vec<Vec<String>> {
    let person = |member: &Value| member["person"]["id"].as_str().unwrap().to_owned();
    let team = |team: &Value| team["members"].as_array().unwrap().iter().map(person).collect();
    teams.as_array().unwrap().iter().map(team).collect()
}

/// How often each two are together.
pub fn meetings(rounds: &[Vec<Vec<String>>]) -> BTreeMap<(String, String), usize> {
    let mut met = BTreeMap::new();
    for team in rounds.iter().flatten() {
        for a in team {
            for b in team.iter().filter(|b| a < *b) {
                *met.entry((a.clone(), b.clone())).or_default() += 1;
            }
        }
    }
    met
}

/// Two people of different teams of a round.
pub fn of_two_teams(round: &[Vec<String>]) -> [String; 2] {
    [round[0][0].clone(), round[1][0].clone()]
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub fn set_absent(world: &World, fac: &Fac, week: i32, student: &User) {
    let (cohort, person) = (id(&fac.cohort), id(&student.id));
    world.db(move |conn| {
        let row = (
            absences::cohort_id.eq(cohort),
            absences::week_number.eq(week),
            absences::person_id.eq(person),
            absences::reason.eq("A reason that is nobody's business"),
            absences::created_at.eq(Instant::now()),
        );
        diesel::insert_into(absences::table).values(row).execute(conn)?;
        Ok(())
    });
}

pub fn set_rule(world: &World, fac: &Fac, kind: PairKind, [a, b]: [&str; 2], weeks: Option<(i32, i32)>) -> String {
    let rule = PairRule {
        id: Id::new(),
        cohort_id: id(&fac.cohort),
        kind,
        person_a: id(a),
        person_b: id(b),
        from_week: weeks.map(|weeks| weeks.0),
        to_week: weeks.map(|weeks| weeks.1),
        created_by: None,
        created_at: Instant::now(),
    };
    let name = rule.id.to_string();
    world.db(move |conn| {
        diesel::insert_into(pair_rules::table).values(&rule).execute(conn)?;
        Ok(())
    });
    name
}

pub fn withdraw(world: &World, fac: &Fac, student: &str) {
    let key = (id(&fac.cohort), id(student));
    world.db(move |conn| {
        diesel::update(enrolments::table.find(key))
            .set(enrolments::status.eq(EnrolmentStatus::Withdrawn))
            .execute(conn)?;
        Ok(())
    });
}

/// What no student may read anywhere.
#[track_caller]
pub fn tells_no_secret(answer: &Answer) {
    is_no_secret(&answer.text);
}

/// The same, but for what a student reads of themself.
#[track_caller]
pub fn tells_no_secret_to(reader: &User, answer: &Answer) {
    is_no_secret(&answer.text.replace(&reader.email, ""));
}

#[track_caller]
fn is_no_secret(text: &str) {
    for secret in [
        "rule",
        "apart",
        "\"together\"",
        "experience",
        "gender",
        "balance",
        "@example.org",
        "reason",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
