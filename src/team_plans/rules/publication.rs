//! Which rounds a publication makes visible, and whether their teams still are what they should be.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    cohorts::model::Phase,
    error::{Code, Error, FieldError, Result},
    primitives::{Id, Line},
    team_plans::model::{Demand, DescribedDemand, Describer, Misfits, PlanRequest, PlanStatus, Snapshot, WeekDates},
    teams::model::{FullRound, Names, PersonName, Span},
};

/// The rounds to publish: those of the given weeks, whole; without weeks, all that are not yet.
///
/// # Errors
/// `422` for a week that the plan has no teams for, `409` for what is published already.
pub fn rounds_to_publish(status: PlanStatus, rounds: &[FullRound], weeks: Option<&[i32]>) -> Result<BTreeSet<Id>> {
    if status == PlanStatus::Published && weeks.is_none() {
        return Err(Error::new(
            Code::PlanNotDraft,
            "All weeks of this plan are published already.",
        ));
    }
    let unpublished = |round: &&FullRound| round.round.published_at.is_none();
    let Some(weeks) = weeks else {
        return Ok(rounds.iter().filter(unpublished).map(|round| round.round.id).collect());
    };
    if weeks.is_empty() {
        let detail = "must name at least one week; leave the field out to publish all";
        return Err(Error::field("/weeks", "invalid", detail));
    }
    let (mut chosen, mut wrong, mut seen) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (at, week) in weeks.iter().enumerate() {
        match rounds.iter().find(|round| round.round.span().has(*week)) {
            None => {
                let detail = format!("must be a week of the plan; it has no teams for week {week}");
                wrong.push(FieldError::at(format!("/weeks/{at}"), "not_found", detail));
            }
            Some(round) if unpublished(&round) => drop(chosen.insert(round.round.id)),
            Some(_) => seen.push(*week),
        }
    }
    Error::check_fields(wrong)?;
    if !seen.is_empty() {
        return Err(weeks_published(&seen));
    }
    Ok(chosen)
}

/// What a student newly sees of their own when rounds are published.
#[derive(Debug, PartialEq)]
pub struct NewlyVisible {
    /// The person.
    pub person: PersonName,
    /// Their team in each of the rounds.
    pub teams: Vec<NewTeamOf>,
    /// The weeks of these rounds in which they have none.
    pub without_team: Vec<i32>,
}

/// Somebody's team in a round that is to be published.
#[derive(Debug, PartialEq)]
pub struct NewTeamOf {
    /// The weeks of the round.
    pub span: Span,
    /// Id of the team.
    pub id: Id,
    /// What it is called.
    pub name: Line,
    /// What they look after.
    pub role: Option<String>,
}

/// What each student of these rounds would newly see of their own, by name.
pub fn newly_seen(rounds: &[&FullRound], snapshot: &Snapshot, names: &Names) -> Vec<NewlyVisible> {
    let mut found = Vec::new();
    for student in &snapshot.students {
        let (mut teams, mut without_team) = (Vec::new(), Vec::new());
        for round in rounds {
            let span = round.round.span();
            let own = round
                .teams
                .iter()
                .find_map(|team| Some((team, team.seat_of(student.id)?)));
            match own {
                Some((team, member)) => teams.push(NewTeamOf {
                    span,
                    id: team.team.id,
                    name: team.team.name.clone(),
                    role: member.role.clone(),
                }),
                None if snapshot.belongs(student, span) => without_team.extend(span.weeks()),
                None => {}
            }
        }
        if !teams.is_empty() || !without_team.is_empty() {
            found.push(NewlyVisible {
                person: names.of(student.id),
                teams,
                without_team,
            });
        }
    }
    found.sort_by(|a, b| (&a.person.name, a.person.id).cmp(&(&b.person.name, b.person.id)));
    found
}

/// `409 weeks_published`
pub fn weeks_published(weeks: &[i32]) -> Error {
    let detail = "The teams of these weeks are already published. Repair them instead.";
    Error::new(Code::WeeksPublished, detail).with("weeks", weeks)
}

/// Only teams that nobody has begun to work in can be taken back.
///
/// # Errors
/// `409` once the round has begun.
pub fn check_not_begun(round: Span, begins: NaiveDate, today: NaiveDate) -> Result<()> {
    if today < begins {
        return Ok(());
    }
    let detail = format!(
        "Week {} began on {begins}, so its teams stay published. Repair them instead.",
        round.first
    );
    Err(Error::new(Code::Conflict, detail))
}

/// A week may have become a reading week since the draft was made: it gets no teams, unless it was
/// asked for by itself.
///
/// # Errors
/// `409 roster_changed`, with the weeks.
pub fn check_no_reading_week(rounds: &[&FullRound], request: &PlanRequest, snapshot: &Snapshot) -> Result<()> {
    let chosen = |week: &&WeekDates| rounds.iter().any(|round| round.round.span().has(week.number));
    let weeks = snapshot.weeks.iter().filter(|week| week.phase == Phase::Reading);
    let reading: Vec<i32> = weeks.filter(chosen).map(|week| week.number).collect();
    if reading.is_empty() || request.from_week == request.to_week {
        return Ok(());
    }
    let detail = "These have become reading weeks since the draft was made. Publish the other weeks, and ask for a new \
                  plan where teams are missing.";
    Err(Error::new(Code::RosterChanged, detail).with("weeks", reading))
}

/// A draft may have been overtaken: nobody who has left may be published, nobody who is there left
/// out, no rule made since then broken. An absence noted since is no reason to hold the teams back.
///
/// # Errors
/// `409 roster_changed`, with who and what.
pub fn check_up_to_date(rounds: &[&FullRound], broken: &BTreeSet<(i32, Demand)>, describer: &Describer) -> Result<()> {
    let Describer { snapshot, names, .. } = describer;
    let (mut without, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for round in rounds {
        let misfits = Misfits::of(&round.seated(), snapshot);
        without.extend(misfits.without_team);
        gone.extend(misfits.gone);
    }
    let of_these = |week: i32| rounds.iter().any(|round| round.round.first_week == week);
    let broken: Vec<DescribedDemand> = broken
        .iter()
        .filter(|(week, _)| of_these(*week))
        .map(|(week, demand)| describer.describe(*demand, *week))
        .collect();
    if without.is_empty() && gone.is_empty() && broken.is_empty() {
        return Ok(());
    }
    let named = |ids: &BTreeSet<Id>| -> Vec<PersonName> { ids.iter().map(|id| names.of(*id)).collect() };
    let detail = "Students or pair rules have changed since the draft was made. Form these weeks again, with a rerun of the draft or in a new plan.";
    Err(Error::new(Code::RosterChanged, detail)
        .with("without_team", named(&without))
        .with("gone", named(&gone))
        .with("breaks", broken))
}
