//! A plan with its cohort as it stands now: what editing, publishing, forming again and repairing begin with.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    former::Judged,
    model::{
        DescribedDemand, Describer, PlanChange, PlanRequest, PlanStatus, PlanVersion, Report, Rule, Snapshot, Student,
        TeamPlan, VersionSeat, WeekDates, mostly_missed,
    },
    store,
};
use crate::{
    authz::Actor,
    campuses,
    cohorts::{
        self, CohortStaff,
        model::{Cohort, CohortStatus},
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    programmes,
    students::{
        self,
        model::{EnrolmentStatus, PairRule},
    },
    teams::{
        self,
        model::{FullRound, Member, Names, Seated, Span, Team},
    },
};

/// Teams are made and changed only while a cohort is going on.
pub fn check_going_on(cohort: &Cohort) -> Result<()> {
    if matches!(cohort.status, CohortStatus::Planned | CohortStatus::Running) {
        return Ok(());
    }
    let status = cohort.status.as_str();
    let detail = format!("The cohort is {status}, so its teams can no longer change.");
    Err(Error::new(Code::Conflict, detail))
}

/// The cohort as its teams depend on it, and what its people are called.
pub fn snapshot(conn: &mut Conn, cohort: &Cohort) -> Result<(Snapshot, Names)> {
    let (mut students, mut names) = (Vec::new(), Names::default());
    for (enrolment, card) in students::store::roster_for_staff(conn, cohort.id)? {
        students.push(Student {
            id: card.id,
            enrolled: enrolment.status == EnrolmentStatus::Enrolled,
            experience: enrolment.experience,
            attributes: text_values(&enrolment.attributes),
            joined_on: enrolment.joined_on,
            left_on: enrolment.left_on,
        });
        names.0.insert(card.id, card.name.to_string());
    }
    students.sort_unstable_by_key(|student| student.id);
    let programme = programmes::store::programme(conn, cohort.programme_id)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?
        .into_iter()
        .map(|week| WeekDates {
            number: week.number,
            phase: week.phase,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
        });
    let weeks: Vec<WeekDates> = weeks.collect();
    let absences = students::store::absences(conn, cohort.id)?;
    let mut absences: BTreeSet<(i32, Id)> = absences
        .iter()
        .map(|absence| (absence.week_number, absence.person_id))
        .collect();
    absences.extend(missed_by_day(conn, cohort, &weeks)?);
    let snapshot = Snapshot {
        weeks,
        students,
        absences,
        rules: students::store::pair_rules(conn, cohort.id)?.iter().map(rule).collect(),
        roles: serde_json::from_str(&programme.roles).map_err(Error::internal)?,
        published: teams::store::published_rounds(conn, cohort.id)?,
    };
    Ok((snapshot, names))
}

/// The weeks that students miss by missing most of their days.
fn missed_by_day(conn: &mut Conn, cohort: &Cohort, weeks: &[WeekDates]) -> Result<BTreeSet<(i32, Id)>> {
    let days = students::store::day_absences(conn, cohort.id)?;
    if days.is_empty() {
        return Ok(BTreeSet::new());
    }
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let calendar = cohorts::calendar(conn, &campus)?;
    let days = days.iter().map(|absence| (absence.day, absence.person_id)).collect();
    Ok(mostly_missed(weeks, &days, |day| calendar.works_on(day)))
}

fn text_values(json: &str) -> BTreeMap<String, String> {
    let values: BTreeMap<String, serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let text = |(name, value): (String, serde_json::Value)| Some((name, value.as_str()?.to_owned()));
    values.into_iter().filter_map(text).collect()
}

fn rule(rule: &PairRule) -> Rule {
    Rule {
        id: rule.id,
        kind: rule.kind,
        pair: [rule.person_a, rule.person_b],
        weeks: Span {
            first: rule.from_week.unwrap_or(0),
            last: rule.to_week.unwrap_or(i32::MAX),
        },
    }
}

/// A plan with its cohort as it stands now.
pub struct PlanContext {
    pub cohort: Cohort,
    pub staff: CohortStaff,
    pub plan: TeamPlan,
    pub request: PlanRequest,
    pub snapshot: Snapshot,
    pub names: Names,
    pub rounds: Vec<FullRound>,
    /// Rounds with a week in which students see the teams of another plan.
    pub overtaken: BTreeSet<Id>,
}

impl PlanContext {
    pub fn load(conn: &mut Conn, actor: &Actor, plan: Id) -> Result<Self> {
        let plan = store::plan(conn, plan)?;
        let (cohort, staff) = CohortStaff::or_hide(conn, actor, plan.cohort_id)?;
        let (snapshot, names) = snapshot(conn, &cohort)?;
        let rounds = teams::store::rounds(conn, plan.id)?;
        let published = teams::store::published_weeks(conn, cohort.id)?;
        let elsewhere = |round: &&FullRound| {
            let foreign = |(week, id): &(i32, Id)| *id != round.round.id && round.round.span().has(*week);
            published.iter().any(foreign)
        };
        Ok(Self {
            request: serde_json::from_str(&plan.request).map_err(Error::internal)?,
            overtaken: rounds.iter().filter(elsewhere).map(|round| round.round.id).collect(),
            cohort,
            staff,
            plan,
            snapshot,
            names,
            rounds,
        })
    }

    /// The same for who has seen it and would change it, which ends with its cohort.
    ///
    /// # Errors
    /// Also `428` or `412` for who has not seen it as it is, `409` once the cohort is over.
    pub fn load_to_change(conn: &mut Conn, actor: &Actor, plan: Id, seen: IfMatch) -> Result<Self> {
        let context = Self::load(conn, actor, plan)?;
        seen.require(context.plan.version)?;
        check_going_on(&context.cohort)?;
        Ok(context)
    }

    /// What describes the demands on it.
    pub fn describer(&self) -> Describer<'_> {
        Describer {
            snapshot: &self.snapshot,
            request: &self.request,
            names: &self.names,
        }
    }

    /// What students see or may come to see of it, with some rounds perhaps changed.
    fn visible_rounds(&self, changed: &BTreeMap<Id, Seated>) -> Vec<Seated> {
        let live = self
            .rounds
            .iter()
            .filter(|round| !self.overtaken.contains(&round.round.id));
        let seated = |round: &FullRound| {
            let changed = changed.get(&round.round.id).cloned();
            changed.unwrap_or_else(|| round.seated())
        };
        live.map(seated).collect()
    }

    /// All rounds that students see or may come to see but one, in order.
    pub fn other_rounds(&self, round: &FullRound) -> Vec<Seated> {
        let mut all = self.visible_rounds(&BTreeMap::new());
        let spans: Vec<Span> = all.iter().map(|seated| seated.span).collect();
        all.extend(self.snapshot.published_besides(&spans).cloned());
        all.retain(|seated| seated.span != round.round.span());
        all.sort_by_key(|seated| seated.span);
        all
    }

    /// The rounds that students do not see and may come to see.
    pub fn open_rounds(&self) -> impl Iterator<Item = &FullRound> {
        let is_open =
            |round: &&FullRound| round.round.published_at.is_none() && !self.overtaken.contains(&round.round.id);
        self.rounds.iter().filter(is_open)
    }

    /// What changing some rounds would make of it, which is judged as it is.
    pub fn with_changed(&self, before: &Judged, changed: &BTreeMap<Id, Seated>) -> Result<Changed> {
        let after = before.reseated(&self.snapshot, &self.request, &self.visible_rounds(changed))?;
        let describe = |(week, demand)| self.describer().describe(demand, week);
        Ok(Changed {
            breaks: after
                .broken()
                .difference(&before.broken())
                .copied()
                .map(describe)
                .collect(),
            after,
        })
    }

    /// What students see or may come to see of it, judged.
    pub fn judged(&self) -> Result<Judged> {
        Judged::of(&self.snapshot, &self.request, &self.visible_rounds(&BTreeMap::new()))
    }

    /// How far it has come.
    pub fn status(&self) -> PlanStatus {
        status_of(&self.rounds)
    }

    /// What it was worth when it was last changed.
    pub fn report(&self) -> Result<Report> {
        serde_json::from_str(&self.plan.report).map_err(Error::internal)
    }

    /// Stores that it has changed and what it is worth now, and keeps the new version.
    pub fn update(&self, conn: &mut Conn, report: &Report, change: &PlanChange, now: Instant) -> Result<TeamPlan> {
        let report = serde_json::to_string(report).map_err(Error::internal)?;
        let plan = store::update_plan(conn, &self.staff, self.plan.id, &report, now)?;
        insert_version(conn, &self.staff, &plan, change)?;
        Ok(plan)
    }
}

