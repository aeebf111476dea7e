//! The goals of the team former as a table: `cargo bench --bench forming [-- SEEDS [TEXT]]`; with a text only the lines
//! that begin with it, such as `b 24` or `d`.
//!
//! Times are seconds of one core. Moves are what is spent; they do not depend on the machine.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod cohorts;

use std::ops::ControlFlow;
use std::time::Instant;

use forming::{
    Case, Effort, Options, Outcome, PairDemand, Person, PlanRound, Planned, Problem, Teams, TeamsOfWeek, explain,
    solve, trade_off,
};

/// Golfer families: teams, team size, rounds at the best known number.
const FAMILIES: [(usize, usize, usize); 21] = [
    (3, 3, 4),
    (4, 3, 4),
    (4, 4, 5),
    (5, 3, 7),
    (5, 4, 5),
    (5, 5, 6),
    (6, 3, 8),
    (6, 4, 7),
    (6, 5, 6),
    (7, 3, 10),
    (7, 4, 9),
    (7, 5, 7),
    (8, 3, 11),
    (8, 4, 10),
    (8, 5, 8),
    (9, 3, 13),
    (9, 4, 11),
    (9, 5, 9),
    (10, 3, 14),
    (10, 4, 13),
    (10, 5, 9),
];

/// Cohorts that must repeat: sizes, rounds.
const COHORTS: [(&[usize], usize); 16] = [
    (&[4, 3], 10),
    (&[4; 4], 8),
    (&[4; 5], 12),
    (&[4, 4, 4, 3, 3], 12),
    (&[4, 4, 4, 4, 4, 3], 12),
    (&[4; 3], 16),
    (&[4; 4], 12),
    (&[4; 4], 16),
    (&[5, 5, 4, 4], 16),
    (&[4, 4, 4, 3, 3], 16),
    (&[4; 5], 16),
    (&[4; 6], 12),
    (&[4, 4, 4, 4, 4, 4, 4, 3], 16),
    (&[4; 10], 18),
    (&[4; 6], 16),
    (&[5, 5, 5, 4, 4, 4, 4], 16),
];

/// Cohorts on their way.
const ON_THE_WAY: u64 = 20;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let seeds = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(5);
    let text = args.iter().find(|arg| arg.parse::<u64>().is_err());
    let asked = |name: &str| text.is_none_or(|text| name.starts_with(text.as_str()));
    println!(
        "{:<34} {:>9} {:>11} {:>9} {:>7} {:>9} {:>6} {:>6} {:>6} {:>6} {:>9} {:>9} {:>9}",
        "case",
        "proved",
        "R",
        "bound",
        "turns",
        "soon",
        "next",
        "same",
        "roles",
        "twice",
        "s worst",
        "M moves",
        "M moves/s"
    );
    for (teams, size, weeks) in FAMILIES {
        let name = format!("a {teams}-{size}:{weeks}");
        if asked(&name) {
            row(&name, &plain(&vec![size; teams], weeks), Effort::Normal, seeds);
        }
    }
    for (sizes, weeks) in COHORTS {
        let name = format!("b {} people, {weeks} rounds", sizes.iter().sum::<usize>());
        if asked(&name) {
            row(&name, &plain(sizes, weeks), Effort::Normal, seeds);
        }
    }
    for (sizes, weeks) in COHORTS {
        if asked(&format!("c {} people, {weeks} weeks", sizes.iter().sum::<usize>())) {
            week_by_week(sizes, weeks);
        }
    }
    for (letter, effort) in [("p", Effort::Normal), ("t", Effort::Thorough)] {
        on_the_way(letter, effort, seeds, &asked);
    }
    let others: [(&str, fn()); 5] = [
        ("d plain", || thousand(false)),
        ("d balanced", || thousand(true)),
        ("f", contradiction),
        ("g", explanation),
        ("h", curve),
    ];
    for (_, print) in others.iter().filter(|(name, _)| asked(name)) {
        print();
    }
}

/// Cohorts on their way: what one effort comes to.
fn on_the_way(letter: &str, effort: Effort, seeds: u64, asked: &dyn Fn(&str) -> bool) {
    for seed in 0..ON_THE_WAY {
        let label = format!("{letter} cohort {seed}");
        // Making one takes a while, so it is asked for by its number alone.
        if !asked(&label) {
            continue;
        }
        let Some(case) = cohorts::on_the_way(seed) else {
            println!("{label}: no past");
            continue;
        };
        let (people, weeks) = (case.people.len(), case.plan.len());
        row(&format!("{label}, {people} people, {weeks} left"), &case, effort, seeds);
    }
}

