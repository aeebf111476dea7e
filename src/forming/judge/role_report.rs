//! What a plan is worth in roles.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams};
use crate::quality::roles::given::Given;
use crate::quality::roles::weights::evenest;

/// Repeated pairs, broken bands and seldom-met people, and notes on roles, that a report lists at most.
pub(super) const LISTED: usize = 200;

/// How evenly roles are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleReport {
    /// The largest difference between how often one person has had two roles.
    pub spread: usize,
    /// What the spread cannot be below after the roles that people have had already.
    pub least_spread: usize,
    /// How often somebody has a role twice running.
    pub twice_running: usize,
    /// Teams that leave out a role they could cover.
    pub uncovered: usize,
    /// Why it is not better, where it could be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<RoleNote>,
    /// Who has had which role how often, past included.
    pub counts: BTreeMap<String, BTreeMap<String, usize>>,
}

/// Something about roles that could be better, and why it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleNote {
    /// Whose roles; absent when it is about all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What it is.
    pub flaw: RoleFlaw,
    /// By how much the person's roles differ, or how often it is so.
    pub count: usize,
    /// The same in a sentence.
    pub text: String,
}

/// What could be better about roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleFlaw {
    /// Somebody's roles differ by more than one, and the rounds planned are too few to make up for those had before.
    UnevenPast,
    /// Somebody's roles differ by more than one, and no teams were found in which it is otherwise.
    Uneven,
    /// Somebody has a role twice running.
    TwiceRunning,
}

/// The report on the roles of a plan.
pub(crate) fn role_report(problem: &Problem, plan: &[Teams], roles: &RolePlan) -> RoleReport {
    let (n, k) = (problem.size(), problem.roles.len());
    let mut report = RoleReport::default();
    let mut counts = vec![0_i64; n * k];
    for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
        counts[usize::from(person) * k + role] += 1;
    }
    let past = counts.clone();
    let (given, mut last) = (Given::new(problem), vec![None; n]);
    for (r, (teams, roles)) in plan.iter().zip(roles).enumerate() {
        for (team, roles) in teams.iter().zip(roles) {
            for (&person, &role) in team.iter().zip(roles) {
                let person = usize::from(person);
                counts[person * k + role] += 1;
                let role = Some(role);
                report.twice_running += usize::from(given.before(r, person).or(last[person]) == role);
                report.twice_running += usize::from(given.after(r, person) == role);
                last[person] = role;
            }
            let mut covered = roles.clone();
            covered.sort_unstable();
            covered.dedup();
            report.uncovered += usize::from(covered.len() < team.len().min(k));
        }
    }
    for (person, (counts, past)) in (0..).zip(counts.chunks(k).zip(past.chunks(k))) {
        let rounds = (counts.iter().sum::<i64>() - past.iter().sum::<i64>()) as usize;
        let least = spread(&evenest(past, rounds));
        report.spread = report.spread.max(spread(counts));
        report.least_spread = report.least_spread.max(least);
        report
            .notes
            .extend(role_note(problem.name(person), spread(counts), least));
        let had = counts.iter().map(|&count| count as usize);
        let had = problem.roles.iter().cloned().zip(had).collect();
        report.counts.insert(problem.name(person).to_owned(), had);
    }
    report.notes.extend(twice_running_note(report.twice_running));
    report.notes.truncate(LISTED);
    report
}

/// The largest difference between how often somebody has had two roles.
fn spread(counts: &[i64]) -> usize {
    let most = counts.iter().max().unwrap_or(&0);
    (most - counts.iter().min().unwrap_or(&0)) as usize
}

/// Why somebody's roles are spread by more than one.
fn role_note(name: &str, spread: usize, least: usize) -> Option<RoleNote> {
    let (flaw, why) = match spread {
        0 | 1 => return None,
        _ if spread == least => (
            RoleFlaw::UnevenPast,
            "the rounds planned are too few to make up for the roles had before",
        ),
        _ => (
            RoleFlaw::Uneven,
            "with as few repeats and broken bands, no teams were found in which everybody can have a role they lack",
        ),
    };
    Some(RoleNote {
        person: Some(name.to_owned()),
        flaw,
        count: spread,
        text: format!("{name}'s roles differ by {spread}: {why}"),
    })
}

fn twice_running_note(count: usize) -> Option<RoleNote> {
    let times = match count {
        0 => return None,
        1 => "once".to_owned(),
        _ => format!("{count} times"),
    };
    let why = "with as few repeats and broken bands, no other rotation was found";
    Some(RoleNote {
        person: None,
        flaw: RoleFlaw::TwiceRunning,
        count,
        text: format!("somebody has a role twice running ({times}): {why}"),
    })
}
