//! The seam to the team former: a cohort as it stands becomes a [`Case`], and what the former answers
//! is read back in our own words. Nothing else of this feature knows how the former puts things.

mod ahead;
mod curve;

pub use ahead::form;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::ControlFlow,
};

use forming::{Case, Constraints, Evaluation, LockDemand, PairDemand, Plan, PlanRound, Problem, RoleFlaw, TeamsOfWeek};

use super::model::{
    Balance, Change, Contradiction, Demand, Group, KeptTeams, Outside, PeopleMet, PlanRequest, Progress, RepeatedPair,
    Report, RoleNote, Roles, Snapshot, Student, WayOut, Why,
};
use crate::{
    error::{Error, Result},
    primitives::Id,
    students::model::PairKind,
    teams::model::{Seat, Seated, Span},
};

/// What shrinking a contradiction may cost, in the former's steps of a few nanoseconds, and what setting out one smaller
/// problem counts for.
const PATIENCE: u64 = 100_000_000;
const SETTING_OUT: u64 = 500_000;

/// Tells how far the former is, in our words. What it spends on balance at the end has no budget of its
/// own; it is small.
fn relay(at: &forming::Progress, spent: i64, watch: &mut dyn FnMut(Progress) -> bool) -> ControlFlow<()> {
    let total = |moves: u64| i64::try_from(moves).ok().and_then(|moves| moves.checked_add(spent));
    let moves = total(at.moves).unwrap_or(i64::MAX);
    let budget = total(at.budget).filter(|budget| *budget < i64::MAX);
    let progress = Progress {
        moves,
        budget: budget.unwrap_or(moves),
        repeats: at.best,
        bound: at.bound,
    };
    match watch(progress) {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    }
}

/// The former's conflict is smallest in pairs; a lock of several people is many pairs but one demand,
/// which may need fewer others to clash with. What can go while the rest still clashes goes, as far as
/// the patience goes; without a demand of several pairs nothing can.
fn smallest(
    snapshot: &Snapshot,
    request: &PlanRequest,
    rounds: &[Span],
    found: Contradiction,
) -> Result<Contradiction> {
    let Some(round) = rounds.iter().find(|round| round.first == found.week) else {
        return Ok(found);
    };
    let mut core = found.demands.clone();
    let mut patience = match core.iter().all(|demand| matches!(demand, Demand::Rule(_))) {
        true => 0,
        false => PATIENCE,
    };
    for demand in &found.demands {
        let rest: Vec<Demand> = core.iter().copied().filter(|other| other != demand).collect();
        if patience > 0 && !rest.is_empty() && clash(snapshot, request, *round, &rest, &mut patience)? {
            core = rest;
        }
    }
    Ok(Contradiction { demands: core, ..found })
}

/// Whether these demands alone surely cannot be met in a round.
fn clash(
    snapshot: &Snapshot,
    request: &PlanRequest,
    round: Span,
    demands: &[Demand],
    patience: &mut u64,
) -> Result<bool> {
    *patience = patience.saturating_sub(SETTING_OUT);
    let (mut snapshot, mut request) = (snapshot.clone(), request.clone());
    snapshot.published.clear();
    snapshot.rules.retain(|rule| demands.contains(&Demand::Rule(rule.id)));
    for (at, lock) in request.locks.iter_mut().enumerate() {
        if !demands.contains(&Demand::Lock(at)) {
            lock.people.clear();
        }
    }
    for kept in &mut request.kept {
        kept.teams.retain(|team| demands.contains(&Demand::Kept(team.at)));
    }
    let plan = vec![to_be_planned(&snapshot, &request, round)];
    let problem = problem(&case(&snapshot, &request, &[round], plan))?;
    Ok(forming::contradicts(&problem, patience))
}

fn problem(case: &Case) -> Result<Problem> {
    Problem::new(case).map_err(|error| Error::field("", "invalid", error.to_string()))
}

