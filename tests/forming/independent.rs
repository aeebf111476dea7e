//! The benchmark's cases, judged from the case file and the result file alone: nothing of the engine's
//! own bookkeeping is believed.

use std::collections::{BTreeMap, BTreeSet};

use forming::{Case, Effort, ResultFile};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::support::{id, lock, outcome, pair, plain, planned};

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().map(|items| items.iter().collect()).unwrap_or_default()
}

fn names(value: &Value) -> Vec<String> {
    list(value)
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// How often each two have met, counting these teams in.
fn meet(met: &mut BTreeMap<(String, String), i64>, teams: &Value) {
    for team in list(teams) {
        let mut team = names(team);
        team.sort_unstable();
        for (i, a) in team.iter().enumerate() {
            for b in &team[i + 1..] {
                *met.entry((a.clone(), b.clone())).or_default() += 1;
            }
        }
    }
}

/// Checks everything that must hold; returns R, counted anew.
fn checked(case: &Value, result: &Value) -> i64 {
    let mut met = BTreeMap::new();
    list(&case["history"])
        .iter()
        .for_each(|week| meet(&mut met, &week["teams"]));
    assert_eq!(list(&case["plan"]).len(), list(&result["weeks"]).len());
    for (asked, given) in list(&case["plan"]).iter().zip(list(&result["weeks"])) {
        assert_eq!(asked["week"], given["week"]);
        check_presence(case, asked, given);
        check_demands(case, given);
        check_roles(case, given);
        meet(&mut met, &given["teams"]);
    }
    met.values().map(|m| m * (m - 1) / 2).sum()
}

fn check_presence(case: &Value, asked: &Value, given: &Value) {
    let absent: BTreeSet<String> = names(&asked["absent"]).into_iter().collect();
    let all = list(&case["people"])
        .into_iter()
        .map(|person| person["id"].as_str().unwrap().to_owned());
    let present: BTreeSet<String> = all.filter(|id| !absent.contains(id)).collect();
    let placed: Vec<String> = list(&given["teams"]).iter().flat_map(|team| names(team)).collect();
    assert_eq!(placed.len(), present.len(), "nobody twice");
    assert_eq!(placed.into_iter().collect::<BTreeSet<_>>(), present);
    let sizes: Vec<usize> = list(&given["teams"]).iter().map(|team| list(team).len()).collect();
    let wanted: Vec<usize> = list(&asked["sizes"])
        .iter()
        .map(|size| size.as_u64().unwrap() as usize)
        .collect();
    assert_eq!(sizes, wanted);
}

fn check_demands(case: &Value, given: &Value) {
    let teams: Vec<Vec<String>> = list(&given["teams"]).iter().map(|team| names(team)).collect();
    let team_of = |id: &String| teams.iter().position(|team| team.contains(id));
    let rules = &case["constraints"];
    for (kind, together) in [("must_pair", true), ("must_not_pair", false)] {
        for rule in list(&rules[kind]) {
            let pair = names(&rule["pair"]);
            if let (Some(a), Some(b)) = (team_of(&pair[0]), team_of(&pair[1])) {
                assert_eq!(a == b, together, "{rule}");
            }
        }
    }
    for lock in list(&rules["locked"])
        .into_iter()
        .filter(|lock| lock["week"] == given["week"])
    {
        let team = lock["team"].as_u64().unwrap() as usize;
        assert!(
            names(&lock["members"])
                .iter()
                .all(|member| team_of(member) == Some(team)),
            "{lock}"
        );
    }
}

/// Everybody has a role, and a team covers as many as it has members.
fn check_roles(case: &Value, given: &Value) {
    let roles = names(&case["roles"]);
    if roles.is_empty() {
        return;
    }
    for (team, held) in list(&given["teams"]).iter().zip(list(&given["roles"])) {
        let team = names(team);
        let held: Vec<&str> = team.iter().map(|id| held[id].as_str().unwrap()).collect();
        let different: BTreeSet<&str> = held.iter().copied().collect();
        assert_eq!(different.len(), team.len().min(roles.len()), "{given}");
        assert!(held.iter().all(|role| roles.iter().any(|known| known == role)));
    }
}

/// R cannot be below the averaging bound, and what is reported is what is there.
fn judge(case: &Case, seed: u64) {
    let (problem, outcome) = outcome(case, seed, Effort::Quick);
    let result = serde_json::to_value(ResultFile::new(&problem, outcome)).unwrap();
    let repeats = checked(&serde_json::to_value(case).unwrap(), &result);
    let report = &result["report"];
    assert_eq!(report["repeats"], json!(repeats), "{}", case.id);
    assert!(report["bound"].as_i64().unwrap() <= repeats, "{}", case.id);
    let sizes = case.plan.iter().flat_map(|round| round.sizes.iter().flatten());
    let meetings: i64 = sizes.map(|&size| (size * (size - 1) / 2) as i64).sum();
    let pairs = (case.people.len() * (case.people.len() - 1) / 2) as i64;
    if case.history.is_empty() {
        let (each, rest) = (meetings / pairs, meetings % pairs);
        assert!(repeats >= pairs * each * (each - 1) / 2 + rest * each, "{}", case.id);
    }
}

/// The families of the benchmark: teams, team size, rounds.
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

#[test]
fn plans_of_every_family_are_what_they_say() {
    for (teams, size, weeks) in FAMILIES {
        let sizes = vec![size; teams];
        let mut case = plain(teams * size, &vec![&sizes[..]; weeks]);
        case.id = format!("{teams}-{size}:{weeks}");
        judge(&case, 1);
    }
}

/// Cohorts of the benchmark with a past, absences, roles, pair rules and a lock.
#[test]
fn plans_of_every_cohort_are_what_they_say() {
    let cohorts: [(&[usize], usize); 8] = [
        (&[4; 3], 16),
        (&[4; 4], 12),
        (&[5, 5, 4, 4], 16),
        (&[4, 4, 4, 3, 3], 16),
        (&[4; 6], 12),
        (&[4, 4, 4, 4, 4, 4, 4, 3], 16),
        (&[5, 5, 5, 4, 4, 4, 4], 16),
        (&[4; 10], 18),
    ];
    for (sizes, weeks) in cohorts {
        let people: usize = sizes.iter().sum();
        let mut case = plain(people, &vec![sizes; weeks]);
        case.id = format!("{people} people, {weeks} weeks");
        case.roles = ["facilitator", "ux", "qa", "devops"].map(str::to_owned).to_vec();
        let (problem, whole) = planned(&case, 3, Effort::Quick);
        case.history = whole.plan.weeks(&problem).into_iter().take(2).collect();
        case.plan.drain(..2);
        case.plan[0].absent = vec![id(2)];
        case.plan[0].sizes.as_mut().unwrap()[0] -= 1;
        case.constraints.must_not_pair = vec![pair("a", 0, 1), pair("b", 4, 7)];
        case.constraints.must_pair = vec![pair("t", 5, 6)];
        case.constraints.locked = vec![lock("l", 4, 1, &[3, 8])];
        judge(&case, 2);
    }
}

/// Who is locked stays, whatever a role, a cool-down or the balance would gain.
#[test]
fn locks_hold_whoever_else_would_like_to_move() {
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut case = plain(12, &[&[4, 4, 4], &[3, 5, 4], &[4, 4, 4]]);
        case.id = format!("locks-{seed}");
        case.roles = (0..=seed % 4).map(|role| format!("role{role}")).collect();
        case.min_rounds_between = rng.random_range(0..3);
        for (i, person) in case.people.iter_mut().enumerate() {
            person.experience = f64::from(rng.random_range(0..=5_u8));
            person
                .attrs
                .insert("gender".into(), if i % 3 == 0 { "w" } else { "m" }.into());
        }
        let mut people: Vec<usize> = (0..12).collect();
        for week in 1..=3 {
            people.shuffle(&mut rng);
            let members = &people[..rng.random_range(1..4)];
            let name = format!("lock{week}");
            case.constraints
                .locked
                .push(lock(&name, week, rng.random_range(0..3), members));
        }
        judge(&case, seed);
    }
}
