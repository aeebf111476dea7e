//! A published round that people have left or joined, and what can be done about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    authz::{Actor, hide},
    calendars::revisions,
    campuses,
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line, Text},
    students::model::PairKind,
    team_plans::{
        self,
        context::{assess_again, snapshot},
        former::Judged,
        model::{DescribedDemand, Describer, PlanAct, PlanChange, PlanRequest, Snapshot},
    },
    teams::{
        events,
        model::{FullTeam, Names, Round, Seat, Seated, Team, TeamRecord, TeamRepair, TeamSeats, encounters},
        rules::{self, Move, Repaired, Repairing},
        store,
    },
    work,
};

/// A round under repair, and its cohort as it stands now.
pub(super) struct RoundUnderRepair {
    pub cohort: Cohort,
    pub staff: CohortStaff,
    pub round: Round,
    pub request: PlanRequest,
    pub teams: Vec<(Team, Vec<Seat>)>,
    pub snapshot: Snapshot,
    pub names: Names,
}

impl RoundUnderRepair {
    /// The round of a team, with the team.
    pub fn by_team(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Self, Team)> {
        let place = store::team(conn, id)?;
        let (cohort, insider) = CohortInsider::of(conn, actor, place.round.cohort_id)?;
        // Whoever sees a published team is told that repairing is not theirs to do.
        let staff = match place.round.published_at {
            Some(_) => insider.staff()?,
            None => insider.staff().map_err(hide)?,
        };
        let mut found = Self::load(conn, cohort, staff, vec![place.round])?;
        Ok((found.pop().ok_or_else(Error::not_found)?, place.team))
    }

    /// All published rounds of a cohort that are not over by the calendar of its campus, in order.
    pub fn of_cohort(conn: &mut Conn, cohort: Cohort, staff: CohortStaff, now: Instant) -> Result<Vec<Self>> {
        let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
        let rounds = store::published_rounds_from(conn, cohort.id, now.date_in(zone))?;
        Self::load(conn, cohort, staff, rounds)
    }

    fn load(conn: &mut Conn, cohort: Cohort, staff: CohortStaff, rounds: Vec<Round>) -> Result<Vec<Self>> {
        let ids: Vec<Id> = rounds.iter().map(|round| round.id).collect();
        let plans: BTreeSet<Id> = rounds.iter().map(|round| round.plan_id).collect();
        let requests = team_plans::store::requests(conn, &plans.into_iter().collect::<Vec<_>>())?;
        let full = store::teams_of(conn, &ids)?;
        let rows = store::teams_in(conn, &ids)?;
        let (snapshot, mut names) = snapshot(conn, &cohort)?;
        let members = full.iter().flat_map(|team| &team.members);
        names
            .0
            .extend(members.map(|(_, card)| (card.id, card.name.to_string())));
        let seats = |team: &Team| full.iter().find(|full| full.team.id == team.id).map(FullTeam::seats);
        let each = |round: Round| {
            let request = requests.get(&round.plan_id).ok_or_else(Error::not_found)?;
            let teams = rows.iter().filter(|team| team.round_id == round.id);
            Ok(Self {
                request: serde_json::from_str(request).map_err(Error::internal)?,
                teams: teams
                    .map(|team| (team.clone(), seats(team).unwrap_or_default()))
                    .collect(),
                round,
                cohort: cohort.clone(),
                staff,
                snapshot: snapshot.clone(),
                names: names.clone(),
            })
        };
        rounds.into_iter().map(each).collect()
    }

    pub fn check_published(&self) -> Result<()> {
        if self.round.published_at.is_some() {
            return Ok(());
        }
        let detail = "This team is not published. Edit its plan instead.";
        Err(Error::new(Code::Conflict, detail))
    }

    /// What the round's teams are called.
    pub fn team_names(&self) -> BTreeMap<Id, Line> {
        self.teams
            .iter()
            .map(|(team, _)| (team.id, team.name.clone()))
            .collect()
    }

    /// The teams after some moves.
    pub fn moved(&self, moves: &[Move]) -> Result<Repaired> {
        let staying = self.snapshot.staying(self.round.span());
        rules::apply_moves(&self.seats(), moves, &staying, &self.snapshot.roles)
    }

    pub fn seats(&self) -> Vec<TeamSeats> {
        let team = |(team, seats): &(Team, Vec<Seat>)| TeamSeats {
            team: team.id,
            seats: seats.clone(),
        };
        self.teams.iter().map(team).collect()
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

    pub fn repairing(&self) -> Repairing {
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
            share: 1,
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

    /// The round with these teams; without those that nobody is in.
    pub fn seated(&self, teams: &[TeamSeats]) -> Seated {
        let seats = teams.iter().map(|team| team.seats.clone());
        Seated {
            span: self.round.span(),
            teams: seats.filter(|seats| !seats.is_empty()).collect(),
        }
    }

    /// Demands that the teams break after moves and did not before.
    pub fn newly_broken(&self, after: &[TeamSeats]) -> Result<Vec<DescribedDemand>> {
        let asked = self.still_asked();
        let broken = |teams: &[TeamSeats]| {
            let judged = Judged::of(&self.snapshot, &asked, &[self.seated(teams)]);
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

    /// Stores the teams after a repair, and puts it on record.
    pub fn store(&self, conn: &mut Conn, repaired: Repaired, reason: &Text, now: Instant) -> Result<TeamRepair> {
        let Repaired { teams, changed } = repaired;
        let repair = self.record(&teams, &changed, reason.clone(), now)?;
        revisions::teams_left(conn, &rules::left(self.seats(), &teams), now)?;
        store::replace_members(conn, &self.staff, self.round.id, &teams)?;
        let changed: Vec<Id> = changed.into_iter().collect();
        store::touch_teams(conn, &self.staff, &changed)?;
        self.keep(conn, &repair)?;
        for team in changed {
            events::team(&self.round, team).happened(conn, "repaired")?;
        }
        work::teams_changed(conn, &self.staff, &self.cohort, &self.round, now)?;
        Ok(repair)
    }

    /// Puts a repair on record.
    pub fn keep(&self, conn: &mut Conn, repair: &TeamRepair) -> Result<()> {
        rules::OF_A_ROUND.check_room(store::count_repairs(conn, self.round.id)?)?;
        store::insert_repair(conn, &self.staff, repair)
    }

    /// Tells the plan of the round that its teams were changed.
    pub fn assess_again(&self, conn: &mut Conn, actor: &Actor, act: PlanAct, now: Instant) -> Result<()> {
        let change = PlanChange::new(act, vec![self.round.clone()]);
        assess_again(conn, actor, self.round.plan_id, &change, now)
    }

    /// What is kept of a change from the teams as they are.
    pub fn record(
        &self,
        after: &[TeamSeats],
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

    fn records(&self, teams: &[TeamSeats], changed: &BTreeSet<Id>) -> Vec<TeamRecord> {
        let name = |id: Id| {
            self.teams
                .iter()
                .find(|(team, _)| team.id == id)
                .map(|(team, _)| team.name.clone())
        };
        let concerned = teams.iter().filter(|team| changed.contains(&team.team));
        let record = |team: &TeamSeats| {
            Some(TeamRecord {
                id: team.team,
                name: name(team.team)?,
                members: team.seats.clone(),
            })
        };
        concerned.filter_map(record).collect()
    }
}
