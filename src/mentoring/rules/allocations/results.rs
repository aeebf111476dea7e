//! From what was computed to what is kept and told.

use crate::{
    mentoring::{
        allocation::{self, Applicant, OpenSlot, Problem, Solution, WORK_LIMIT, Wish},
        model::{
            AllocationReport, AllocationResult, Assignment, ContestedSlots, DrawsLost, Load, PersonWishes, Search,
            ShortSlot,
        },
    },
    primitives::Id,
};

/// What is kept and told of a solution.
pub fn result(problem: &Problem, solution: &Solution) -> AllocationResult {
    let people = &problem.applicants;
    let slot_id = |slot: &usize| problem.slots.get(*slot).map(|slot| slot.id);
    let person_id = |person: &usize| people.get(*person).map(|one| one.person);
    let given = people.iter().zip(&solution.chosen);
    let granted = given.clone().flat_map(|(one, chosen)| {
        let wishes = chosen.iter().filter_map(|at| one.wishes.get(*at));
        wishes.map(|wish| (one.person, *wish))
    });
    let assignment = |(person, wish): (Id, Wish)| {
        let slot = problem.slots.get(wish.slot)?;
        Some(Assignment {
            person,
            slot: slot.id,
            week: slot.week,
        })
    };
    let short = |(at, slot): (usize, &OpenSlot)| {
        let mentors = slot.taken + granted.clone().filter(|(_, wish)| wish.slot == at).count();
        (mentors < slot.min).then_some(ShortSlot {
            slot_id: slot.id,
            week: slot.week,
            min: slot.min,
            mentors,
        })
    };
    let wishes = |(one, outcomes): (&Applicant, Vec<allocation::Outcome>)| PersonWishes {
        person: one.person,
        at_most: one.at_most,
        together_with: one.together.iter().filter_map(person_id).collect(),
        outcomes,
    };
    let contest = |contest: allocation::Contest| ContestedSlots {
        people: contest.people.iter().filter_map(person_id).collect(),
        slots: contest.slots.iter().filter_map(slot_id).collect(),
        places: contest.places,
    };
    let load = |(one, chosen): (&Applicant, &Vec<usize>)| Load {
        person: one.person,
        before: one.load,
        given: chosen.len(),
    };
    let lost = people.iter().zip(allocation::draws_lost(problem, &solution.chosen));
    let lost = lost.filter(|(_, count)| *count > 0).map(|(one, count)| DrawsLost {
        person: one.person,
        count,
    });
    AllocationResult {
        assignments: granted.clone().filter_map(assignment).collect(),
        wishes: people
            .iter()
            .zip(allocation::explain(problem, &solution.chosen))
            .map(wishes)
            .collect(),
        report: AllocationReport {
            short_slots: problem.slots.iter().enumerate().filter_map(short).collect(),
            without_place: given
                .clone()
                .filter(|(_, chosen)| chosen.is_empty())
                .map(|(one, _)| one.person)
                .collect(),
            contests: allocation::contests(problem).into_iter().map(contest).collect(),
            loads: given.map(load).collect(),
            total_rank: i64::try_from(solution.cost.rank).unwrap_or(i64::MAX),
            draws_lost: lost.collect(),
            search: search(solution),
        },
    }
}

/// What comes first, by the words of the report.
const LEVELS: [&str; 7] = [
    "minimums",
    "everybody_served",
    "losers_served",
    "even_load",
    "ranks",
    "losers_ranks",
    "draw",
];

fn search(solution: &Solution) -> Search {
    Search {
        is_optimal: solution.proved == LEVELS.len(),
        proved: LEVELS.iter().take(solution.proved).map(|word| (*word).into()).collect(),
        work: solution.work,
        work_limit: WORK_LIMIT,
    }
}
