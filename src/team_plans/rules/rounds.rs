//! Which rounds weeks are cut into.

use std::ops::RangeInclusive;

use crate::{
    cohorts::model::Phase,
    team_plans::model::{PlanRequest, Snapshot, TeamSize},
    teams::model::Span,
};

/// A reading week has no teams, unless it is all that is asked for.
pub fn rounds_asked(request: &PlanRequest, snapshot: &Snapshot) -> Vec<Span> {
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

/// Whether so many students can be split into teams of such sizes.
pub fn splits(size: TeamSize, present: usize) -> bool {
    (1..=present).any(|teams| teams * size.min <= present && present <= teams * size.max)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::{
        primitives::Id,
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
}
