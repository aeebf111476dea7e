//! Whether what is asked of a plan makes sense in the cohort, and which rounds it comes to.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::infeasible::no_such_sizes;
use crate::{
    cohorts::model::Phase,
    error::{Code, Error, FieldError, Result},
    primitives::{Id, pointer::escaped},
    team_plans::model::{Lock, PlanRequest, Snapshot, TeamSize},
    teams::model::Span,
};

/// The largest number that every JSON reader keeps exactly.
const MAX_SEED: i64 = (1 << 53) - 1;
/// Members of a team.
const TEAM: RangeInclusive<usize> = 2..=20;

/// A seed made of a new id, for a run that was given none.
pub fn seed_of(id: Id) -> i64 {
    let digits = id.to_string();
    let mixed = digits.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::try_from(mixed >> 11).unwrap_or_default()
}

/// The rounds that a request comes to.
///
/// # Errors
/// `422` for what makes no sense in this cohort, `409 weeks_published`.
pub fn rounds_to_form(request: &PlanRequest, snapshot: &Snapshot) -> Result<Vec<Span>> {
    let mut wrong = numbers(request);
    wrong.extend(range(request, snapshot));
    fail(wrong)?;
    let published = published_weeks(request, snapshot);
    if !published.is_empty() {
        let detail = "The teams of these weeks are already published. Leave the weeks out, or repair the teams.";
        return Err(Error::new(Code::WeeksPublished, detail).with("weeks", published));
    }
    let rounds = rounds_asked(request, snapshot);
    let mut wrong = sizes(request, snapshot, &rounds);
    for (at, lock) in request.locks.iter().enumerate() {
        wrong.extend(lock_errors(&format!("/locks/{at}"), lock, snapshot, &rounds));
    }
    fail(wrong)?;
    for round in &rounds {
        reachable(request, snapshot, *round)?;
    }
    Ok(rounds)
}

/// `409 roster_changed`: what the teams were formed for is not what is there now.
pub fn changed_meanwhile() -> Error {
    let detail =
        "Students, absences, pair rules or weeks changed while the teams were being formed. Send the request again.";
    Error::new(Code::RosterChanged, detail)
}

fn fail(wrong: Vec<FieldError>) -> Result<()> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::fields(wrong))
    }
}

fn numbers(request: &PlanRequest) -> Vec<FieldError> {
    let size = request.team_size;
    let rules = &request.rules;
    let says = [
        (
            (1..=12).contains(&request.weeks_per_round),
            "/weeks_per_round",
            "must be from 1 to 12",
        ),
        (TEAM.contains(&size.min), "/team_size/min", "must be from 2 to 20"),
        (TEAM.contains(&size.max), "/team_size/max", "must be from 2 to 20"),
        (size.min <= size.max, "/team_size", "min must not be more than max"),
        (request.locks.len() <= 200, "/locks", "must have at most 200 items"),
        (
            rules
                .experience_tolerance
                .is_none_or(|tolerance| (0.0..=5.0).contains(&tolerance)),
            "/rules/experience_tolerance",
            "must be from 0 to 5",
        ),
        (
            rules.min_rounds_between.is_none_or(|rounds| rounds <= 50),
            "/rules/min_rounds_between",
            "must be at most 50",
        ),
        (
            rules.avoid_majority.as_ref().is_none_or(|groups| groups.len() <= 10),
            "/rules/avoid_majority",
            "must be at most 10",
        ),
    ];
    let wrong = says.iter().filter(|(right, ..)| !right);
    wrong
        .map(|(_, pointer, detail)| FieldError::at(*pointer, "invalid", *detail))
        .chain(seed_error(request.seed))
        .collect()
}

/// What is wrong with a seed.
pub(super) fn seed_error(seed: Option<i64>) -> Option<FieldError> {
    let right = seed.is_none_or(|seed| (0..=MAX_SEED).contains(&seed));
    (!right).then(|| FieldError::at("/seed", "invalid", "must be from 0 to 9007199254740991"))
}

fn range(request: &PlanRequest, snapshot: &Snapshot) -> Vec<FieldError> {
    let last = snapshot.weeks.iter().map(|week| week.number).max().unwrap_or(0);
    let exists = |number: i32| snapshot.weeks.iter().any(|week| week.number == number);
    let mut wrong = Vec::new();
    for (pointer, week) in [("/from_week", request.from_week), ("/to_week", request.to_week)] {
        if !exists(week) {
            let detail = format!("must be one of the cohort's weeks, 1 to {last}");
            wrong.push(FieldError::at(pointer, "not_found", detail));
        }
    }
    if wrong.is_empty() && request.from_week > request.to_week {
        wrong.push(FieldError::at("/to_week", "invalid", "must not come before from_week"));
    }
    wrong
}