fn to_be_planned(snapshot: &Snapshot, request: &PlanRequest, span: Span) -> PlanRound {
    let absent = snapshot
        .students
        .iter()
        .filter(|student| !snapshot.is_present(student, span));
    let kept = request.kept.iter().find(|kept| kept.span == span);
    let asked = || request.sizes_in(span).map(<[usize]>::to_vec);
    let sizes = kept.map(|kept| kept.sizes.clone()).or_else(asked);
    let range = forming::SizeRange {
        min: request.team_size.min,
        max: request.team_size.max,
    };
    PlanRound {
        week: week(span.first),
        last_week: Some(week(span.last)),
        absent: absent.map(|student| student.id.to_string()).collect(),
        team_size: sizes.is_none().then_some(range),
        sizes,
    }
}

/// A round whose teams are given: who is placed counts as present, and the sizes are what they are.
fn as_placed(people: &BTreeSet<Id>, round: &Seated) -> PlanRound {
    let placed: BTreeSet<Id> = round.teams.iter().flatten().map(|seat| seat.person).collect();
    PlanRound {
        week: week(round.span.first),
        last_week: Some(week(round.span.last)),
        absent: people.difference(&placed).map(Id::to_string).collect(),
        sizes: Some(round.teams.iter().map(Vec::len).collect()),
        team_size: None,
    }
}

fn week(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn number(week: u32) -> i32 {
    i32::try_from(week).unwrap_or(i32::MAX)
}

/// Somebody counts who can be placed or has been: a student who left before any team was formed
/// would otherwise count as one whom nobody ever meets.
fn people(snapshot: &Snapshot, rounds: &[Span]) -> BTreeSet<Id> {
    let placed = snapshot.published.iter().flat_map(|round| round.teams.iter().flatten());
    let placed: BTreeSet<Id> = placed.map(|seat| seat.person).collect();
    let counts = |student: &&Student| {
        placed.contains(&student.id) || rounds.iter().any(|span| snapshot.is_present(student, *span))
    };
    let students: BTreeSet<Id> = snapshot
        .students
        .iter()
        .filter(counts)
        .map(|student| student.id)
        .collect();
    &students | &placed
}

fn case(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Span], mut plan: Vec<PlanRound>) -> Case {
    let people = people(snapshot, rounds);
    // The former refuses absentees whom it does not know.
    for round in &mut plan {
        round
            .absent
            .retain(|id| Id::parse(id).is_ok_and(|id| people.contains(&id)));
    }
    case_of(snapshot, request, rounds, plan, &people)
}

fn case_of(
    snapshot: &Snapshot,
    request: &PlanRequest,
    rounds: &[Span],
    plan: Vec<PlanRound>,
    people: &BTreeSet<Id>,
) -> Case {
    let history: Vec<TeamsOfWeek> = snapshot.published_besides(rounds).map(history).collect();
    let mut roles = snapshot.roles.clone();
    roles.truncate(largest_team(request, &plan, &history));
    Case {
        id: "cohort".into(),
        people: people.iter().map(|id| person(snapshot, *id)).collect(),
        roles,
        history,
        plan,
        constraints: constraints(snapshot, request, rounds, people),
        balance: balance(request),
        min_rounds_between: request.rules.min_rounds_between.unwrap_or(0),
        ..Case::default()
    }
}

/// A programme may name more roles than a team can hold; the first ones on its list are handed out.
fn largest_team(request: &PlanRequest, plan: &[PlanRound], history: &[TeamsOfWeek]) -> usize {
    let given = plan.iter().flat_map(|round| round.sizes.iter().flatten().copied());
    let past = history.iter().flat_map(|round| round.teams.iter().map(Vec::len));
    given.chain(past).chain([request.team_size.max]).max().unwrap_or(0)
}

fn person(snapshot: &Snapshot, id: Id) -> forming::Person {
    let student = snapshot.students.iter().find(|student| student.id == id);
    let middle = 2.5;
    forming::Person {
        id: id.to_string(),
        experience: student.and_then(|student| student.experience).map_or(middle, f64::from),
        attrs: student.map(|student| student.attributes.clone()).unwrap_or_default(),
    }
}

