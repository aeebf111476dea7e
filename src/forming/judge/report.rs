//! What a plan is worth, in words and numbers that can be checked by hand.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::role_report::{LISTED, RoleReport, role_report};
use super::spacing_report::{SpacingReport, spacing_report};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams, sizes_of};
use crate::quality::bands::balance::Breaches;
use crate::quality::order::recency;
use crate::quality::spacing::missed;
use crate::search::state::choose2;

/// The quality of a plan, past included.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// R: the sum of m(m − 1)/2 over all pairs, m being how many rounds they share.
    pub repeats: i64,
    /// What no plan with these sizes can be below.
    pub bound: i64,
    /// How far above the bound the plan is.
    pub gap: i64,
    /// Whether the plan is proved to have the fewest repeats possible.
    pub proved_optimal: bool,
    /// The repeats weighted by how soon they come.
    pub recency: i64,
    /// Pairs of meetings with fewer rounds between them than the cool-down asks for, the plan's with
    /// each other and with past ones.
    #[serde(default)]
    pub too_soon: i64,
    /// Shares of the smaller teams, and how late people meet again.
    #[serde(default)]
    pub spacing: SpacingReport,
    /// How often the plan misses each of the case's `rules` that was asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missed: BTreeMap<String, i64>,
    /// Meetings in the rounds planned.
    pub meetings: i64,
    /// Those of them that are a pair's first.
    pub fresh_meetings: i64,
    /// Pairs that never meet.
    pub pairs_never: usize,
    /// How many pairs meet how often.
    pub histogram: BTreeMap<u16, usize>,
    /// The pairs that meet most often, with the weeks.
    pub repeated: Vec<RepeatedPair>,
    /// Those who work with the fewest different people.
    pub fewest_met: Vec<PeopleMet>,
    /// Balance.
    pub balance: BalanceReport,
    /// Roles; absent when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<RoleReport>,
    /// How the plan was found; absent when it was only evaluated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<EffortReport>,
}

/// A pair that shares several rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedPair {
    /// Who.
    pub pair: [String; 2],
    /// The first weeks of those rounds.
    pub weeks: Vec<u32>,
}

/// How many different people somebody works with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleMet {
    /// Who.
    pub person: String,
    /// How many.
    pub met: usize,
}

/// How often the bands are broken, and where.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BalanceReport {
    /// Teams whose mean experience is too far from the cohort's.
    pub experience: u32,
    /// People who are the only one of a minority in their team.
    pub alone: u32,
    /// Teams with a majority that should have none.
    pub majority: u32,
    /// Teams without anybody experienced.
    pub unguided: u32,
    /// How many of all these no plan with these people and sizes avoids.
    pub unavoidable: u32,
    /// The sum of squared deviations from even distribution.
    pub imbalance: f64,
    /// Where bands are broken.
    pub breaches: Vec<BandBreach>,
}

/// A team outside a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandBreach {
    /// The round's first week.
    pub week: u32,
    /// The team's position.
    pub team: usize,
    /// `experience`, `alone`, `majority` or `unguided`.
    pub rule: String,
    /// Why it is so.
    pub why: String,
}

/// What finding the plan took.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffortReport {
    /// The seed, with which the same plan comes again.
    pub seed: u64,
    /// `quick`, `normal` or `thorough`.
    pub effort: String,
    /// Moves tried.
    pub moves: u64,
    /// Whether somebody stopped the search before it was done.
    pub stopped_early: bool,
}

/// The report of a plan that fits the problem, beside a bound on R: to find that may take longer than all the rest.
pub(crate) fn report_beside(problem: &Problem, plan: &[Teams], roles: &RolePlan, bound: i64) -> Report {
    let mut report = Report {
        bound,
        balance: balance(problem, plan, &sizes_of(plan)),
        ..Report::default()
    };
    mixing(problem, plan, &mut report);
    (report.recency, report.too_soon) = recency(problem, plan);
    report.spacing = spacing_report(problem, plan);
    report.missed = missed(problem, plan);
    report.gap = report.repeats - bound;
    report.proved_optimal = report.gap == 0;
    report.roles = (!problem.roles.is_empty()).then(|| role_report(problem, plan, roles));
    report
}

fn pairs(teams: &Teams) -> impl Iterator<Item = (PersonIx, PersonIx)> + '_ {
    let of_team = |team: &[PersonIx]| -> Vec<(PersonIx, PersonIx)> {
        let before = |i: usize| team[..i].iter().copied();
        team.iter()
            .enumerate()
            .flat_map(|(i, &b)| before(i).map(move |a| (a.min(b), a.max(b))))
            .collect()
    };
    teams.iter().flat_map(move |team| of_team(team))
}

