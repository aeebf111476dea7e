//! All repairs that the published rounds of a cohort need, looked at together and made in one transaction.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::{
    damage::RoundUnderRepair,
    repairs::{MadeRepair, name_people},
};
use crate::{
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant, Line, Text},
    team_plans::{
        context::{assess_again, check_going_on},
        model::{PlanAct, PlanChange, Snapshot},
    },
    teams::{
        model::{Names, PersonName, Round, Seated},
        rules::{self, Proposal},
    },
};

/// A published round that needs a repair.
#[derive(Clone)]
pub struct Needed {
    /// The round it is about.
    pub round: Round,
    /// Those in teams who are gone.
    pub gone: Vec<PersonName>,
    /// Those who are there and in no team.
    pub without_team: Vec<PersonName>,
    /// The way with the fewest moves; none if every way breaks a rule.
    pub best: Option<Proposal>,
    /// What the round's teams are called.
    pub teams: BTreeMap<Id, Line>,
}

/// The repairs that a cohort needs, and what they were worked out from.
#[derive(Clone)]
pub struct AllNeeded {
    cohort: Id,
    seen: Option<Snapshot>,
    /// The rounds, in order.
    pub rounds: Vec<Needed>,
    /// Names of all concerned.
    pub names: Names,
}

impl AllNeeded {
    /// Tells other repairs apart from these.
    pub fn fingerprint(&self) -> i64 {
        let mut hasher = DefaultHasher::new();
        for needed in &self.rounds {
            needed.round.id.hash(&mut hasher);
            needed.best.as_ref().map(|best| &best.moves).hash(&mut hasher);
        }
        // Half of it: a version is a number that every client can hold.
        i64::from(u32::try_from(hasher.finish() >> 32).unwrap_or_default())
    }

    /// Whether any repair can be made.
    pub fn has_any(&self) -> bool {
        self.rounds.iter().any(|needed| needed.best.is_some())
    }
}

/// Works out the repairs of all published rounds that are not over: of those that `person` is gone from, or of all.
pub fn prepare(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Option<Id>,
    seen: IfMatch,
    now: Instant,
) -> Result<AllNeeded> {
    let (mut rounds, mut names, mut repaired) = (Vec::new(), Names::default(), Vec::<Seated>::new());
    let damaged = load(conn, actor, cohort, now)?;
    let snapshot = damaged.first().map(|first| first.snapshot.clone());
    let share = damaged.len();
    for mut damaged in damaged {
        // Who meets whom depends on the repairs before.
        for round in &mut damaged.snapshot.published {
            if let Some(after) = repaired.iter().find(|after| after.span == round.span) {
                round.clone_from(after);
            }
        }
        let repairing = rules::Repairing {
            share,
            ..damaged.repairing()
        };
        let is_concerned = person.is_none_or(|person| repairing.gone.contains(&person));
        if !is_concerned || (repairing.gone.is_empty() && repairing.newcomers.is_empty()) {
            continue;
        }
        let best = rules::propose(&repairing).into_iter().next();
        if let Some(proposal) = &best {
            repaired.push(damaged.seated(&damaged.moved(&proposal.moves)?.teams));
        }
        let named = |ids: &mut dyn Iterator<Item = &Id>| ids.map(|id| damaged.names.of(*id)).collect();
        rounds.push(Needed {
            gone: named(&mut repairing.gone.iter()),
            without_team: named(&mut repairing.newcomers.iter()),
            best,
            teams: damaged.team_names(),
            round: damaged.round,
        });
        names = damaged.names;
    }
    let needed = AllNeeded {
        cohort,
        seen: snapshot,
        rounds,
        names,
    };
    if !seen.allows(needed.fingerprint()) {
        let detail = "Other repairs are needed now than those you have seen. Look at them again with `dry_run`.";
        return Err(Error::new(Code::PreconditionFailed, detail));
    }
    Ok(needed)
}

fn load(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<RoundUnderRepair>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    check_going_on(&cohort)?;
    RoundUnderRepair::of_cohort(conn, cohort, staff, now)
}

/// Makes the repairs and puts each on record, if the cohort still is as it was when they were worked out.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    needed: &AllNeeded,
    reason: &Text,
    now: Instant,
) -> Result<BTreeMap<Id, MadeRepair>> {
    let damaged = load(conn, actor, needed.cohort, now)?;
    if damaged.first().map(|first| &first.snapshot) != needed.seen.as_ref() {
        let detail = "Students, absences, pair rules or teams changed while the repairs were being worked out. Send the \
                      request again.";
        return Err(Error::new(Code::RosterChanged, detail));
    }
    let (mut made, mut plans) = (Vec::new(), BTreeMap::<Id, Vec<Round>>::new());
    for damaged in damaged {
        let of_round = needed.rounds.iter().find(|needed| needed.round.id == damaged.round.id);
        let Some(proposal) = of_round.and_then(|needed| needed.best.as_ref()) else {
            continue;
        };
        let repair = damaged.store(conn, damaged.moved(&proposal.moves)?, reason, now)?;
        plans
            .entry(damaged.round.plan_id)
            .or_default()
            .push(damaged.round.clone());
        made.push(MadeRepair::of(repair, damaged.round, &damaged.request)?);
    }
    for (plan, rounds) in plans {
        assess_again(conn, actor, plan, &PlanChange::new(PlanAct::Repair, rounds), now)?;
    }
    name_people(conn, &mut made)?;
    Ok(made.into_iter().map(|made| (made.round.id, made)).collect())
}
