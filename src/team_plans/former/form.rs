//! No week is formed at the cost of later ones: the rest of the course is planned along.

use forming::{Case, Outcome};

use super::{
    Judged,
    answers::{contradiction, report, seated},
    case::{case, earlier, problem, to_be_planned},
    conflict::smallest,
    relay,
};
use crate::{
    error::Result,
    team_plans::model::{
        Contradiction, Effort, Formed, FormingInput, PlanRequest, Progress, Report, Snapshot, WithLater,
    },
    teams::model::{Seated, Span},
};

/// Forms teams for the rounds, with the later ones in mind. `watch` is told now and then how far it is; after a
/// no, the best so far is taken.
///
/// # Errors
/// `422` for a problem beyond the former's limits; the inner one if no teams meet all demands.
pub fn form(
    input: &FormingInput,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<std::result::Result<Formed, Contradiction>> {
    let FormingInput {
        request,
        rounds,
        later_rounds,
        snapshot,
        ..
    } = input;
    let mut run = Run {
        request,
        earlier: &input.earlier,
        seed: input.seed,
        spent: 0,
        watch,
    };
    // Demands that clash in later weeks are for the day when teams are asked for in those.
    let planned_along = match later_rounds.as_slice() {
        [] => None,
        later => run.with_later(snapshot, rounds, later)?,
    };
    Ok(match planned_along {
        Some(formed) => Ok(formed),
        None => match run.solve(snapshot, rounds)? {
            Ok(formed) => Ok(formed),
            Err(why) => Err(smallest(snapshot, request, rounds, why)?),
        },
    })
}

/// One request on its way through the former, perhaps more than once.
struct Run<'a> {
    request: &'a PlanRequest,
    earlier: &'a [Seated],
    seed: i64,
    /// Moves of the solves before this one.
    spent: i64,
    watch: &'a mut dyn FnMut(Progress) -> bool,
}

impl Run<'_> {
    /// Teams for the rounds with which the whole course has the fewest repeats found; none if it cannot be formed.
    fn with_later(&mut self, snapshot: &Snapshot, rounds: &[Span], later: &[Span]) -> Result<Option<Formed>> {
        let Ok(whole) = self.solve(snapshot, &[rounds, later].concat())? else {
            return Ok(None);
        };
        let (teams, planned_along): (Vec<Seated>, Vec<Seated>) =
            (whole.rounds.into_iter()).partition(|round| rounds.contains(&round.span));
        let report = Report {
            with_later: later.last().map(|last| WithLater {
                to_week: last.last,
                repeats: whole.report.repeats,
                bound: whole.report.bound,
            }),
            ..Judged::of(snapshot, self.request, &teams)?
                .report()
                .searched_as(whole.report)
        };
        let mut formed = Formed {
            rounds: teams,
            report,
            planned_along,
        };
        if formed.report.gap > 0
            && !formed.report.stopped_early
            && let Some(fresher) = self.fresher(snapshot, &formed, rounds, later)?
        {
            formed = fresher;
        }
        formed.report.moves = self.spent.unsigned_abs();
        Ok(Some(formed))
    }

    /// Teams with fewer repeats in the rounds themselves, if later ones are none the worse for it.
    fn fresher(
        &mut self,
        snapshot: &Snapshot,
        than: &Formed,
        rounds: &[Span],
        later: &[Span],
    ) -> Result<Option<Formed>> {
        let Ok(mut alone) = self.solve(snapshot, rounds)? else {
            return Ok(None);
        };
        if alone.report.repeats >= than.report.repeats {
            return Ok(None);
        }
        let mut passed = snapshot.clone();
        passed.published.extend(alone.rounds.iter().cloned());
        let Ok(with_them) = self.solve(&passed, later)? else {
            return Ok(None);
        };
        alone.planned_along = with_them.rounds;
        alone.report.with_later = than.report.with_later.map(|before| WithLater {
            repeats: with_them.report.repeats,
            ..before
        });
        let repeats = |formed: &Formed| formed.report.with_later.map(|later| later.repeats);
        Ok((repeats(&alone) <= repeats(than)).then_some(alone))
    }

    fn solve(&mut self, snapshot: &Snapshot, rounds: &[Span]) -> Result<std::result::Result<Formed, Contradiction>> {
        let plan = rounds.iter().map(|span| to_be_planned(snapshot, self.request, *span));
        let problem = problem(&Case {
            previous: earlier(snapshot, rounds, self.earlier),
            ..case(snapshot, self.request, rounds, plan.collect())
        })?;
        let options = forming::Options {
            seed: self.seed.unsigned_abs(),
            effort: match self.request.effort {
                Effort::Quick => forming::Effort::Quick,
                Effort::Normal => forming::Effort::Normal,
                Effort::Thorough => forming::Effort::Thorough,
            },
        };
        let (spent, watch) = (self.spent, &mut self.watch);
        let solved = forming::solve(&problem, &options, &mut |at| relay(at, spent, watch));
        Ok(match solved {
            Outcome::Planned(planned) => {
                let report = report(planned.report);
                self.spent += i64::try_from(report.moves).unwrap_or_default();
                Ok(Formed {
                    rounds: planned.plan.weeks(&problem).iter().map(seated).collect(),
                    report,
                    planned_along: Vec::new(),
                })
            }
            Outcome::Infeasible(conflict) => Err(contradiction(&conflict)),
        })
    }
}
