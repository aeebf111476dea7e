//! What a plan is worth, for staff: it tells of balance, which students must not see.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::primitives::Id;

/// The quality of a plan, earlier published rounds included.
// `P` names people: stored by id, shown with their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TeamPlanReport")]
pub struct Report<P = Id> {
    /// Sum over all pairs of m(m − 1)/2, where m is the number of rounds they are together in; 0 if nobody meets
    /// twice.
    pub repeats: i64,
    /// The number that repeats cannot go below with these sizes.
    pub bound: i64,
    /// `repeats` minus `bound`.
    pub gap: i64,
    /// Whether it is proved that no plan has fewer repeats.
    pub proved_optimal: bool,
    /// The same with the rest of the course planned along, so that these weeks do not use up what later weeks need.
    /// Null if there are no later weeks, if they cannot all be formed, or after an edit.
    #[serde(default)]
    pub with_later: Option<WithLater>,
    /// Meetings of pairs in the rounds of the plan.
    pub meetings: i64,
    /// How many of them are the pair's first.
    pub fresh_meetings: i64,
    /// Pairs of meetings with fewer rounds between them than `rules.min_rounds_between`.
    #[serde(default)]
    pub too_soon: i64,
    /// How often the plan misses a rule for the plan as a whole, by the rule's name in `rules`; only those asked for.
    #[serde(default)]
    pub missed: BTreeMap<String, i64>,
    /// How late people meet again, and whose turn it is in the smaller team.
    // Reports of before have none.
    #[serde(default = "Spacing::<P>::none")]
    pub spacing: Spacing<P>,
    /// Pairs that never meet.
    pub pairs_never: usize,
    /// How many pairs meet how often.
    pub pairs_by_meetings: BTreeMap<String, usize>,
    /// The pairs that meet most often, up to 200.
    pub repeated: Vec<RepeatedPair<P>>,
    /// The people who work with the fewest others.
    pub fewest_met: Vec<PeopleMet<P>>,
    /// Which wishes for balance are missed.
    pub balance: Balance,
    /// How roles rotate; null if the programme has no roles.
    pub roles: Option<Roles<P>>,
    /// How long was searched: `quick`, `normal` or `thorough`.
    pub effort: String,
    /// Moves tried.
    pub moves: u64,
    /// Whether the time limit ended the search. The teams are valid, but better ones may exist, and the same seed may
    /// give others.
    pub stopped_early: bool,
}

/// How late people meet again, and whose turn it is in the smaller team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TeamPlanSpacing")]
pub struct Spacing<P = Id> {
    /// Pairs together again after one round or two.
    pub soon: i64,
    /// The number that `soon` cannot go below with these sizes.
    pub least_soon: i64,
    /// Whole teams of three or more that are there again.
    pub same_teams: i64,
    /// Where meeting again late and new teams stand against each other: what `rules.prefer_new_teams` would change. Null if
    /// they do not, or after an edit.
    #[serde(default)]
    pub note: Option<String>,
    /// Turns in the smaller team; null if no round of the plan has teams of different sizes.
    pub turns: Option<TurnShares<P>>,
}

impl<P> Spacing<P> {
    fn none() -> Self {
        Self {
            soon: 0,
            least_soon: 0,
            same_teams: 0,
            note: None,
            turns: None,
        }
    }
}

/// How evenly turns in the smaller team are shared out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TurnShares")]
pub struct TurnShares<P = Id> {
    /// The largest difference between two people's turns, each beside their share.
    pub spread: f64,
    /// The number that `spread` cannot go below, as far as counting shows.
    pub least_spread: f64,
    /// The turns of each person, earlier published rounds included.
    pub people: Vec<PersonTurns<P>>,
}

/// The turns of a person in the smaller team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PersonTurns")]
pub struct PersonTurns<P = Id> {
    /// Who it is.
    pub person: P,
    /// How often they are in a smaller team; a team that is two short counts twice.
    pub times: i64,
    /// How often it would be if all who were there took equal turns.
    pub share: f64,
}

/// What a plan leaves possible: the best found of the whole course that begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WithLaterWeeks")]
pub struct WithLater {
    /// The last week planned along.
    pub to_week: i32,
    /// `repeats` up to that week.
    pub repeats: i64,
    /// `bound` up to that week.
    pub bound: i64,
}

