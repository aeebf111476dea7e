//! `peerled form --compare`: the plan beside teams made otherwise, as a table.

use forming::{Plan, Problem, Report, baseline};

/// Random plans that are averaged.
const DRAWS: u64 = 20;
const COLUMNS: &str = "                        R   bound  fresh  met, mean  met, least  turn spread  soon  same team  bands broken  role spread  twice running";

/// The table, with what its columns mean.
pub fn table(problem: &Problem, ours: &Report) -> String {
    let judged = |plan: Option<Plan>| Some(baseline::judge(problem, &plan?));
    let random: Option<Vec<Report>> = (1..=DRAWS)
        .map(|seed| judged(baseline::at_random(problem, seed)))
        .collect();
    let greedy = judged(baseline::week_by_week(problem, 1));
    let rows = [
        Some(("this plan", vec![ours.clone()])),
        greedy.map(|report| ("week by week, greedily", vec![report])),
        random.map(|reports| ("at random, mean of 20", reports)),
    ];
    let mut lines = vec![COLUMNS.to_owned()];
    lines.extend(
        rows.into_iter()
            .flatten()
            .map(|(name, reports)| row(problem, name, &reports)),
    );
    lines.push(format!(
        "R counts repeats, and no plan is below the bound. Fresh are meetings of people who have not met before; met \
         is with how many\ndifferent people one works. The turn spread is by how much turns in the smaller team differ, soon counts pairs \
         together again\nafter one round or two, and same team whole teams that are there again. {} of the bands broken cannot be kept by anybody.",
        ours.balance.unavoidable
    ));
    lines.join("\n")
}

fn row(problem: &Problem, name: &str, reports: &[Report]) -> String {
    let mean = |of: &dyn Fn(&Report) -> f64| reports.iter().map(of).sum::<f64>() / reports.len().max(1) as f64;
    let roles = |of: &dyn Fn(&Report) -> Option<usize>| match problem.roles.is_empty() {
        true => "–".to_owned(),
        false => number(mean(&|report| of(report).unwrap_or(0) as f64)),
    };
    let broken = |report: &Report| {
        let balance = &report.balance;
        f64::from(balance.experience + balance.alone + balance.majority + balance.unguided)
    };
    let fresh = |report: &Report| 100.0 * report.fresh_meetings as f64 / report.meetings.max(1) as f64;
    let least = |report: &Report| report.fewest_met.first().map_or(0, |least| least.met) as f64;
    format!(
        "{name:<22} {:>7} {:>5} {:>5.0}% {:>10} {:>11} {:>12} {:>5} {:>10} {:>13} {:>12} {:>14}",
        number(mean(&|report| report.repeats as f64)),
        reports.first().map_or(0, |report| report.bound),
        mean(&fresh),
        number(mean(&|report| people_met(problem, report))),
        number(mean(&least)),
        match has_uneven_teams(reports) {
            true => number(mean(&|report| report
                .spacing
                .turns
                .as_ref()
                .map_or(0.0, |turns| turns.spread))),
            false => "–".to_owned(),
        },
        number(mean(&|report| report.spacing.soon as f64)),
        number(mean(&|report| report.spacing.same_teams as f64)),
        number(mean(&broken)),
        roles(&|report| report.roles.as_ref().map(|roles| roles.spread)),
        roles(&|report| report.roles.as_ref().map(|roles| roles.twice_running)),
    )
}

/// Whether there are teams of different sizes.
fn has_uneven_teams(reports: &[Report]) -> bool {
    reports.iter().any(|report| report.spacing.turns.is_some())
}

/// With how many different people one works, on average.
fn people_met(problem: &Problem, report: &Report) -> f64 {
    let people = problem.size() as f64;
    (people - 1.0) - 2.0 * report.pairs_never as f64 / people
}

/// Whole numbers without decimals, others with one.
fn number(value: f64) -> String {
    match value.fract() == 0.0 {
        true => format!("{value:.0}"),
        false => format!("{value:.1}"),
    }
}
