//! What needs the staff of a cohort.

use std::collections::{BTreeSet, HashSet};

use crate::{
    admissions,
    authz::Actor,
    board::{
        model::AttentionItem,
        rules::{self, Facts, OpenAction, WeekFacts},
    },
    campuses::{self, model::InvitationState},
    careers, checklists, clients,
    cohorts::{
        self, CohortStaff,
        model::{Cohort, CohortStatus},
    },
    db::Conn,
    error::{Code, Result},
    mentoring::{self, actions::CoveredWeek},
    primitives::{Cursor, Filter, Id, Instant, Limit, Page, Period},
    retros::{self, model::OwnedAction},
    students,
    teams::{
        self,
        actions::RoundDamage,
        model::{Encounters, PersonName, TeamName},
    },
    work,
};

/// What needs the staff of a cohort now, the most urgent first. Nothing does once it is over.
pub fn attention(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<AttentionItem>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    if !matches!(cohort.status, CohortStatus::Planned | CohortStatus::Running) {
        return Ok(Vec::new());
    }
    let zone = campuses::actions::campus(conn, cohort.campus_id)?.time_zone;
    let damage = teams::actions::list_damage(conn, actor, cohort.id, now)?;
    let absences = students::actions::absences(conn, actor, cohort.id, None, None, i64::MAX)?;
    let from_now_on = Period {
        from: Some(now.date_in(zone)),
        to: None,
    };
    let days = students::actions::day_absences(conn, actor, cohort.id, from_now_on, None, i64::MAX)?;
    let pending = Filter {
        states: Some(vec![InvitationState::Pending]),
        ..Filter::default()
    };
    let invited = students::actions::invitations(conn, actor, cohort.id, &pending, None, now)?;
    let mut gone: Vec<_> = damage.iter().flat_map(gone_from).collect();
    gone.sort_by(|(week, one, _), (other_week, other, _)| (week, &one.name).cmp(&(other_week, &other.name)));
    let today = now.date_in(zone);
    let weeks = weeks(conn, actor, &cohort, now)?;
    let mut unsubmitted = Vec::new();
    for week in rules::weeks_to_submit_in(&weeks, today) {
        let teams = work::actions::list_week(conn, actor, cohort.id, week)?.into_iter();
        let missing = teams.filter(|team| team.latest.is_none() && team.due.is_some_and(|due| due.is_missed_by(now)));
        unsubmitted.extend(missing.map(|team| (week, team.team)));
    }
    let facts = Facts {
        cohort: cohort.id,
        today,
        weeks,
        unsubmitted,
        abandoned: work::actions::abandoned(conn, actor, cohort.id, now)?,
        open_actions: retros::open_actions(conn, &cohort)?
            .into_iter()
            .map(open_action)
            .collect(),
        gone,
        unplaced: damage.iter().flat_map(unplaced).collect(),
        admissions: admissions::actions::unfinished(conn, staff, today)?,
        absent: absences
            .into_iter()
            .map(|(absence, card)| (absence.week_number, PersonName::from(&card)))
            .collect(),
        absent_on: days
            .into_iter()
            .map(|(absence, card)| (absence.day, PersonName::from(&card)))
            .collect(),
        invited: invited
            .into_iter()
            .map(|invitation| (invitation.name.to_string(), invitation.created_at))
            .collect(),
        undone: checklists::actions::undone(conn, actor, cohort.id, today)?,
        clients: clients::actions::overdue(conn, actor, cohort.campus_id, now)?,
        roles: careers::actions::unapproved_roles(conn, actor, cohort.campus_id, now)?,
        never_met: never_met(&teams::actions::list_encounters(conn, actor, cohort.id)?),
    };
    Ok(rules::attention(&facts))
}

/// A cohort, and what needs its staff.
pub struct StaffedCohort {
    pub cohort: Cohort,
    /// None if the campus asks for a second factor that the caller's session lacks.
    pub items: Option<Vec<AttentionItem>>,
}

/// The planned and running cohorts that the caller is staff of, each with what needs them there.
pub fn my_attention(
    conn: &mut Conn,
    actor: &Actor,
    cursor: Option<&Cursor>,
    limit: Limit,
    now: Instant,
) -> Result<Page<StaffedCohort>> {
    let Page { data, page } = cohorts::actions::list_staffed(conn, actor, cursor, limit)?;
    let mut staffed = Vec::new();
    for cohort in data {
        let items = match attention(conn, actor, cohort.id, now) {
            Ok(items) => Some(items),
            Err(error) if error.code() == Code::SecondFactorRequired => None,
            Err(error) => return Err(error),
        };
        staffed.push(StaffedCohort { cohort, items });
    }
    Ok(Page { data: staffed, page })
}

fn open_action(owned: OwnedAction) -> OpenAction {
    OpenAction {
        id: owned.action.id,
        due_on: owned.action.due_on(),
        text: owned.action.text,
        team: owned.team,
        owner: owned.owner.as_ref().map(PersonName::from),
    }
}

fn weeks(conn: &mut Conn, actor: &Actor, cohort: &Cohort, now: Instant) -> Result<Vec<WeekFacts>> {
    let published = teams::actions::list_published_weeks(conn, actor, cohort.id)?;
    let covered = mentoring::actions::coverage(conn, actor, cohort.id)?;
    let mentors: BTreeSet<Id> = (covered.iter().flat_map(|covered| &covered.mentors))
        .map(|mentor| mentor.id)
        .collect();
    let mentors: Vec<Id> = mentors.into_iter().collect();
    let attendance = mentoring::actions::attendance(conn, actor, cohort.id, &mentors, now)?;
    let often_missed = |mentor: PersonName| {
        let known = attendance.get(&mentor.id).filter(|known| known.is_often_missed())?;
        Some((mentor, known.no_shows))
    };
    let facts = |covered: CoveredWeek| WeekFacts {
        is_published: published.contains(&covered.week.number),
        mentors_missing: covered.coverage.gap,
        alone: covered.mentors.first().filter(|_| covered.coverage.alone).cloned(),
        often_missed: covered.mentors.into_iter().filter_map(often_missed).collect(),
        week: covered.week,
    };
    Ok(covered.into_iter().map(facts).collect())
}

fn gone_from(damage: &RoundDamage) -> impl Iterator<Item = (i32, PersonName, TeamName)> {
    let week = damage.round.first_week;
    damage.gone.iter().map(move |(person, id, name)| {
        let team = TeamName {
            id: *id,
            name: name.clone(),
        };
        (week, person.clone(), team)
    })
}

fn unplaced(damage: &RoundDamage) -> impl Iterator<Item = (i32, PersonName)> {
    let week = damage.round.first_week;
    damage.unplaced.iter().map(move |person| (week, person.clone()))
}

fn never_met(encounters: &Encounters) -> Vec<[PersonName; 2]> {
    let met: HashSet<[Id; 2]> = encounters.met.iter().map(|met| met.pair).collect();
    let students = encounters.students.iter().enumerate();
    students
        .flat_map(|(at, one)| encounters.students.iter().skip(at + 1).map(move |other| [one, other]))
        .filter(|[one, other]| !met.contains(&[one.id, other.id]) && !met.contains(&[other.id, one.id]))
        .map(|pair| pair.map(PersonName::clone))
        .collect()
}
