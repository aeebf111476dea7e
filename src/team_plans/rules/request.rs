//! Whether what is asked of a plan makes sense in the cohort.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::{
    infeasible::no_such_sizes,
    rounds::{rounds_asked, splits},
};
use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::{Id, pointer::escaped},
    team_plans::model::{Lock, PlanRequest, Snapshot},
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

fn fail(wrong: Vec<FieldError>) -> Result<()> {
    Error::check_fields(wrong)
}

fn numbers(request: &PlanRequest) -> Vec<FieldError> {
    let size = request.team_size;
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
    ];
    let wrong = says.iter().filter(|(right, ..)| !right);
    wrong
        .map(|(_, pointer, detail)| (*pointer, *detail))
        .chain(request.rules.faults())
        .map(|(pointer, detail)| FieldError::at(pointer, "invalid", detail))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_fit_into_json_numbers() {
        let seeds: BTreeSet<i64> = (0..100).map(|_| seed_of(Id::new())).collect();
        assert!(seeds.len() == 100 && seeds.iter().all(|seed| (0..=MAX_SEED).contains(seed)));
    }
}
