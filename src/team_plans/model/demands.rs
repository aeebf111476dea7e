//! Demands in words that whoever made them understands. For staff: they name pair rules.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Demand, PlanRequest, Snapshot};
use crate::{
    primitives::{Id, words},
    students::model::PairKind,
    teams::model::{Names, PersonName},
};

words! {
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
    }
}

/// A demand, told.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TeamDemand")]
pub struct Told {
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

impl Told {
    /// The sizes of a week's teams, as a demand.
    pub fn sizes(week: i32, description: String) -> Self {
        Self {
            kind: DemandKind::TeamSize,
            id: None,
            rule: None,
            lock: None,
            keep: None,
            people: Vec::new(),
            week,
            description,
        }
    }
}

/// A demand in the round that begins in `week`.
pub fn told(demand: Demand, week: i32, snapshot: &Snapshot, request: &PlanRequest, names: &Names) -> Told {
    let mut told = Told {
        kind: DemandKind::PairRule,
        id: None,
        rule: None,
        lock: None,
        keep: None,
        people: Vec::new(),
        week,
        description: String::new(),
    };
    match demand {
        Demand::Rule(id) => {
            told.id = Some(id);
            if let Some(rule) = snapshot.rules.iter().find(|rule| rule.id == id) {
                told.rule = Some(rule.kind);
                told.people = rule.pair.map(|id| names.of(id)).to_vec();
                told.description = format!("{} are to be {}", names.list(&rule.pair), rule.kind.as_str());
            }
        }
        Demand::Lock(at) => {
            told.kind = DemandKind::Lock;
            told.lock = Some(at);
            if let Some(lock) = request.locks.get(at) {
                told.people = lock.people.iter().map(|id| names.of(*id)).collect();
                told.description = format!("{} are locked together in week {}", names.list(&lock.people), lock.week);
            }
        }
        Demand::Kept(at) => {
            told.kind = DemandKind::KeptTeam;
            told.keep = Some(at);
            let team = request
                .kept
                .iter()
                .flat_map(|kept| &kept.teams)
                .find(|team| team.at == at);
            if let Some(team) = team {
                told.people = team.members.iter().map(|id| names.of(*id)).collect();
                told.description = format!("{} stay a team in week {week}", names.list(&team.members));
            }
        }
    }
    told
}