/// A pair that is together in several rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RepeatedPair")]
pub struct RepeatedPair<P = Id> {
    /// The two people.
    pub people: [P; 2],
    /// The first weeks of the rounds they are together in.
    pub weeks: Vec<u32>,
}

/// How many others somebody works with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PeopleMet")]
pub struct PeopleMet<P = Id> {
    /// Who it is.
    pub person: P,
    /// How many others they work with.
    pub met: usize,
}

/// Which teams lie outside the wishes for balance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TeamPlanBalance")]
pub struct Balance {
    /// Teams whose mean experience is too far from the cohort's.
    pub experience: u32,
    /// People who are the only one of a minority in their team.
    pub alone: u32,
    /// Teams with a majority that should be avoided.
    pub majority: u32,
    /// Teams without anybody experienced.
    pub unguided: u32,
    /// How many of these no teams of these people avoid.
    pub unavoidable: u32,
    /// Which teams, and why.
    pub outside: Vec<Outside>,
}

/// A team outside a wish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OutsideBalance")]
pub struct Outside {
    /// The first week of the round.
    pub week: u32,
    /// The team's place in the round, from 1.
    pub team: usize,
    /// `experience`, `alone`, `majority` or `unguided`.
    pub rule: String,
    /// The reason, in words.
    pub why: String,
}

/// How evenly roles are spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RoleRotation")]
pub struct Roles<P = Id> {
    /// The largest difference between how often one person has two roles.
    pub spread: usize,
    /// How often somebody has the same role in two rounds running.
    pub twice_running: usize,
    /// Teams that leave out a role they could cover.
    pub uncovered: usize,
    /// Why it is not better, where somebody's roles differ by more than one or a role comes twice running.
    // Reports of before have none.
    #[serde(default = "Vec::<RoleNote<P>>::new")]
    pub notes: Vec<RoleNote<P>>,
}

/// Why roles are not rotated better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RoleNote")]
pub struct RoleNote<P = Id> {
    /// Whose roles; null for a note about everybody.
    pub person: Option<P>,
    /// The reason, in words.
    pub why: String,
}

impl<P> Report<P> {
    /// The same report with another's search: how a plan was found stays part of its story when it is judged anew.
    pub fn searched_as(self, other: Self) -> Self {
        Self {
            effort: other.effort,
            moves: other.moves,
            stopped_early: other.stopped_early,
            ..self
        }
    }

    /// The same report with people named otherwise.
    pub fn naming<Q>(self, name: impl Fn(P) -> Q) -> Report<Q> {
        let pair = |pair: RepeatedPair<P>| RepeatedPair {
            people: pair.people.map(&name),
            weeks: pair.weeks,
        };
        let met = |met: PeopleMet<P>| PeopleMet {
            person: name(met.person),
            met: met.met,
        };
        let note = |note: RoleNote<P>| RoleNote {
            person: note.person.map(&name),
            why: note.why,
        };
        let roles = |roles: Roles<P>| Roles {
            spread: roles.spread,
            twice_running: roles.twice_running,
            uncovered: roles.uncovered,
            notes: roles.notes.into_iter().map(note).collect(),
        };
        let person = |turns: PersonTurns<P>| PersonTurns {
            person: name(turns.person),
            times: turns.times,
            share: turns.share,
        };
        let turns = |turns: TurnShares<P>| TurnShares {
            spread: turns.spread,
            least_spread: turns.least_spread,
            people: turns.people.into_iter().map(person).collect(),
        };
        let spacing = Spacing {
            soon: self.spacing.soon,
            least_soon: self.spacing.least_soon,
            same_teams: self.spacing.same_teams,
            note: self.spacing.note,
            turns: self.spacing.turns.map(turns),
        };
        Report {
            spacing,
            with_later: self.with_later,
            roles: self.roles.map(roles),
            repeated: self.repeated.into_iter().map(pair).collect(),
            fewest_met: self.fewest_met.into_iter().map(met).collect(),
            repeats: self.repeats,
            too_soon: self.too_soon,
            missed: self.missed,
            bound: self.bound,
            gap: self.gap,
            proved_optimal: self.proved_optimal,
            meetings: self.meetings,
            fresh_meetings: self.fresh_meetings,
            pairs_never: self.pairs_never,
            pairs_by_meetings: self.pairs_by_meetings,
            balance: self.balance,
            effort: self.effort,
            moves: self.moves,
            stopped_early: self.stopped_early,
        }
    }
}