/// Keeps what a plan is now and what made it so.
pub fn insert_version(conn: &mut Conn, staff: &CohortStaff, plan: &TeamPlan, change: &PlanChange) -> Result<()> {
    let version = PlanVersion {
        plan_id: plan.id,
        version: plan.version,
        act: Some(change.act),
        weeks: serde_json::to_string(&change.weeks()).map_err(Error::internal)?,
        restored: change.restored,
        seed: plan.seed,
        planned_along: change.act.forms_teams().then(|| plan.planned_along.clone()),
        made_by: Some(staff.person()),
        created_at: plan.updated_at,
    };
    let teams = teams::store::teams_of(conn, &change.changed())?;
    let seat = |team: &Team, member: &Member| VersionSeat {
        plan_id: plan.id,
        version: plan.version,
        round_id: team.round_id,
        team_id: team.id,
        team_name: team.name.clone(),
        team_position: team.position,
        person_id: member.person_id,
        role: member.role.clone(),
        position: member.position,
    };
    let seats = teams
        .iter()
        .flat_map(|full| full.members.iter().map(|(member, _)| seat(&full.team, member)));
    store::insert_version(conn, staff, &version, &seats.collect::<Vec<_>>())
}

/// How far a plan with these rounds has come.
pub fn status_of(rounds: &[FullRound]) -> PlanStatus {
    PlanStatus::of(rounds.iter().map(|round| round.round.published_at.is_some()))
}

/// A plan after some of its rounds were changed.
pub struct Changed {
    pub after: Judged,
    /// The demands that it newly breaks.
    pub breaks: Vec<DescribedDemand>,
}

/// Tells anew what a plan is worth, after its published teams were repaired or its other rounds
/// discarded.
pub fn assess_again(conn: &mut Conn, actor: &Actor, plan: Id, change: &PlanChange, now: Instant) -> Result<()> {
    let context = PlanContext::load(conn, actor, plan)?;
    let report = context.judged()?.report().searched_as(context.report()?);
    context.update(conn, &report, change, now)?;
    Ok(())
}