fn published_weeks(request: &PlanRequest, snapshot: &Snapshot) -> Vec<i32> {
    let asked = Span {
        first: request.from_week,
        last: request.to_week,
    };
    let published = snapshot.published.iter().flat_map(|round| round.span.weeks());
    published.filter(|week| asked.has(*week)).collect()
}

/// A reading week has no teams, unless it is all that is asked for.
fn rounds_asked(request: &PlanRequest, snapshot: &Snapshot) -> Vec<Span> {
    let alone = request.from_week == request.to_week;
    let weeks = request.from_week..=request.to_week;
    rounds(snapshot, weeks, request.weeks_per_round, |phase| {
        alone || phase != Phase::Reading
    })
}

/// The rounds of the course that come after those asked for, with teams of the sizes asked for. They are planned along, so
/// that no week is formed at the cost of later ones. Left out are those that students see, and those whose students no
/// teams of these sizes take.
pub fn rounds_ahead(request: &PlanRequest, snapshot: &Snapshot) -> Vec<Span> {
    let weeks = request.to_week.saturating_add(1)..=i32::MAX;
    let published = |round: &Span| snapshot.published.iter().any(|seated| seated.span.overlaps(*round));
    rounds(snapshot, weeks, request.weeks_per_round, |phase| {
        phase != Phase::Reading
    })
    .into_iter()
    .filter(|round| !published(round) && splits(request.team_size, snapshot.present(*round).len()))
    .collect()
}

/// Runs of consecutive weeks, cut where a round is full.
fn rounds(
    snapshot: &Snapshot,
    weeks: RangeInclusive<i32>,
    weeks_per_round: i32,
    has_teams: impl Fn(Phase) -> bool,
) -> Vec<Span> {
    let mut rounds: Vec<Span> = Vec::new();
    let asked = snapshot.weeks.iter().filter(|week| weeks.contains(&week.number));
    for week in asked.filter(|week| has_teams(week.phase)) {
        match rounds.last_mut() {
            Some(round) if round.last + 1 == week.number && week.number - round.first < weeks_per_round => {
                round.last = week.number;
            }
            _ => rounds.push(Span {
                first: week.number,
                last: week.number,
            }),
        }
    }
    rounds
}

fn sizes(request: &PlanRequest, snapshot: &Snapshot, rounds: &[Span]) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (week, sizes) in &request.sizes {
        let pointer = format!("/sizes/{}", escaped(week));
        let found = week
            .parse()
            .ok()
            .and_then(|week: i32| rounds.iter().find(|round| round.has(week)));
        let Some(round) = found else {
            wrong.push(FieldError::at(
                pointer,
                "not_found",
                format!("is for week {week}, but no teams are asked for in that week"),
            ));
            continue;
        };
        let (present, total) = (
            snapshot.present(*round).len(),
            sizes.iter().fold(0_usize, |sum, size| sum.saturating_add(*size)),
        );
        let listed: Vec<String> = sizes.iter().map(usize::to_string).collect();
        if !seen.insert(*round) {
            wrong.push(FieldError::at(
                pointer,
                "invalid",
                "gives the sizes of the same round a second time",
            ));
        } else if let Some(at) = sizes.iter().position(|size| !TEAM.contains(size)) {
            let detail = "must be from 2 to 20";
            wrong.push(FieldError::at(format!("{pointer}/{at}"), "invalid", detail));
        } else if total != present {
            let detail = format!(
                "must add up to {present}, the students present in week {}; {} make {total}",
                round.first,
                listed.join(" + ")
            );
            wrong.push(FieldError::at(pointer, "invalid", detail));
        }
    }
    wrong
}

fn lock_errors(pointer: &str, lock: &Lock, snapshot: &Snapshot, rounds: &[Span]) -> Vec<FieldError> {
    let Some(round) = rounds.iter().find(|round| round.has(lock.week)) else {
        let detail = format!("must be a week in which teams are asked for; week {} is not", lock.week);
        return vec![FieldError::at(format!("{pointer}/week"), "not_found", detail)];
    };
    if !TEAM.contains(&lock.people.len()) {
        let detail = "must have 2 to 20 people";
        return vec![FieldError::at(format!("{pointer}/people"), "invalid", detail)];
    }
    let mut seen = BTreeSet::new();
    let error = |(at, person): (usize, &Id)| {
        let student = snapshot.students.iter().find(|student| student.id == *person);
        let (code, detail) = match student {
            None => ("not_found", "must be a student of this cohort"),
            Some(_) if !seen.insert(*person) => ("invalid", "is listed twice"),
            Some(student) if !snapshot.is_present(student, *round) => ("absent", "is absent in that week"),
            Some(_) => return None,
        };
        Some(FieldError::at(format!("{pointer}/people/{at}"), code, detail))
    };
    lock.people.iter().enumerate().filter_map(error).collect()
}