fn plain(sizes: &[usize], weeks: usize) -> Case {
    let person = |i| Person {
        id: format!("p{i}"),
        experience: 2.5,
        ..Person::default()
    };
    let round = |week| PlanRound {
        week: week as u32,
        sizes: Some(sizes.to_vec()),
        ..PlanRound::default()
    };
    Case {
        id: "bench".into(),
        people: (0..sizes.iter().sum()).map(person).collect(),
        plan: (1..=weeks).map(round).collect(),
        ..Case::default()
    }
}

/// Gives people experience, gender and roles.
fn real(mut case: Case) -> Case {
    for (i, person) in case.people.iter_mut().enumerate() {
        person.experience = (i * 7 % 6) as f64;
        person
            .attrs
            .insert("gender".into(), if i * 5 % 9 < 4 { "m" } else { "w" }.into());
    }
    case.roles = ["scrum_facilitator", "ux_lead", "qa", "devops"]
        .map(str::to_owned)
        .to_vec();
    case
}

fn seeded(seed: u64) -> Options {
    Options {
        seed,
        ..Options::default()
    }
}

fn run(case: &Case, options: &Options) -> Option<(Problem, Planned, f64)> {
    let begun = Clock::now();
    let problem = Problem::new(case).ok()?;
    match solve(&problem, options, &mut |_| ControlFlow::Continue(())) {
        Outcome::Planned(planned) => Some((problem, *planned, begun.seconds())),
        Outcome::Infeasible(_) => None,
    }
}

fn row(name: &str, case: &Case, effort: Effort, seeds: u64) {
    let runs: Vec<_> = (0..seeds)
        .filter_map(|seed| run(case, &Options { seed, effort }))
        .collect();
    let proved = runs
        .iter()
        .filter(|(_, planned, _)| planned.report.proved_optimal)
        .count();
    let repeats = runs.iter().map(|(_, planned, _)| planned.report.repeats);
    let (least, most) = (repeats.clone().min().unwrap_or(0), repeats.max().unwrap_or(0));
    let bound = runs.first().map_or(0, |(_, planned, _)| planned.report.bound);
    let spacing = || runs.iter().map(|(_, planned, _)| &planned.report.spacing);
    let spread = spacing()
        .filter_map(|spacing| spacing.turns.as_ref())
        .map(|turns| turns.spread);
    let spread = spread.fold(0.0, f64::max);
    let soon = spacing().map(|spacing| spacing.soon);
    let (soonest, soon) = (soon.clone().min().unwrap_or(0), soon.max().unwrap_or(0));
    let next = runs.iter().map(|(_, planned, _)| running(&planned.plan.teams)).max();
    let next = next.unwrap_or(0);
    let same = spacing().map(|spacing| spacing.same_teams).max().unwrap_or(0);
    let roles = || runs.iter().filter_map(|(_, planned, _)| planned.report.roles.as_ref());
    let uneven = roles().map(|roles| roles.spread).max().unwrap_or(0);
    let twice = roles().map(|roles| roles.twice_running).max().unwrap_or(0);
    let worst = runs.iter().map(|&(_, _, time)| time).fold(0.0, f64::max);
    let moves: u64 = runs
        .iter()
        .filter_map(|(_, p, _)| p.report.effort.as_ref())
        .map(|effort| effort.moves)
        .sum();
    let time: f64 = runs.iter().map(|&(_, _, time)| time).sum();
    let (each, speed) = (moves as f64 / 1e6 / seeds as f64, moves as f64 / 1e6 / time);
    println!(
        "{name:<34} {proved:>6}/{seeds:<2} {least:>5}–{most:<5} {bound:>9} {spread:>7} {soonest:>3}–{soon:<3} {next:>6} {same:>6} {uneven:>6} {twice:>6} {worst:>9.2} {each:>9.2} {speed:>9.1}"
    );
}

/// Seconds of the processor, where the system tells them: what else a machine does is no part of a result. Else those of
/// the clock on the wall.
struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    fn now() -> Self {
        Self {
            wall: Instant::now(),
            processor: processor_time(),
        }
    }

    fn seconds(&self) -> f64 {
        let spent = processor_time().zip(self.processor).map(|(now, then)| now - then);
        spent.unwrap_or_else(|| self.wall.elapsed().as_secs_f64())
    }
}

fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = stat.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Pairs that are together in two rounds running.
fn running(rounds: &[Teams]) -> usize {
    let mut pairs = 0;
    for two in rounds.windows(2) {
        let [before, after] = two else { continue };
        for team in after {
            for other in before {
                let both = team.iter().filter(|person| other.contains(person)).count();
                pairs += both * both.saturating_sub(1) / 2;
            }
        }
    }
    pairs
}

