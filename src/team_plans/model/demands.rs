//! Demands in words that whoever made them understands. For staff: they name pair rules.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Demand, PlanRequest, Snapshot};
use crate::{
    primitives::{Id, text_enum},
    students::model::PairKind,
    teams::model::{Names, PersonName, Seated},
};

text_enum! {
    /// What kind of demand.
    pub enum DemandKind {
        /// A pair rule of the cohort.
        PairRule = "pair_rule",
        /// A lock of the request.
        Lock = "lock",
        /// A team that a rerun keeps.
        KeptTeam = "kept_team",
        /// The sizes of the teams.
        TeamSize = "team_size",
        /// Somebody in a team has left the cohort.
        Left = "left",
        /// Somebody in a team misses the whole round.
        Absent = "absent",
        /// A student is in no team.
        WithoutTeam = "without_team",
    }
}

/// How the seats of a round no longer fit the cohort.
#[derive(Debug, Default, PartialEq)]
pub struct Misfits {
    /// Who is in a team and has left.
    pub gone: BTreeSet<Id>,
    /// Who is in a team and misses the whole round.
    pub absent: BTreeSet<Id>,
    /// Who is there and in no team.
    pub without_team: BTreeSet<Id>,
}

impl Misfits {
    /// Of a round as the cohort is now.
    pub fn of(round: &Seated, snapshot: &Snapshot) -> Self {
        let placed: BTreeSet<Id> = round.teams.iter().flatten().map(|seat| seat.person).collect();
        let belong = snapshot
            .students
            .iter()
            .filter(|student| snapshot.belongs(student, round.span));
        let belong: BTreeSet<Id> = belong.map(|student| student.id).collect();
        let present = snapshot.present(round.span);
        Self {
            gone: &placed - &belong,
            absent: &(&placed & &belong) - &present,
            without_team: &present - &placed,
        }
    }
}

/// A demand in words.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TeamDemand")]
pub struct DescribedDemand {
    /// What kind of demand.
    pub kind: DemandKind,
    /// The pair rule's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What the pair rule asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<PairKind>,
    /// The lock's place in the request, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<usize>,
    /// The kept team's place in `keep`, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<usize>,
    /// The people it is about.
    pub people: Vec<PersonName>,
    /// The week.
    pub week: i32,
    /// The demand in words.
    pub description: String,
}

impl DescribedDemand {
    fn new(kind: DemandKind, people: Vec<PersonName>, week: i32, description: String) -> Self {
        Self {
            kind,
            id: None,
            rule: None,
            lock: None,
            keep: None,
            people,
            week,
            description,
        }
    }

    /// The sizes of a week's teams, as a demand.
    pub fn sizes(week: i32, description: String) -> Self {
        Self::new(DemandKind::TeamSize, Vec::new(), week, description)
    }
}

/// What it takes to describe the demands on a plan.
#[derive(Clone, Copy)]
pub struct Describer<'a> {
    /// The cohort with its pair rules.
    pub snapshot: &'a Snapshot,
    /// The request with its locks.
    pub request: &'a PlanRequest,
    /// What people are called.
    pub names: &'a Names,
}

impl Describer<'_> {
    /// Describes a demand on the round that begins in `week`.
    pub fn describe(&self, demand: Demand, week: i32) -> DescribedDemand {
        let Self {
            snapshot,
            request,
            names,
        } = self;
        match demand {
            Demand::Rule(id) => {
                let rule = snapshot.rules.iter().find(|rule| rule.id == id);
                let (pair, wish) = rule.map_or((&[][..], ""), |rule| (&rule.pair[..], rule.kind.as_str()));
                let description = format!("{} are to be {wish}", names.list(pair));
                DescribedDemand {
                    id: Some(id),
                    rule: rule.map(|rule| rule.kind),
                    ..self.demand(DemandKind::PairRule, pair, week, description)
                }
            }
            Demand::Lock(at) => {
                let lock = request.locks.get(at);
                let (people, locked) = lock.map_or((&[][..], week), |lock| (&lock.people[..], lock.week));
                let description = format!("{} are locked together in week {locked}", names.list(people));
                DescribedDemand {
                    lock: Some(at),
                    ..self.demand(DemandKind::Lock, people, week, description)
                }
            }
            Demand::Kept(at) => {
                let mut teams = request.kept.iter().flat_map(|kept| &kept.teams);
                let people = teams.find(|team| team.at == at).map_or(&[][..], |team| &team.members);
                let description = format!("{} stay a team in week {week}", names.list(people));
                DescribedDemand {
                    keep: Some(at),
                    ..self.demand(DemandKind::KeptTeam, people, week, description)
                }
            }
        }
    }

    /// Describes how the seats of the round that begins in `week` no longer fit the cohort.
    pub fn misfits(&self, misfits: &Misfits, week: i32) -> Vec<DescribedDemand> {
        let describe = |kind: DemandKind, people: &BTreeSet<Id>, what: &str| -> Vec<DescribedDemand> {
            let one = |id: &Id| self.demand(kind, &[*id], week, format!("{} {what}", self.names.list(&[*id])));
            people.iter().map(one).collect()
        };
        let mut all = describe(DemandKind::Left, &misfits.gone, "has left the cohort");
        all.extend(describe(DemandKind::Absent, &misfits.absent, "misses the whole round"));
        all.extend(describe(
            DemandKind::WithoutTeam,
            &misfits.without_team,
            "is in no team",
        ));
        all
    }

    fn demand(&self, kind: DemandKind, people: &[Id], week: i32, description: String) -> DescribedDemand {
        let people = people.iter().map(|id| self.names.of(*id)).collect();
        DescribedDemand::new(kind, people, week, description)
    }
}
