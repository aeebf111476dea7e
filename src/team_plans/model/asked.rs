//! What staff ask of a team plan: the body of the request, and what is kept of it so that edits are
//! judged by the same demands.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    primitives::{Id, Line, text_enum},
    teams::model::Span,
};

/// What teams are asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTeamPlan", example = serde_json::json!({
    "from_week": 1, "to_week": 5, "weeks_per_round": 1, "team_size": {"min": 3, "max": 4},
    "rules": {"experience_tolerance": 0.5, "min_rounds_between": 2},
}))]
pub struct PlanRequest {
    /// First week to form teams for.
    #[schemars(range(min = 1))]
    pub from_week: i32,
    /// Last week to form teams for. Reading weeks in between get no teams; a single week gets them whatever its
    /// phase.
    #[schemars(range(min = 1))]
    pub to_week: i32,
    /// For how many weeks each team stays together. A reading week ends a round early.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 12))]
    pub weeks_per_round: i32,
    /// The smallest and largest team.
    #[serde(default)]
    pub team_size: TeamSize,
    /// In place of `team_size`, the size of each team in the round of a week: `{"1": [4, 4, 4]}`.
    #[serde(default)]
    pub sizes: BTreeMap<String, Vec<usize>>,
    /// Who must be together in which week.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub locks: Vec<Lock>,
    /// Wishes for balance and spacing.
    #[serde(default)]
    pub rules: PlanRules,
    /// The same students, published weeks, demands and seed give the same teams again; a new seed if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    pub seed: Option<i64>,
    /// How long to search for better teams.
    #[serde(default)]
    pub effort: Effort,
    /// Teams that a rerun keeps. They bind that run only and are neither sent nor stored.
    #[serde(skip)]
    pub kept: Vec<KeptTeams>,
}

impl PlanRequest {
    /// The sizes asked for in a round, if they are given one by one.
    pub fn sizes_in(&self, round: Span) -> Option<&[usize]> {
        let in_round = |week: &String| week.parse().is_ok_and(|week| round.has(week));
        let found = self.sizes.iter().find(|(week, _)| in_round(week));
        found.map(|(_, sizes)| sizes.as_slice())
    }

    /// From which to which size the teams of a round may be.
    pub fn sizes_or_range(&self, round: Span) -> TeamSize {
        let sizes = self.sizes_in(round).unwrap_or_default();
        match (sizes.iter().min(), sizes.iter().max()) {
            (Some(min), Some(max)) => TeamSize { min: *min, max: *max },
            _ => self.team_size,
        }
    }
}

fn one() -> i32 {
    1
}

/// From how many members to how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamSize {
    /// Fewest members.
    #[schemars(range(min = 2, max = 20))]
    pub min: usize,
    /// Most members.
    #[schemars(range(min = 2, max = 20))]
    pub max: usize,
}

impl TeamSize {
    /// Whether a team may have so many members.
    pub fn takes(self, members: usize) -> bool {
        (self.min..=self.max).contains(&members)
    }
}

/// Three or four a team, as it has always been.
impl Default for TeamSize {
    fn default() -> Self {
        Self { min: 3, max: 4 }
    }
}

/// People who must be in one team in the round of a week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// A week of the round.
    pub week: i32,
    /// The people who must be in one team.
    #[schemars(length(min = 2, max = 20))]
    pub people: Vec<Id>,
}

/// What a good team is here. Wishes, not demands: they never make a plan impossible.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlanRules {
    /// Groups that should not be the majority of a team where the cohort allows it; men if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10))]
    pub avoid_majority: Option<Vec<Group>>,
    /// How far a team's mean experience may be from the cohort's; 0.5 if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 5.0))]
    pub experience_tolerance: Option<f64>,
    /// How many rounds should lie between two meetings of a pair: the report counts in `too_soon` where there are fewer.
    /// Repeats come as late as was found whatever is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 50))]
    pub min_rounds_between: Option<u16>,
    /// Whether whole teams that come again count more than pairs that meet again soon. Neither costs a repeat; where the
    /// two stand against each other, `report.spacing.note` says what the other choice would give.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub prefer_new_teams: bool,
}

impl PlanRules {
    /// What is wrong with them: pointers and details.
    pub fn faults(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let tolerance = self.experience_tolerance.unwrap_or(0.0);
        let says = [
            (
                (0.0..=5.0).contains(&tolerance),
                "/rules/experience_tolerance",
                "must be from 0 to 5",
            ),
            (
                self.min_rounds_between.unwrap_or(0) <= 50,
                "/rules/min_rounds_between",
                "must be at most 50",
            ),
            (
                self.avoid_majority.as_ref().map_or(0, Vec::len) <= 10,
                "/rules/avoid_majority",
                "must have at most 10 items",
            ),
        ];
        let wrong = says.into_iter().filter(|(is_right, ..)| !is_right);
        wrong.map(|(_, pointer, detail)| (pointer, detail))
    }

    /// What the former is asked of the plan as a whole.
    pub fn of_whole_plans(&self) -> forming::TeamRules {
        forming::TeamRules {
            prefer_new_teams: self.prefer_new_teams,
        }
    }
}

/// Those with one value of one volunteered attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AttributeGroup")]
pub struct Group {
    /// The attribute's name, such as `gender`.
    pub attribute: Line,
    /// The attribute's value, such as `man`.
    pub value: Line,
}

text_enum! {
    /// How long to search for better teams.
    #[derive(Default)]
    pub enum Effort {
        /// An answer at once.
        Quick = "quick",
        /// About a second.
        #[default]
        Normal = "normal",
        /// As good as it gets, up to five minutes: always in a job, answered `202`.
        Thorough = "thorough",
    }
}

/// The teams of a round that a rerun keeps, and the sizes of all its teams, theirs first.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTeams {
    /// Weeks of the round.
    pub span: Span,
    /// The size of each team.
    pub sizes: Vec<usize>,
    /// The teams that stay.
    pub teams: Vec<KeptTeam>,
}

/// A team that a rerun keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTeam {
    /// Its place in `keep`, from 0.
    pub at: usize,
    /// Who is in it, and nobody else.
    pub members: Vec<Id>,
}