/// The course planned anew every week, beginning from the weeks as they were planned along the week before.
fn week_by_week(sizes: &[usize], weeks: usize) {
    let mut case = real(plain(sizes, weeks));
    let (mut slowest, mut all, mut last) = (0.0_f64, 0.0, None);
    while !case.plan.is_empty() {
        let Some((problem, planned, time)) = run(&case, &seeded(case.plan.len() as u64)) else {
            return;
        };
        slowest = slowest.max(time);
        all += time;
        let mut teams = planned.plan.weeks(&problem);
        let first = teams.remove(0);
        case.previous = teams;
        case.history.push(TeamsOfWeek {
            week: first.week,
            last_week: None,
            teams: first.teams,
            roles: first.roles,
        });
        case.plan.remove(0);
        last = Some(planned.report);
    }
    let Some(report) = last else { return };
    let roles = report.roles.unwrap_or_default();
    println!(
        "c {} people, {weeks} weeks one by one: R {} bound {}, turns {}, soon {}, {:.2} s a week, slowest {slowest:.2} s; e: spread {}, \
         last week: twice running {}, uncovered {}",
        sizes.iter().sum::<usize>(),
        report.repeats,
        report.bound,
        report.spacing.turns.as_ref().map_or(0.0, |turns| turns.spread),
        report.spacing.soon,
        all / weeks as f64,
        roles.spread,
        roles.twice_running,
        roles.uncovered
    );
}

/// 1,000 people, 100 pairs apart, 20 together, 3 % absent.
fn thousand(balanced: bool) {
    let mut case = plain(&[4; 250], 16);
    for (week, round) in case.plan.iter_mut().enumerate() {
        let absent: Vec<usize> = (0..32).map(|i| (i * 31 + week * 17) % 992).collect();
        let distinct: std::collections::BTreeSet<usize> = absent.into_iter().collect();
        round.absent = distinct.iter().map(|i| format!("p{i}")).collect();
        let present = 1000 - distinct.len();
        let mut sizes = vec![4; present / 4];
        sizes.iter_mut().take(present % 4).for_each(|size| *size += 1);
        round.sizes = Some(sizes);
    }
    let pair = |id: String, a: usize, b: usize| PairDemand {
        id,
        pair: [format!("p{a}"), format!("p{b}")],
        ..PairDemand::default()
    };
    case.constraints.must_not_pair = (0..100).map(|i| pair(format!("a{i}"), i, 500 + 3 * i)).collect();
    case.constraints.must_pair = (0..20)
        .map(|i| pair(format!("t{i}"), 300 + 2 * i, 301 + 2 * i))
        .collect();
    let case = if balanced { real(case) } else { case };
    let Some((_, planned, time)) = run(&case, &seeded(1)) else {
        return;
    };
    let (per_week, report) = (time * 1000.0 / 16.0, planned.report);
    let with = if balanced { "with roles and" } else { "without" };
    println!(
        "d 1,000 people {with} balance: R {} bound {}, {per_week:.1} ms a week, {:.2} M moves, memory at most {}",
        report.repeats,
        report.bound,
        report.effort.map_or(0, |effort| effort.moves) as f64 / 1e6,
        peak_memory()
    );
}

/// The most memory this process has had until now, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: Option<f64> = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.trim().parse().ok());
    kib.map_or_else(|| "n/a".to_owned(), |kib| format!("{:.1} MiB", kib / 1024.0))
}

fn contradiction() {
    let mut case = plain(&[4; 10], 18);
    let pair = |id: &str, a: usize, b: usize| PairDemand {
        id: id.into(),
        pair: [format!("p{a}"), format!("p{b}")],
        ..PairDemand::default()
    };
    case.constraints.must_pair = vec![pair("t1", 0, 1), pair("t2", 1, 2), pair("t3", 5, 6)];
    case.constraints.must_not_pair = vec![pair("a1", 0, 2), pair("a2", 7, 8)];
    let begun = Clock::now();
    let Ok(problem) = Problem::new(&case) else { return };
    if let Outcome::Infeasible(conflict) = solve(&problem, &Options::default(), &mut |_| ControlFlow::Continue(())) {
        let time = begun.seconds() * 1000.0;
        println!(
            "f {:?} in week {}, {} ways out: {time:.2} ms",
            conflict.conflict,
            conflict.week,
            conflict.relaxations.len()
        );
    }
}

fn explanation() {
    let Some((problem, planned, _)) = run(&real(plain(&[4; 10], 12)), &seeded(1)) else {
        return;
    };
    let begun = Clock::now();
    if let Ok(why) = explain(&problem, &planned.plan, 3, ["p0", "p1"]) {
        println!("g {} ({:.2} ms)", why.text, begun.seconds() * 1000.0);
    }
}

fn curve() {
    let Some((problem, planned, _)) = run(&real(plain(&[4; 10], 16)), &seeded(1)) else {
        return;
    };
    let begun = Clock::now();
    let points = trade_off(&problem, &planned.plan, &seeded(1), &mut |_| ControlFlow::Continue(()));
    let list: Vec<String> = points.iter().map(|p| format!("{}/{}", p.repeats, p.bands)).collect();
    println!("h repeats/bands: {} ({:.2} s)", list.join("  "), begun.seconds());
}
