//! Submissions, code reviews and discoveries.

mod discoveries;
mod due;
mod hints;
mod issues;
mod reviews;
pub mod samples;
mod search;
mod submissions;
mod takeovers;

use std::thread;

use serde_json::{Value, json};

use crate::{
    harness::{Answer, Fac, User},
    team_plans::{plan, publish, week_teams},
};

/// A published team and its members.
pub struct Team {
    pub id: String,
    pub members: Vec<User>,
}

/// Teams of so many for some weeks.
pub fn teams_of(size: i32, from: i32, to: i32) -> Value {
    json!({"from_week": from, "to_week": to, "team_size": {"min": size, "max": size}, "effort": "quick"})
}

/// Publishes teams for some weeks, of so many members.
pub fn publish_weeks(fac: &Fac, size: i32, from: i32, to: i32) {
    publish(fac, &plan(fac, teams_of(size, from, to)).is(201), None).is(200);
}

/// The published teams of a week.
pub fn teams(fac: &Fac, week: i32) -> Vec<Team> {
    let user = |member: &Value| {
        let is_it = |student: &&User| member["person"]["id"] == json!(student.id);
        fac.students.iter().find(is_it).unwrap().clone()
    };
    let team = |team: &Value| Team {
        id: team["id"].as_str().unwrap().into(),
        members: team["members"].as_array().unwrap().iter().map(user).collect(),
    };
    week_teams(&fac.facilitator, fac, week)
        .is(200)
        .data()
        .iter()
        .map(team)
        .collect()
}

pub fn submissions_path(team: &Team) -> String {
    format!("/v1/teams/{}/submissions", team.id)
}

pub fn work(name: &str) -> Value {
    json!({"repository_url": format!("https://github.com/fac/{name}")})
}

/// The project of a week.
pub fn project_path(fac: &Fac, week: i32) -> String {
    let week = fac
        .facilitator
        .get(&format!("/v1/cohorts/{}/weeks/{week}", fac.cohort))
        .is(200);
    format!("/v1/projects/{}", week.json["project"]["id"].as_str().unwrap())
}

pub fn reviews_path(fac: &Fac, week: i32) -> String {
    format!("/v1/cohorts/{}/weeks/{week}/code-reviews", fac.cohort)
}

/// Shares out the reviews of a week as the facilitator.
pub fn assign(fac: &Fac, week: i32) -> Answer {
    fac.facilitator.post(&reviews_path(fac, week), Value::Null).is(201)
}

/// Reviewing and reviewed team of each review.
pub fn pairs(reviews: &Answer) -> Vec<(String, String)> {
    let id = |team: &Value| team["id"].as_str().unwrap().to_owned();
    let pair = |review: &Value| (id(&review["reviewer_team"]), id(&review["reviewed_team"]));
    reviews.data().iter().map(pair).collect()
}

/// Each of these teams reviews one other and is reviewed once.
#[track_caller]
pub fn is_whole(pairs: &[(String, String)], teams: &[Team]) {
    let sorted = |ids: Vec<&String>| {
        let mut ids = ids;
        ids.sort_unstable();
        ids.into_iter().cloned().collect::<Vec<_>>()
    };
    let all = sorted(teams.iter().map(|team| &team.id).collect());
    assert_eq!(sorted(pairs.iter().map(|(by, _)| by).collect()), all);
    assert_eq!(sorted(pairs.iter().map(|(_, of)| of).collect()), all);
    assert!(pairs.iter().all(|(by, of)| by != of), "{pairs:?}");
}

/// A review with the teams it is about.
pub struct Review<'t> {
    pub path: String,
    pub reviewing: &'t Team,
    pub reviewed: &'t Team,
}

/// The reviews of an answer.
pub fn reviews<'t>(answer: &Answer, teams: &'t [Team]) -> Vec<Review<'t>> {
    let team = |value: &Value| teams.iter().find(|team| value["id"] == json!(team.id)).unwrap();
    let review = |value: &Value| Review {
        path: format!("/v1/code-reviews/{}", value["id"].as_str().unwrap()),
        reviewing: team(&value["reviewer_team"]),
        reviewed: team(&value["reviewed_team"]),
    };
    answer.data().iter().map(review).collect()
}

pub fn found() -> Value {
    json!({"title": "The search forgets accents", "body": "Looking for Jose does not find José."})
}

/// Does something as all of these at the same time.
pub fn all_at_once<T: Send>(people: &[User], act: impl Fn(usize, &User) -> T + Sync) -> Vec<T> {
    let act = &act;
    thread::scope(|scope| {
        let threads = people
            .iter()
            .enumerate()
            .map(|(at, person)| scope.spawn(move || act(at, person)));
        let threads: Vec<_> = threads.collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