/// The part of the report that is about who meets whom.
fn mixing(problem: &Problem, plan: &[Teams], report: &mut Report) {
    let n = problem.size();
    let cell = |(a, b): (PersonIx, PersonIx)| usize::from(a) * n + usize::from(b);
    let mut met = vec![0_u16; n * n];
    problem
        .past
        .iter()
        .flat_map(|round| pairs(&round.teams))
        .for_each(|pair| met[cell(pair)] += 1);
    for pair in plan.iter().flat_map(pairs) {
        report.meetings += 1;
        report.fresh_meetings += i64::from(met[cell(pair)] == 0);
        met[cell(pair)] += 1;
    }
    let mut partners = vec![0; n];
    let mut often = BTreeMap::new();
    for a in 0..n {
        for b in a + 1..n {
            let times = met[a * n + b];
            report.repeats += choose2(times);
            *report.histogram.entry(times).or_default() += 1;
            if times > 0 {
                partners[a] += 1;
                partners[b] += 1;
            }
            if times > 1 {
                often.insert((a as PersonIx, b as PersonIx), Vec::with_capacity(usize::from(times)));
            }
        }
    }
    report.pairs_never = report.histogram.get(&0).copied().unwrap_or(0);
    report.repeated = repeated(problem, plan, often);
    report.fewest_met = fewest_met(problem, &partners);
}

fn repeated(
    problem: &Problem,
    plan: &[Teams],
    mut often: BTreeMap<(PersonIx, PersonIx), Vec<u32>>,
) -> Vec<RepeatedPair> {
    let past = problem.past.iter().map(|round| (round.week, &round.teams));
    let planned = problem
        .rounds
        .iter()
        .zip(plan)
        .map(|(round, teams)| (round.week, teams));
    for (week, teams) in past.chain(planned) {
        for pair in pairs(teams) {
            often.entry(pair).and_modify(|weeks| weeks.push(week));
        }
    }
    let mut all: Vec<_> = often.into_iter().collect();
    all.sort_by_key(|(_, weeks)| std::cmp::Reverse(weeks.len()));
    all.truncate(LISTED);
    let name = |p| problem.name(p).to_owned();
    all.into_iter()
        .map(|((a, b), weeks)| RepeatedPair {
            pair: [name(a), name(b)],
            weeks,
        })
        .collect()
}

fn fewest_met(problem: &Problem, partners: &[usize]) -> Vec<PeopleMet> {
    let least = partners.iter().copied().min().unwrap_or(0);
    let fewest = (0..).zip(partners).filter(|&(_, &met)| met == least).take(LISTED);
    fewest
        .map(|(p, &met)| PeopleMet {
            person: problem.name(p).to_owned(),
            met,
        })
        .collect()
}

fn balance(problem: &Problem, plan: &[Teams], sizes: &[Vec<usize>]) -> BalanceReport {
    let mut report = BalanceReport::default();
    let mut imbalance = 0;
    for ((round, teams), sizes) in problem.rounds.iter().zip(plan).zip(sizes) {
        let limits = problem.balance.limits(round, sizes);
        report.unavoidable += limits.unavoidable().total();
        for (t, team) in teams.iter().enumerate() {
            let breaches = problem.balance.breaches(&limits, team);
            imbalance += problem.balance.imbalance(&limits, team);
            report.experience += breaches.experience;
            report.alone += breaches.alone;
            report.majority += breaches.majority;
            report.unguided += breaches.unguided;
            report
                .breaches
                .extend(breaches_of(round.week, t, breaches, limits.unavoidable()));
        }
    }
    report.breaches.truncate(LISTED);
    report.imbalance = imbalance as f64 / 1e6;
    report
}

fn breaches_of(week: u32, team: usize, breaches: Breaches, unavoidable: Breaches) -> impl Iterator<Item = BandBreach> {
    let rules = [
        ("experience", breaches.experience, unavoidable.experience),
        ("alone", breaches.alone, unavoidable.alone),
        ("majority", breaches.majority, unavoidable.majority),
        ("unguided", breaches.unguided, unavoidable.unguided),
    ];
    rules
        .into_iter()
        .filter(|&(_, count, _)| count > 0)
        .map(move |(rule, _, unavoidable)| {
            let why = match unavoidable {
                0 => "keeping it would cost a repeat or another wish, or no way was found".to_owned(),
                count => format!("{count} such cannot be avoided in week {week}: {}", reason(rule)),
            };
            BandBreach {
                week,
                team,
                rule: rule.to_owned(),
                why,
            }
        })
}

/// Why some breaches of a band cannot be avoided by anybody.
fn reason(rule: &str) -> &'static str {
    match rule {
        "alone" => "there is only one such person",
        "majority" => "there are too many of them for the teams",
        _ => "there are fewer experienced people than teams",
    }
}