/// Whether the students of a round can be split into teams of the sizes asked for.
fn reachable(request: &PlanRequest, snapshot: &Snapshot, round: Span) -> Result<()> {
    let present = snapshot.present(round).len();
    if present == 0 {
        let detail = format!("needs students: nobody is enrolled and present in week {}", round.first);
        return Err(Error::field("/from_week", "no_students", detail));
    }
    let size = request.team_size;
    if splits(size, present) || request.sizes_in(round).is_some() {
        return Ok(());
    }
    Err(no_such_sizes(size, present, round))
}

fn splits(size: TeamSize, present: usize) -> bool {
    (1..=present).any(|teams| teams * size.min <= present && present <= teams * size.max)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::{
        team_plans::model::{Student, WeekDates},
        teams::model::Seated,
    };

    fn snapshot(phases: &[Phase]) -> Snapshot {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let week = |(number, phase): (i32, &Phase)| WeekDates {
            number,
            phase: *phase,
            starts_on: day,
            ends_on: day,
        };
        Snapshot {
            weeks: (1..).zip(phases).map(week).collect(),
            ..Snapshot::default()
        }
    }

    fn asked(from: i32, to: i32, each: i32) -> PlanRequest {
        let body = serde_json::json!({"from_week": from, "to_week": to, "weeks_per_round": each});
        serde_json::from_value(body).unwrap()
    }

    fn firsts_and_lasts(request: &PlanRequest, phases: &[Phase]) -> Vec<(i32, i32)> {
        let rounds = rounds_asked(request, &snapshot(phases));
        rounds.iter().map(|round| (round.first, round.last)).collect()
    }

    #[test]
    fn the_rounds_ahead_are_those_in_which_teams_can_be_formed() {
        use Phase::{Core, Reading};
        let mut course = snapshot(&[Core, Core, Core, Reading, Core, Core, Core, Core]);
        let weeks = |course: &Snapshot, request: &PlanRequest| -> Vec<(i32, i32)> {
            let rounds = rounds_ahead(request, course);
            rounds.iter().map(|round| (round.first, round.last)).collect()
        };
        assert_eq!(weeks(&course, &asked(1, 1, 1)), [], "nobody is there");
        let student = |left_on| Student {
            id: Id::new(),
            enrolled: true,
            experience: None,
            attributes: BTreeMap::new(),
            joined_on: NaiveDate::MIN,
            left_on,
        };
        course.students = (0..4).map(|_| student(None)).collect();
        assert_eq!(
            weeks(&course, &asked(1, 2, 1)),
            [(3, 3), (5, 5), (6, 6), (7, 7), (8, 8)]
        );
        assert_eq!(weeks(&course, &asked(1, 2, 2)), [(3, 3), (5, 6), (7, 8)]);
        assert_eq!(weeks(&course, &asked(3, 8, 1)), []);
        let span = |first, last| Span { first, last };
        course.published.push(Seated {
            span: span(6, 6),
            teams: Vec::new(),
        });
        course.absences = course.students[..2].iter().map(|student| (7, student.id)).collect();
        assert_eq!(
            weeks(&course, &asked(1, 2, 1)),
            [(3, 3), (5, 5), (8, 8)],
            "no teams of two"
        );
    }

    #[test]
    fn rounds_are_consecutive_and_reading_weeks_end_them() {
        use Phase::{Core, Reading};
        let phases = [Core, Core, Core, Reading, Core];
        assert_eq!(
            firsts_and_lasts(&asked(1, 5, 1), &phases),
            [(1, 1), (2, 2), (3, 3), (5, 5)]
        );
        assert_eq!(firsts_and_lasts(&asked(1, 5, 2), &phases), [(1, 2), (3, 3), (5, 5)]);
        assert_eq!(firsts_and_lasts(&asked(4, 4, 1), &phases), [(4, 4)]);
        assert_eq!(firsts_and_lasts(&asked(3, 5, 9), &phases), [(3, 3), (5, 5)]);
    }

    #[test]
    fn seeds_fit_into_json_numbers() {
        let seeds: BTreeSet<i64> = (0..100).map(|_| seed_of(Id::new())).collect();
        assert!(seeds.len() == 100 && seeds.iter().all(|seed| (0..=MAX_SEED).contains(seed)));
    }
}
