//! The case file and the result file: plain data, exactly as they are written in JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::input::rules::TeamRules;

/// A team-forming problem as a file or the API states it.
///
/// Nothing in here is checked beyond its shape; [`crate::Problem::new`] does that.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is called; repeated in the result.
    pub id: String,
    /// Everybody who is, was or will be in the cohort.
    pub people: Vec<Person>,
    /// The roles a team hands out; none, when roles are not wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Rounds that have been published and count as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<TeamsOfWeek>,
    /// Rounds to be planned.
    pub plan: Vec<PlanRound>,
    /// What must hold in every round planned.
    #[serde(default)]
    pub constraints: Constraints,
    /// An earlier plan of some of the rounds: where the search starts, and what it changes little of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previous: Vec<TeamsOfWeek>,
    /// What balance means in this cohort.
    #[serde(default)]
    pub balance: BalanceRules,
    /// Rounds that should lie between two meetings of a pair (0: no such wish).
    #[serde(default)]
    pub min_rounds_between: u16,
    /// What is asked of the plan as a whole.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub rules: TeamRules,
    /// What a checker expects of the result; not read.
    #[serde(default, skip_serializing)]
    pub expected: Value,
    /// A remark to the reader of the file; not read.
    #[serde(default, skip_serializing, alias = "description", alias = "comment")]
    pub note: Value,
    /// Where the case is from; not read.
    #[serde(default, skip_serializing)]
    pub source: Value,
}

/// A person of the cohort.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Unique in the case.
    pub id: String,
    /// From 0 (beginner) to 5; the middle when it is not known.
    #[serde(default = "middle_experience")]
    pub experience: f64,
    /// Volunteered attributes such as `gender`; a missing one is neither counted nor guessed.
    #[serde(default, deserialize_with = "words", skip_serializing_if = "BTreeMap::is_empty")]
    pub attrs: BTreeMap<String, String>,
}

fn is_usual(rules: &TeamRules) -> bool {
    *rules == TeamRules::default()
}

fn middle_experience() -> f64 {
    2.5
}

/// A round to be planned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRound {
    /// Its first week.
    pub week: u32,
    /// Its last week, when it stands for several; the round still counts as one meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_week: Option<u32>,
    /// Who is not there (ill, not yet joined, has left).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// The size of each team; its position is the team's index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Vec<usize>>,
    /// Instead of `sizes`: the range in which the solver chooses them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_size: Option<SizeRange>,
}

/// The smallest and the largest team wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRange {
    /// At least so many.
    pub min: usize,
    /// At most so many.
    pub max: usize,
}

/// What must hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraints {
    /// Pairs that are never put in one team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_not_pair: Vec<PairDemand>,
    /// Pairs that are always put in one team when both are present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_pair: Vec<PairDemand>,
    /// People whose team in one week is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<LockDemand>,
}

/// *Apart* or *together*, for all rounds or for those that begin in a span of weeks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairDemand {
    /// Unique among all constraints.
    pub id: String,
    /// The two people.
    pub pair: [String; 2],
    /// The first week in which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_week: Option<u32>,
    /// The last week in which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_week: Option<u32>,
}

/// Some people are in a given team in a given week.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockDemand {
    /// Unique among all constraints.
    pub id: String,
    /// The first week of the round.
    pub week: u32,
    /// The team's position in `sizes`.
    pub team: usize,
    /// Who is in it; others may be too.
    pub members: Vec<String>,
}

/// The tolerance bands of balance.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BalanceRules {
    /// How far a team's mean experience may lie from that of all who are present.
    pub experience_tolerance: f64,
    /// From which experience on somebody counts as experienced.
    pub experienced_from: f64,
    /// Groups that should be no team's majority where the cohort allows it; unless given, men.
    pub no_majority: Vec<Group>,
}

impl Default for BalanceRules {
    fn default() -> Self {
        Self {
            experience_tolerance: 0.5,
            experienced_from: 4.0,
            no_majority: vec![Group {
                attr: "gender".into(),
                value: "man".into(),
            }],
        }
    }
}

/// Those with one value of one attribute, however they write it: letter case does not matter, and
/// `gender` knows the usual words (`m`, `man` and `male` are one group).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The attribute's name.
    pub attr: String,
    /// Its value.
    pub value: String,
}

/// The teams of one round, published or planned, and their roles where roles are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamsOfWeek {
    /// The first week of the round.
    pub week: u32,
    /// The last week of a round of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_week: Option<u32>,
    /// Members by team.
    pub teams: Vec<Vec<String>>,
    /// For each team, who has which role.
    #[serde(default, deserialize_with = "lists_of_words", skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<BTreeMap<String, String>>,
}

/// Words by name, each name once: of two that are the same one would go unseen.
struct Words(BTreeMap<String, String>);

fn words<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    Words::deserialize(from).map(|words| words.0)
}

fn lists_of_words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<BTreeMap<String, String>>, D::Error> {
    let lists = Vec::<Words>::deserialize(from)?;
    Ok(lists.into_iter().map(|words| words.0).collect())
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Once)
    }
}

struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Words, A::Error> {
        let mut words = BTreeMap::new();
        while let Some((name, word)) = entries.next_entry::<String, String>()? {
            if words.contains_key(&name) {
                return Err(A::Error::custom(format!("duplicate field `{name}`")));
            }
            words.insert(name, word);
        }
        Ok(Words(words))
    }
}