fn history(round: &Seated) -> TeamsOfWeek {
    let roles = |team: &Vec<Seat>| -> BTreeMap<String, String> {
        let held = team
            .iter()
            .filter_map(|seat| Some((seat.person.to_string(), seat.role.clone()?)));
        held.collect()
    };
    TeamsOfWeek {
        week: week(round.span.first),
        last_week: Some(week(round.span.last)),
        teams: round.teams.iter().map(|team| names(team)).collect(),
        roles: round.teams.iter().map(roles).collect(),
    }
}

fn names(team: &[Seat]) -> Vec<String> {
    team.iter().map(|seat| seat.person.to_string()).collect()
}

fn balance(request: &PlanRequest) -> forming::BalanceRules {
    let mut balance = forming::BalanceRules::default();
    if let Some(tolerance) = request.rules.experience_tolerance {
        balance.experience_tolerance = tolerance;
    }
    if let Some(groups) = &request.rules.avoid_majority {
        let group = |group: &Group| forming::Group {
            attr: group.attribute.to_string(),
            value: group.value.to_string(),
        };
        balance.no_majority = groups.iter().map(group).collect();
    }
    balance
}

/// A rule holds in a round that shares a week with it; the former goes by a round's first week. A
/// lock is a chain of pairs that must be together, so that nobody needs to say in which team.
fn constraints(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Span], people: &BTreeSet<Id>) -> Constraints {
    let mut constraints = Constraints::default();
    for rule in snapshot
        .rules
        .iter()
        .filter(|rule| rule.pair.iter().all(|id| people.contains(id)))
    {
        let mut held = rounds
            .iter()
            .filter(|round| round.overlaps(rule.weeks))
            .map(|round| week(round.first));
        let Some(first) = held.next() else { continue };
        let demand = PairDemand {
            id: format!("rule:{}", rule.id),
            pair: rule.pair.map(|id| id.to_string()),
            from_week: Some(first),
            to_week: Some(held.next_back().unwrap_or(first)),
        };
        match rule.kind {
            PairKind::Apart => constraints.must_not_pair.push(demand),
            PairKind::Together => constraints.must_pair.push(demand),
        }
    }
    for (at, lock) in request.locks.iter().enumerate() {
        let Some(round) = rounds.iter().find(|round| round.has(lock.week)) else {
            continue;
        };
        // Who has left and is in no team any more is unknown to the former, and bound to nobody.
        let known: Vec<&Id> = lock.people.iter().filter(|id| people.contains(id)).collect();
        let pairs = known.iter().zip(known.iter().skip(1)).enumerate();
        constraints.must_pair.extend(pairs.map(|(link, (a, b))| PairDemand {
            id: format!("lock:{at}:{link}"),
            pair: [a.to_string(), b.to_string()],
            from_week: Some(week(round.first)),
            to_week: Some(week(round.first)),
        }));
    }
    let held = request.kept.iter().filter(|kept| rounds.contains(&kept.span));
    constraints.locked = held.flat_map(kept).collect();
    constraints
}

/// Teams that are kept come first among the sizes of their round, each as large as it is: nobody else
/// fits in.
fn kept(kept: &KeptTeams) -> impl Iterator<Item = LockDemand> {
    kept.teams.iter().enumerate().map(|(team, held)| LockDemand {
        id: format!("kept:{}", held.at),
        week: week(kept.span.first),
        team,
        members: held.members.iter().map(Id::to_string).collect(),
    })
}

fn seated(week: &forming::TeamsOfWeek) -> Seated {
    let seat = |id: &String, roles: Option<&BTreeMap<String, String>>| {
        let person = Id::parse(id).ok()?;
        let role = roles.and_then(|roles| roles.get(id)).cloned();
        Some(Seat { person, role })
    };
    let team = |(at, team): (usize, &Vec<String>)| team.iter().filter_map(|id| seat(id, week.roles.get(at))).collect();
    Seated {
        span: Span {
            first: number(week.week),
            last: number(week.last_week.unwrap_or(week.week)),
        },
        teams: week.teams.iter().enumerate().map(team).collect(),
    }
}

