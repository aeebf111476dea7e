//! Repairing a published round when somebody has left, or come.

use std::collections::{BTreeMap, BTreeSet};

use super::damage::RoundUnderRepair;
use crate::{
    accounts,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Cursor, Id, IfMatch, Instant, Limit, Line, Page, Period, Text},
    team_plans::{
        context::check_going_on,
        model::{PlanAct, PlanRequest},
    },
    teams::{
        model::{MemberRole, Names, PersonName, Round, TeamRecord, TeamRepair},
        rules::{self, Move, Proposal},
        store,
    },
};

/// Ways to make a round right.
pub struct OptionsFor {
    /// Up to three, those with the fewest moves first.
    pub options: Vec<Proposal>,
    /// Those in teams who are gone.
    pub gone: Vec<PersonName>,
    /// Those who are there and in no team.
    pub without_team: Vec<PersonName>,
    /// Names of all concerned.
    pub names: Names,
    /// What the round's teams are called.
    pub teams: BTreeMap<Id, Line>,
}

/// Looks for ways to make the round of a published team right.
pub fn propose_repairs(conn: &mut Conn, actor: &Actor, team: Id) -> Result<OptionsFor> {
    let (damaged, _) = RoundUnderRepair::by_team(conn, actor, team)?;
    damaged.check_published()?;
    check_going_on(&damaged.cohort)?;
    let repairing = damaged.repairing();
    let named = |ids: &mut dyn Iterator<Item = &Id>| ids.map(|id| damaged.names.of(*id)).collect();
    Ok(OptionsFor {
        options: rules::propose(&repairing),
        gone: named(&mut repairing.gone.iter()),
        without_team: named(&mut repairing.newcomers.iter()),
        teams: damaged.team_names(),
        names: damaged.names,
    })
}

/// A repair with its weeks and the names of those in it.
pub struct MadeRepair {
    /// The repair.
    pub repair: TeamRepair,
    /// The round it is about.
    pub round: Round,
    /// The teams concerned, before.
    pub before: Vec<TeamRecord>,
    /// And after.
    pub after: Vec<TeamRecord>,
    /// Whether these then had sizes that were asked for.
    pub sizes_kept: bool,
    /// What those in it and who made it are called, as far as their accounts exist.
    pub names: Names,
}

impl MadeRepair {
    pub(super) fn of(repair: TeamRepair, round: Round, asked: &PlanRequest) -> Result<Self> {
        let after: Vec<TeamRecord> = serde_json::from_str(&repair.after).map_err(Error::internal)?;
        let size = asked.sizes_or_range(round.span());
        // A team that nobody is in any more has no size.
        let has_size = |team: &TeamRecord| team.members.is_empty() || size.takes(team.members.len());
        Ok(Self {
            before: serde_json::from_str(&repair.before).map_err(Error::internal)?,
            sizes_kept: after.iter().all(has_size),
            after,
            repair,
            round,
            names: Names::default(),
        })
    }
}

impl MadeRepair {
    /// Those in it, and who made it.
    fn people(&self) -> impl Iterator<Item = Id> {
        let teams = self.before.iter().chain(&self.after);
        let members = teams.flat_map(|team| &team.members).map(|seat| seat.person);
        members.chain(self.repair.made_by)
    }
}

/// Moves people between the published teams of a round, and records it. Sizes may give way: what has
/// happened in a week that goes on may leave no others, and the proposals have said which ways keep them.
pub fn repair(
    conn: &mut Conn,
    actor: &Actor,
    team: Id,
    moves: &[Move],
    reason: &Text,
    seen: IfMatch,
    now: Instant,
) -> Result<MadeRepair> {
    let (damaged, team) = RoundUnderRepair::by_team(conn, actor, team)?;
    seen.require(team.version)?;
    damaged.check_published()?;
    check_going_on(&damaged.cohort)?;
    rules::check_repair(moves, reason)?;
    let repaired = damaged.moved(moves)?;
    let breaks = damaged.newly_broken(&repaired.teams)?;
    if !breaks.is_empty() {
        let told: Vec<&str> = breaks.iter().map(|demand| demand.description.as_str()).collect();
        let detail = format!("This would break demands of the plan: {}.", told.join("; "));
        return Err(Error::new(Code::Conflict, detail).with("breaks", breaks));
    }
    let repair = damaged.store(conn, repaired, reason, now)?;
    damaged.assess_again(conn, actor, PlanAct::Repair, now)?;
    let mut made = MadeRepair::of(repair, damaged.round, &damaged.request)?;
    name_people(conn, std::slice::from_mut(&mut made))?;
    Ok(made)
}

/// Reads what those in repairs, and who made them, are called.
pub(super) fn name_people(conn: &mut Conn, repairs: &mut [MadeRepair]) -> Result<()> {
    let mut people: Vec<Id> = repairs.iter().flat_map(MadeRepair::people).collect();
    people.sort_unstable();
    people.dedup();
    let cards = accounts::store::cards(conn, &people)?;
    let names: Names = cards.iter().map(PersonName::from).collect();
    for repair in repairs {
        repair.names = names.clone();
    }
    Ok(())
}

/// Gives members of a team other roles; of a published team that stays on record.
pub(super) fn set_roles(
    conn: &mut Conn,
    actor: &Actor,
    team: Id,
    roles: &[MemberRole],
    reason: Option<Text>,
    now: Instant,
) -> Result<()> {
    let (damaged, _) = RoundUnderRepair::by_team(conn, actor, team)?;
    check_going_on(&damaged.cohort)?;
    let after = rules::change_roles(&damaged.seats(), team, roles, &damaged.snapshot.roles)?;
    if damaged.round.published_at.is_some() {
        let reason = reason
            .map_or_else(|| Text::parse("Roles changed."), Ok)
            .map_err(Error::internal)?;
        let record = damaged.record(&after, &BTreeSet::from([team]), reason, now)?;
        damaged.keep(conn, &record)?;
    }
    store::replace_members(conn, &damaged.staff, damaged.round.id, &after)?;
    damaged.assess_again(conn, actor, PlanAct::Roles, now)
}

/// The repairs of a cohort, for staff, newest first.
pub fn list_repairs(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    period: Period,
    limit: Limit,
    cursor: Option<&Cursor>,
) -> Result<Page<MadeRepair>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let before = cursor.map(Cursor::key).transpose()?;
    let rows = store::repairs(conn, &staff, period, before, limit.plus_one())?;
    let read = |(repair, round, asked): (TeamRepair, Round, String)| {
        let asked = serde_json::from_str(&asked).map_err(Error::internal)?;
        MadeRepair::of(repair, round, &asked)
    };
    let mut made = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    name_people(conn, &mut made)?;
    Ok(Page::of(made, limit, |made| made.repair.id))
}
