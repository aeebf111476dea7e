//! What branching has decided so far, and what follows from it.

#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::problem::Problem;

/// What is decided about a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Granted,
    Refused,
}

/// What is decided about the minimum of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    Open,
    /// It is reached.
    Reach,
    /// It is not reached.
    Miss,
}

/// All that is decided.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    /// By applicant and wish.
    pub wishes: Vec<Vec<Mark>>,
    /// By slot.
    pub goals: Vec<Goal>,
}

/// What was decided contradicts itself.
#[derive(Debug)]
pub(super) struct Contradiction;

impl Marks {
    /// Nothing but what is plain: where too few wish for a slot, it does not reach its minimum.
    pub fn none(problem: &Problem) -> Self {
        let goal = |(at, slot): (usize, &super::OpenSlot)| {
            let wishing = problem
                .applicants
                .iter()
                .filter(|one| one.wish_for(at).is_some())
                .count();
            let most = wishing.min(slot.places);
            if slot.missing() > most { Goal::Miss } else { Goal::Open }
        };
        Self {
            wishes: problem
                .applicants
                .iter()
                .map(|one| vec![Mark::Open; one.wishes.len()])
                .collect(),
            goals: problem.slots.iter().enumerate().map(goal).collect(),
        }
    }

    /// Grants a wish. So whoever comes together gets theirs, and what competes with it is refused.
    pub fn grant(&mut self, problem: &Problem, person: usize, wish: usize) -> Result<(), Contradiction> {
        match self.wishes[person][wish] {
            Mark::Granted => return Ok(()),
            Mark::Refused => return Err(Contradiction),
            Mark::Open => self.wishes[person][wish] = Mark::Granted,
        }
        let applicant = &problem.applicants[person];
        let slot = applicant.wishes[wish].slot;
        let granted = self.wishes[person].iter().filter(|mark| **mark == Mark::Granted);
        if granted.count() > applicant.at_most || self.granted_in(problem, slot) > problem.slots[slot].places {
            return Err(Contradiction);
        }
        for (other, wished) in applicant.wishes.iter().enumerate() {
            if problem.compete(slot, wished.slot) {
                self.refuse(problem, person, other)?;
            }
        }
        for companion in &applicant.together {
            if let Some(theirs) = problem.applicants[*companion].wish_for(slot) {
                self.grant(problem, *companion, theirs)?;
            }
        }
        Ok(())
    }

    /// Refuses a wish, and that of whoever would come together.
    pub fn refuse(&mut self, problem: &Problem, person: usize, wish: usize) -> Result<(), Contradiction> {
        match self.wishes[person][wish] {
            Mark::Refused => return Ok(()),
            Mark::Granted => return Err(Contradiction),
            Mark::Open => self.wishes[person][wish] = Mark::Refused,
        }
        let applicant = &problem.applicants[person];
        for companion in &applicant.together {
            if let Some(theirs) = problem.applicants[*companion].wish_for(applicant.wishes[wish].slot) {
                self.refuse(problem, *companion, theirs)?;
            }
        }
        Ok(())
    }

    fn granted_in(&self, problem: &Problem, slot: usize) -> usize {
        let granted = |(one, marks): (&super::Applicant, &Vec<Mark>)| {
            one.wish_for(slot).is_some_and(|wish| marks[wish] == Mark::Granted)
        };
        problem
            .applicants
            .iter()
            .zip(&self.wishes)
            .filter(|pair| granted(*pair))
            .count()
    }
}

impl Problem {
    /// Whether nobody can take both slots.
    pub(super) fn compete(&self, one: usize, other: usize) -> bool {
        self.competing.contains(&(one.min(other), one.max(other)))
    }
}

impl super::Applicant {
    /// Whether they count among those who are to get something.
    pub(super) fn asks(&self) -> bool {
        self.at_most > 0
            && !(self.wishes.is_empty() && self.barred.iter().all(|barred| barred.why == super::Why::SignedUp))
    }
}