fn report(report: forming::Report) -> Report {
    let ids = |name: &str| Id::parse(name).unwrap_or_default();
    let effort = report.effort.unwrap_or_default();
    let pair = |pair: forming::RepeatedPair| RepeatedPair {
        people: pair.pair.map(|id| ids(&id)),
        weeks: pair.weeks,
    };
    let met = |met: forming::PeopleMet| PeopleMet {
        person: ids(&met.person),
        met: met.met,
    };
    let outside = |band: forming::BrokenBand| Outside {
        week: band.week,
        team: band.team + 1,
        rule: band.rule,
        why: band.why,
    };
    let times = |(times, pairs): (u16, usize)| (times.to_string(), pairs);
    Report {
        with_later: None,
        repeats: report.repeats,
        too_soon: report.too_soon,
        bound: report.bound,
        gap: report.gap,
        proved_optimal: report.proved_optimal,
        meetings: report.meetings,
        fresh_meetings: report.fresh_meetings,
        pairs_never: report.pairs_never,
        pairs_by_meetings: report.histogram.into_iter().map(times).collect(),
        repeated: report.repeated.into_iter().map(pair).collect(),
        fewest_met: report.fewest_met.into_iter().map(met).collect(),
        balance: Balance {
            experience: report.balance.experience,
            alone: report.balance.alone,
            majority: report.balance.majority,
            unguided: report.balance.unguided,
            unavoidable: report.balance.unavoidable,
            outside: report.balance.broken.into_iter().map(outside).collect(),
        },
        roles: report.roles.map(|roles| Roles {
            spread: roles.spread,
            twice_running: roles.twice_running,
            uncovered: roles.uncovered,
            notes: roles.notes.iter().map(role_note).collect(),
        }),
        effort: effort.effort,
        moves: effort.moves,
        stopped_early: effort.stopped_early,
    }
}

fn role_note(note: &forming::RoleNote) -> RoleNote {
    let count = note.count;
    let times = if count == 1 {
        "once".to_owned()
    } else {
        format!("{count} times")
    };
    RoleNote {
        person: note.person.as_deref().and_then(|name| Id::parse(name).ok()),
        why: match note.flaw {
            RoleFlaw::UnevenPast => {
                format!("roles differ by {count}: the rounds planned are too few to make up for the roles had before")
            }
            RoleFlaw::Uneven => format!(
                "roles differ by {count}: with as few repeats and broken bands, no teams were found in which everybody \
                 can have a role they lack"
            ),
            RoleFlaw::TwiceRunning => format!(
                "somebody has a role twice running ({times}): with as few repeats and broken bands, no other rotation \
                 was found"
            ),
        },
    }
}

/// The demand behind a constraint of the former's.
fn demand(constraint: &str) -> Option<Demand> {
    let (kind, rest) = constraint.split_once(':')?;
    let name = rest.split(':').next()?;
    match kind {
        "rule" => Id::parse(name).ok().map(Demand::Rule),
        "kept" => name.parse().ok().map(Demand::Kept),
        _ => name.parse().ok().map(Demand::Lock),
    }
}

/// Several links of one lock are one demand to whoever made it.
fn demands(constraints: &[String]) -> Vec<Demand> {
    let found: BTreeSet<Demand> = constraints.iter().filter_map(|id| demand(id)).collect();
    found.into_iter().collect()
}

fn contradiction(conflict: &forming::Conflict) -> Contradiction {
    let way_out = |relaxation: &forming::Relaxation| WayOut {
        drop: demands(&relaxation.drop),
        weeks: relaxation.weeks.iter().copied().map(number).collect(),
        sizes: relaxation.sizes.clone(),
    };
    let mut ways_out: Vec<WayOut> = Vec::new();
    for way in conflict.relaxations.iter().map(way_out) {
        // To give up more than another way does helps nobody.
        let gives_up_all = |other: &WayOut| other.drop.iter().all(|demand| way.drop.contains(demand));
        let same_kind = |other: &&WayOut| other.sizes == way.sizes;
        if !ways_out.iter().filter(same_kind).any(gives_up_all) {
            ways_out.push(way);
        }
    }
    Contradiction {
        week: number(conflict.week),
        demands: demands(&conflict.conflict),
        ways_out,
    }
}

