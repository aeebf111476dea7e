//! Handing work in, and reading what was.

use std::collections::BTreeMap;

use crate::{
    accounts::{self, model::PersonCard},
    audit,
    authz::Actor,
    cohorts::{self, CohortInsider},
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Id, Instant, time::TimeZone},
    teams::{
        self,
        model::{Round, Team},
    },
    work::{
        events::{SubmissionChange, SubmissionEvent},
        model::{NewSubmission, Submission, TeamName},
        proofs::SeenTeam,
        rules::{self, Due},
        store,
    },
};

/// A submission with when it was due.
pub struct SubmissionWithDue {
    pub submission: Submission,
    /// Who handed it in.
    pub by: Option<PersonCard>,
    /// None if the work has no due time.
    pub due: Option<Due>,
}

/// Hands a team's work in; the team's own addresses become those of it.
pub fn submit(conn: &mut Conn, actor: &Actor, team: Id, new: NewSubmission, now: Instant) -> Result<SubmissionWithDue> {
    let seen = SeenTeam::of(conn, actor, team)?;
    let submitter = seen.submitter()?;
    must_be_published(&seen.round)?;
    rules::check_open(seen.cohort.status)?;
    let weeks = cohorts::store::weeks(conn, seen.cohort.id)?;
    let first_days = weeks.iter().map(|week| (week.number, week.starts_on));
    let today = now.date_in(seen.zone());
    let week_number = rules::week_of(new.week, seen.round.span(), first_days, today)?;
    let last = store::last_number(conn, team, week_number)?;
    rules::SUBMISSIONS.check_room(store::submitted_by(conn, team, week_number, submitter.person())?)?;
    let submission = Submission {
        id: Id::new(),
        cohort_id: seen.cohort.id,
        team_id: team,
        week_number,
        number: last + 1,
        repository_url: new.repository_url,
        deployed_url: new.deployed_url.or(seen.team.deployed_url.clone()),
        notes: new.notes,
        submitted_by: Some(submitter.person()),
        submitted_at: now,
    };
    store::insert_submission(conn, &submitter, &submission)?;
    set_addresses(conn, &seen.team, &submission)?;
    let by = accounts::store::cards(conn, &[submitter.person()])?.pop();
    let due = due(conn, team, week_number, seen.cohort.id, seen.zone())?;
    let event = SubmissionEvent {
        kind: SubmissionChange::Received,
        submission_id: submission.id,
        campus_id: seen.cohort.campus_id,
        cohort_id: seen.cohort.id,
        team_id: team,
        week: week_number,
        number: submission.number,
        submitted_at: now,
        late: due.is_some_and(|due| due.is_missed_by(now)),
    };
    outbox::record(conn, &event, Some(submitter.person()), now)?;
    Ok(SubmissionWithDue { submission, by, due })
}

/// # Errors
/// `409` for a team of a draft.
pub(super) fn must_be_published(round: &Round) -> Result<()> {
    match round.published_at {
        Some(_) => Ok(()),
        None => Err(Error::new(
            Code::Conflict,
            "This team is not published. Publish its week first.",
        )),
    }
}

fn set_addresses(conn: &mut Conn, team: &Team, latest: &Submission) -> Result<()> {
    let after = Team {
        repository_url: Some(latest.repository_url.clone()),
        deployed_url: latest.deployed_url.clone(),
        ..team.clone()
    };
    if after == *team {
        return Ok(());
    }
    audit::changed(team, &after);
    teams::store::update_team(
        conn,
        team.id,
        &after.name,
        after.repository_url.as_ref(),
        after.deployed_url.as_ref(),
    )
}

/// When a team's work of a week is due.
fn due(conn: &mut Conn, team: Id, week: i32, cohort: Id, zone: TimeZone) -> Result<Option<Due>> {
    let extension = store::extension(conn, team, week)?;
    let project = teams::store::week_of(conn, cohort, week)?.project;
    Ok(Due::of(project.as_ref(), extension.as_ref(), zone))
}

/// A submission, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SubmissionWithDue> {
    let (submission, by) = store::submission(conn, id)?;
    let seen = SeenTeam::of(conn, actor, submission.team_id)?;
    let due = due(conn, seen.team.id, submission.week_number, seen.cohort.id, seen.zone())?;
    Ok(SubmissionWithDue { submission, by, due })
}

/// Up to `limit` submissions of a team, the latest first.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    team: Id,
    week: Option<i32>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<SubmissionWithDue>> {
    let seen = SeenTeam::of(conn, actor, team)?;
    let found = store::submissions(conn, team, week, before, limit)?;
    // A round has few weeks.
    let weeks = seen.round.span().weeks();
    let dues = weeks.map(|week| Ok((week, due(conn, team, week, seen.cohort.id, seen.zone())?)));
    let dues = dues.collect::<Result<BTreeMap<i32, Option<Due>>>>()?;
    let with_due = |(submission, by): (Submission, Option<PersonCard>)| SubmissionWithDue {
        due: dues.get(&submission.week_number).copied().flatten(),
        submission,
        by,
    };
    Ok(found.into_iter().map(with_due).collect())
}

/// What a team has submitted in a week.
pub struct TeamWork {
    pub team: TeamName,
    pub due: Option<Due>,
    pub latest: Option<SubmissionWithDue>,
    /// How many hints of an open project it has asked for.
    pub hints_used: usize,
}

/// The published teams of a week, each with its latest submission.
pub fn list_week(conn: &mut Conn, actor: &Actor, cohort: Id, number: i32) -> Result<Vec<TeamWork>> {
    let week = teams::store::week_of(conn, cohort, number)?;
    let (_, insider) = CohortInsider::of(conn, actor, cohort)?;
    let Some(round) = week.round else {
        return Ok(Vec::new());
    };
    let with_members = teams::store::teams_of(conn, &[round.id])?;
    let extensions = store::extensions_of_week(conn, cohort, number)?;
    let last: BTreeMap<Id, i32> = store::submissions_of_week(conn, cohort, number)?.into_iter().collect();
    let numbers: Vec<i32> = last.values().copied().collect();
    let mut latest = store::latest_of_week(conn, cohort, number, &numbers)?;
    latest.retain(|(submission, _)| last.get(&submission.team_id) == Some(&submission.number));
    let hints = match &week.project {
        Some(project) if project.is_open => store::asked_hints(conn, project.id)?,
        _ => Vec::new(),
    };
    let teams = teams::store::teams_in(conn, &[round.id])?;
    // A team that everybody has left still has what it submitted.
    let is_shown = |team: &Team| last.contains_key(&team.id) || with_members.iter().any(|full| full.team.id == team.id);
    let work = |team: Team| {
        let extension = extensions.iter().find(|extension| extension.team_id == team.id);
        let due = Due::of(week.project.as_ref(), extension, insider.zone());
        let own = latest.iter().position(|(submission, _)| submission.team_id == team.id);
        let own = own.map(|at| latest.swap_remove(at));
        TeamWork {
            team: TeamName::from(&team),
            due,
            hints_used: hints.iter().filter(|(asked, ..)| asked.team_id == team.id).count(),
            latest: own.map(|(submission, by)| SubmissionWithDue { submission, by, due }),
        }
    };
    Ok(teams.into_iter().filter(is_shown).map(work).collect())
}
