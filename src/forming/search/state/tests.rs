use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::input::case::{Case, Person, PlanRound};
use crate::input::error::ProblemError;
use crate::input::problem::Problem;
use crate::rng::FastRng;

/// Increments agree with counting anew, whatever is swapped.
#[test]
fn deltas_add_up() -> Result<(), ProblemError> {
    let person = |i| Person {
        id: format!("{i}"),
        experience: 2.5,
        ..Person::default()
    };
    let plan = (1..=6).map(|week| PlanRound {
        week,
        sizes: Some(vec![5, 4, 3]),
        ..PlanRound::default()
    });
    let case = Case {
        people: (0..12).map(person).collect(),
        plan: plan.collect(),
        ..Case::default()
    };
    let problem = Problem::new(&case)?;
    let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(1));
    let sizes = vec![vec![5, 4, 3]; 6];
    let Some(start) = crate::search::few_repeats::random_plan(&problem, &sizes, &mut rng) else {
        panic!("nothing is demanded");
    };
    let mut state = ScheduleState::new(&problem, &start);
    let begun = state.seating().clone();
    for _ in 0..2_000 {
        let (r, p, q) = (rng.below(6), rng.below(12) as u16, rng.below(12) as u16);
        if state.span(r, p) != state.span(r, q) {
            let delta = state.delta(r, p, q);
            assert_eq!(delta, state.delta_groups(r, [(p, q)].iter()));
            state.swap(r, p, q, delta);
        }
    }
    assert_eq!(state.cost, ScheduleState::new(&problem, &state.plan()).cost);
    state.restore(&begun);
    assert_eq!(state.cost, ScheduleState::new(&problem, &start).cost);
    assert_eq!(state.plan(), start);
    Ok(())
}