/// Teams as they stand, judged.
pub struct Judged {
    problem: Problem,
    plan: Plan,
    evaluation: Evaluation,
}

impl Judged {
    /// Judges the given rounds by the cohort's rules and the demands of the request.
    ///
    /// # Errors
    /// `422` for a problem beyond the former's limits.
    pub fn of(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Seated]) -> Result<Self> {
        let spans: Vec<Span> = rounds.iter().map(|round| round.span).collect();
        let placed = rounds.iter().flat_map(|round| round.teams.iter().flatten());
        let placed: BTreeSet<Id> = placed.map(|seat| seat.person).collect();
        let people = &people(snapshot, &spans) | &placed;
        let plan = rounds.iter().map(|round| as_placed(&people, round)).collect();
        let problem = problem(&case_of(snapshot, request, &spans, plan, &people))?;
        let plan = read(&problem, rounds);
        let evaluation = forming::evaluate(&problem, &plan);
        Ok(Self {
            problem,
            plan,
            evaluation,
        })
    }

    /// What they are worth.
    pub fn report(&self) -> Report {
        report(self.evaluation.report.clone())
    }

    /// The demands they break, each with the first week of the round.
    pub fn broken(&self) -> BTreeSet<(i32, Demand)> {
        let broken = self.evaluation.violations.iter();
        broken
            .filter_map(|violation| Some((number(violation.week), demand(violation.constraint.as_ref()?)?)))
            .collect()
    }

    /// Why two people are together in the round that begins in a week, or are not. Not at all if it
    /// is not one of these rounds, or one of them is not known in it.
    pub fn why(&self, week: i32, pair: [Id; 2]) -> Option<Why> {
        let names = pair.map(|id| id.to_string());
        let [a, b] = &names;
        let told = forming::explain(&self.problem, &self.plan, self::week(week), [a, b]).ok()?;
        let otherwise = |other: forming::Counterfactual| {
            let [a, b] = other.swap.map(|id| Id::parse(&id).ok());
            Some(([a?, b?], change(other.change)))
        };
        Some(Why {
            together: told.together,
            absent: told.absent.iter().filter_map(|id| Id::parse(id).ok()).collect(),
            other_weeks: told.other_weeks.into_iter().map(number).collect(),
            demands: demands(&told.constraints),
            otherwise: told.otherwise.and_then(otherwise),
            price: told.price.map(|price| (price.at_least, price.at_most)),
        })
    }

    /// What changes from these teams to others of the same rounds.
    pub fn change_to(&self, other: &Judged) -> Change {
        let from = (&self.plan, &self.evaluation);
        change(forming::difference(
            &self.problem,
            from,
            (&other.plan, &other.evaluation),
        ))
    }
}

fn change(difference: forming::Difference) -> Change {
    Change {
        violations: difference.violations,
        repeats: difference.repeats,
        balance: difference.bands,
        roles: difference.roles,
        role_spread: difference.role_spread,
        people_moved: difference.people_moved,
    }
}

/// Our rounds as the former's plan. Without a role for everybody it has no roles at all.
fn read(problem: &Problem, rounds: &[Seated]) -> Plan {
    let index: HashMap<&str, u16> = (0..)
        .zip(&problem.people)
        .map(|(at, person)| (person.id.as_str(), at))
        .collect();
    let mut rounds: Vec<&Seated> = rounds.iter().collect();
    rounds.sort_by_key(|round| round.span);
    let place = |seat: &Seat| index.get(seat.person.to_string().as_str()).copied();
    let role = |seat: &Seat| problem.roles.iter().position(|role| Some(role) == seat.role.as_ref());
    let teams = |round: &&Seated| {
        round
            .teams
            .iter()
            .map(|team| team.iter().filter_map(place).collect())
            .collect()
    };
    let roles = |round: &&Seated| round.teams.iter().map(|team| team.iter().map(role).collect()).collect();
    Plan {
        teams: rounds.iter().map(teams).collect(),
        roles: rounds.iter().map(roles).collect::<Option<_>>().unwrap_or_default(),
    }
}
