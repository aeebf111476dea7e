//! Repairing a published round when somebody has left, or come.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    accounts,
    authz::{Actor, hide},
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Cursor, Id, IfMatch, Instant, Limit, Line, Page, Text},
    students::model::PairKind,
    team_plans::{
        self,
        context::{assess_again, check_going_on, snapshot},
        former::Judged,
        model::{DescribedDemand, Describer, Done, PlanAct, PlanRequest, Snapshot},
    },
    teams::{
        model::{
            FullTeam, MemberRole, Names, PersonName, Round, Seat, Seated, Team, TeamRecord, TeamRepair, encounters,
        },
        rules::{self, Move, Proposal, Repaired, Repairing},
        store,
    },
};

/// A published round under repair.
struct Broken {
    cohort: Cohort,
    staff: CohortStaff,
    /// The team the caller came by.
    team: Team,
    round: Round,
    request: PlanRequest,
    teams: Vec<(Team, Vec<Seat>)>,
    snapshot: Snapshot,
    names: Names,
}

impl Broken {
    fn load(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let place = store::team(conn, id)?;
        let (cohort, insider) = CohortInsider::of(conn, actor, place.round.cohort_id)?;
        // Whoever sees a published team is told that repairing is not theirs to do.
        let staff = match place.round.published_at {
            Some(_) => insider.staff()?,
            None => insider.staff().map_err(hide)?,
        };
        let plan = team_plans::store::plan(conn, place.round.plan_id)?;
        let full = store::teams_of(conn, &[place.round.id])?;
        let seats = |team: &Team| full.iter().find(|full| full.team.id == team.id).map(FullTeam::seats);
        let teams = store::round(conn, place.round.id)?;
        let teams = teams
            .into_iter()
            .map(|team| (team.clone(), seats(&team).unwrap_or_default()));
        let (snapshot, mut names) = snapshot(conn, &cohort)?;
        names.0.extend(
            full.iter()
                .flat_map(|team| &team.members)
                .map(|(_, card)| (card.id, card.name.to_string())),
        );
        Ok(Self {
            request: serde_json::from_str(&plan.request).map_err(Error::internal)?,
            teams: teams.collect(),
            team: place.team,
            round: place.round,
            cohort,
            staff,
            snapshot,
            names,
        })
    }

    fn check_published(&self) -> Result<()> {
        if self.round.published_at.is_some() {
            return Ok(());
        }
        let detail = "This team is not published. Edit its plan instead.";
        Err(Error::new(Code::Conflict, detail))
    }

    fn seats(&self) -> Vec<(Id, Vec<Seat>)> {
        self.teams
            .iter()
            .map(|(team, seats)| (team.id, seats.clone()))
            .collect()
    }

    /// What was asked for, as far as it is about those who stay: a lock binds those who are left of it.
    fn still_asked(&self) -> PlanRequest {
        let staying = self.snapshot.staying(self.round.span());
        let mut request = self.request.clone();
        for lock in &mut request.locks {
            lock.people.retain(|person| staying.contains(person));
        }
        request
    }

    fn repairing(&self) -> Repairing {
        let staying = self.snapshot.staying(self.round.span());
        let placed: BTreeSet<Id> = self
            .teams
            .iter()
            .flat_map(|(_, seats)| seats)
            .map(|seat| seat.person)
            .collect();
        let members = |(team, seats): &(Team, Vec<Seat>)| (team.id, seats.iter().map(|seat| seat.person).collect());
        Repairing {
            teams: self.teams.iter().map(members).collect(),
            gone: placed.difference(&staying).copied().collect(),
            newcomers: staying.difference(&placed).copied().collect(),
            size: self.request.sizes_or_range(self.round.span()),
            met: self.met(),
            rules: self.rules(),
        }
    }

    fn met(&self) -> BTreeMap<(Id, Id), i64> {
        let others: Vec<Seated> = self.snapshot.published_besides(&[self.round.span()]).cloned().collect();
        let mut students: Vec<Id> = self.names.0.keys().copied().collect();
        students.sort_unstable();
        let met = encounters(&others, &students);
        met.iter()
            .map(|met| (met.pair.into(), i64::try_from(met.weeks.len()).unwrap_or(0)))
            .collect()
    }

    fn rules(&self) -> Vec<(Id, Id, bool)> {
        let span = self.round.span();
        let rules = self.snapshot.rules.iter().filter(|rule| rule.weeks.overlaps(span));
        let pairs = rules.map(|rule| (rule.pair[0], rule.pair[1], rule.kind == PairKind::Together));
        let asked = self.still_asked();
        let locks = asked.locks.iter().filter(|lock| span.has(lock.week));
        let links = locks.flat_map(|lock| lock.people.iter().zip(lock.people.iter().skip(1)));
        pairs.chain(links.map(|(a, b)| (*a, *b, true))).collect()
    }

    /// Demands that the teams break after moves and did not before.
    fn newly_broken(&self, after: &[(Id, Vec<Seat>)]) -> Result<Vec<DescribedDemand>> {
        let seated = |teams: &[(Id, Vec<Seat>)]| Seated {
            span: self.round.span(),
            teams: teams
                .iter()
                .map(|(_, seats)| seats.clone())
                .filter(|seats| !seats.is_empty())
                .collect(),
        };
        let asked = self.still_asked();
        let broken = |teams: &[(Id, Vec<Seat>)]| {
            let judged = Judged::of(&self.snapshot, &asked, &[seated(teams)]);
            judged.map(|judged| judged.broken())
        };
        let before = broken(&self.seats())?;
        let describer = Describer {
            snapshot: &self.snapshot,
            request: &self.request,
            names: &self.names,
        };
        let describe = |(week, demand)| describer.describe(demand, week);
        Ok(broken(after)?.difference(&before).copied().map(describe).collect())
    }

    /// What is kept of a change from the teams as they are.
    fn record(
        &self,
        after: &[(Id, Vec<Seat>)],
        changed: &BTreeSet<Id>,
        reason: Text,
        now: Instant,
    ) -> Result<TeamRepair> {
        let records = |teams| serde_json::to_string(&self.records(teams, changed)).map_err(Error::internal);
        Ok(TeamRepair {
            id: Id::new(),
            round_id: self.round.id,
            reason,
            before: records(&self.seats())?,
            after: records(after)?,
            made_by: Some(self.staff.person()),
            created_at: now,
        })
    }

    fn records(&self, seats: &[(Id, Vec<Seat>)], changed: &BTreeSet<Id>) -> Vec<TeamRecord> {
        let name = |id: &Id| {
            self.teams
                .iter()
                .find(|(team, _)| team.id == *id)
                .map(|(team, _)| team.name.clone())
        };
        let concerned = seats.iter().filter(|(id, _)| changed.contains(id));
        let record = |(id, members): &(Id, Vec<Seat>)| {
            Some(TeamRecord {
                id: *id,
                name: name(id)?,
                members: members.clone(),
            })
        };
        concerned.filter_map(record).collect()
    }
}

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
pub fn propose(conn: &mut Conn, actor: &Actor, team: Id) -> Result<OptionsFor> {
    let broken = Broken::load(conn, actor, team)?;
    broken.check_published()?;
    check_going_on(&broken.cohort)?;
    let repairing = broken.repairing();
    let named = |ids: &mut dyn Iterator<Item = &Id>| ids.map(|id| broken.names.of(*id)).collect();
    Ok(OptionsFor {
        options: rules::propose(&repairing),
        gone: named(&mut repairing.gone.iter()),
        without_team: named(&mut repairing.newcomers.iter()),
        names: broken.names.clone(),
        teams: broken
            .teams
            .iter()
            .map(|(team, _)| (team.id, team.name.clone()))
            .collect(),
    })
}

/// A repair with its weeks and the names of those in it.
pub struct MadeRepair {
    /// The repair.
    pub repair: TeamRepair,
    /// The round.
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
    fn of(repair: TeamRepair, round: Round, asked: &PlanRequest) -> Result<Self> {
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
    (team, moves, reason): (Id, &[Move], &Text),
    seen: IfMatch,
    now: Instant,
) -> Result<MadeRepair> {
    let broken = Broken::load(conn, actor, team)?;
    seen.require(broken.team.version)?;
    broken.check_published()?;
    check_going_on(&broken.cohort)?;
    rules::check_repair(moves, reason)?;
    let before = broken.seats();
    let staying = broken.snapshot.staying(broken.round.span());
    let Repaired { teams: after, changed } = rules::apply_moves(&before, moves, &staying, &broken.snapshot.roles)?;
    let breaks = broken.newly_broken(&after)?;
    if !breaks.is_empty() {
        let told: Vec<&str> = breaks.iter().map(|demand| demand.description.as_str()).collect();
        let detail = format!("This would break demands of the plan: {}.", told.join("; "));
        return Err(Error::new(Code::Conflict, detail).with("breaks", breaks));
    }
    let repair = broken.record(&after, &changed, reason.clone(), now)?;
    store::replace_members(conn, &broken.staff, broken.round.id, &after)?;
    store::touch_teams(conn, &broken.staff, &changed.into_iter().collect::<Vec<_>>())?;
    store::insert_repair(conn, &broken.staff, &repair)?;
    let done = Done::new(PlanAct::Repair, vec![broken.round.clone()]);
    assess_again(conn, actor, broken.round.plan_id, &done, now)?;
    let mut made = MadeRepair::of(repair, broken.round, &broken.request)?;
    name_people(conn, std::slice::from_mut(&mut made))?;
    Ok(made)
}

/// Reads what those in repairs, and who made them, are called.
fn name_people(conn: &mut Conn, repairs: &mut [MadeRepair]) -> Result<()> {
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
    let broken = Broken::load(conn, actor, team)?;
    check_going_on(&broken.cohort)?;
    let after = rules::change_roles(&broken.seats(), team, roles, &broken.snapshot.roles)?;
    if broken.round.published_at.is_some() {
        let reason = reason
            .map_or_else(|| Text::parse("Roles changed."), Ok)
            .map_err(Error::internal)?;
        let record = broken.record(&after, &BTreeSet::from([team]), reason, now)?;
        store::insert_repair(conn, &broken.staff, &record)?;
    }
    store::replace_members(conn, &broken.staff, broken.round.id, &after)?;
    let done = Done::new(PlanAct::Roles, vec![broken.round.clone()]);
    assess_again(conn, actor, broken.round.plan_id, &done, now)
}

/// The repairs of a cohort, for staff, newest first.
pub fn repairs(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    limit: Limit,
    cursor: Option<&Cursor>,
) -> Result<Page<MadeRepair>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let before = cursor.map(Cursor::key).transpose()?;
    let rows = store::repairs(conn, &staff, before, limit.plus_one())?;
    let read = |(repair, round, asked): (TeamRepair, Round, String)| {
        let asked = serde_json::from_str(&asked).map_err(Error::internal)?;
        MadeRepair::of(repair, round, &asked)
    };
    let mut made = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    name_people(conn, &mut made)?;
    Ok(Page::of(made, limit, |made| made.repair.id))
}
