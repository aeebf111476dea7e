//! What teams are told in the app of when their work is due, and of code reviews.

use super::{
    events::{IssueChange, IssueEvent, ReviewChange, ReviewEvent, RotationEvent},
    proofs, store,
};
use crate::{
    campuses,
    cohorts::{
        self,
        model::{CohortStatus, DueNews},
    },
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::{Id, LocalTime},
    students::{
        self,
        model::{Enrolment, EnrolmentStatus},
    },
    teams,
};

/// That the work of a week is due at another time, to those whose team has no due time of its own. With its week it is told where
/// teams work in it already.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn project_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let news: DueNews = event.details()?;
    let cohort = event.cohort_id.ok_or_else(Error::not_found)?;
    if news.with_week && teams::store::week_of(conn, cohort, news.week)?.round.is_none() {
        return Ok(None);
    }
    let own = store::extensions_of_week(conn, cohort, news.week)?;
    let own: Vec<Id> = own.into_iter().map(|own| own.team_id).collect();
    let others = teams::store::members_there(conn, &own)?;
    let roster = students::store::roster(conn, cohort)?;
    let theirs = |enrolment: &Enrolment| enrolment.status == EnrolmentStatus::Enrolled;
    let people = roster.into_iter().filter(|(enrolment, _)| theirs(enrolment));
    let people = people
        .map(|(_, card)| card.id)
        .filter(|person| !others.contains(person));
    let people = people.collect();
    due_notice(conn, event, people, news, Text::NoticeDueMoved)
}

/// That a team's work is due at another time than it was, or at the time of all others again, to its members.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn due_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let people = teams::store::members_there(conn, &[event.object_id])?;
    due_notice(conn, event, people, event.details()?, Text::NoticeTeamDueMoved)
}

/// Nothing of what was due and is due before it is told.
fn due_notice(
    conn: &mut Conn,
    event: &StoredEvent,
    people: Vec<Id>,
    news: DueNews,
    moved: Text,
) -> Result<Option<Notice>> {
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let at = |due: Option<LocalTime>| due.map(|due| due.in_zone(zone));
    let is_over = [at(news.was), at(news.is)].into_iter().flatten().max() <= Some(event.created_at);
    if is_over || !matches!(cohort.status, CohortStatus::Planned | CohortStatus::Running) {
        return Ok(None);
    }
    let (text, when) = match at(news.is) {
        Some(due) => (moved, Value::Moment(due, zone)),
        None => (Text::NoticeDueRemoved, Value::Said(String::new())),
    };
    Ok(Some(Notice {
        kind: NoticeKind::Events,
        people,
        text,
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("week", Value::Number(news.week)),
            ("when", when),
        ],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// That a team is to review another's work, to its members, once reviews are shared out: those of reviews that are still theirs.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn rotation_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        // The week itself is another, which concerns nobody in particular.
        return Ok(None);
    }
    let rotation: RotationEvent = event.read()?;
    let reviews = store::reviews_of_week(conn, rotation.cohort_id, rotation.week)?;
    let to_do = rotation.reviews.iter().filter(|told| {
        let is_it = |id: Id, by: Id| id == told.code_review_id && by == told.reviewing_team_id;
        let mut open = reviews.iter().filter(|review| review.done_at.is_none());
        open.any(|review| is_it(review.id, review.reviewing_team_id))
    });
    let reviewing: Vec<Id> = to_do.map(|told| told.reviewing_team_id).collect();
    let people = teams::store::members_there(conn, &reviewing)?;
    let of = (rotation.cohort_id, rotation.week);
    to(conn, people, Text::NoticeReviewAssigned, of).map(Some)
}

/// That a review is theirs from now on, to the other members of the team that took it over.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn review_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let review: ReviewEvent = event.read()?;
    match review.kind {
        // Whatever was found is told by itself.
        ReviewChange::Done => Ok(None),
        ReviewChange::TakenOver => {
            let people = teams::store::members_there(conn, &[review.reviewing_team_id])?;
            let of = (review.cohort_id, review.week);
            to(conn, people, Text::NoticeReviewTakenOver, of).map(Some)
        }
    }
}

/// What becomes of an issue: that it was raised or closed to the team whose work it is about, that it was answered to the team
/// that reviews, or to the mentor or member of staff who raised it.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn issue_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let issue: IssueEvent = event.read()?;
    let (team, text) = match issue.kind {
        IssueChange::Raised => (issue.reviewed_team_id, Text::NoticeIssueRaised),
        IssueChange::Answered => (issue.reviewing_team_id, Text::NoticeIssueAnswered),
        IssueChange::Closed => (issue.reviewed_team_id, Text::NoticeIssueClosed),
    };
    let members = teams::store::members_there(conn, &[team])?;
    let people = match (issue.kind, issue.raised_by) {
        (IssueChange::Answered, Some(by)) if !members.contains(&by) => with_raiser(conn, members, by, &issue)?,
        _ => members,
    };
    to(conn, people, text, (issue.cohort_id, issue.week)).map(Some)
}

/// Whom an answer concerns if it was raised by somebody who is not in the reviewing team: a mentor alone, or the team and
/// whoever was in it.
fn with_raiser(conn: &mut Conn, mut members: Vec<Id>, by: Id, issue: &IssueEvent) -> Result<Vec<Id>> {
    if proofs::mentors(conn, issue.cohort_id, issue.week, by)? {
        return Ok(vec![by]);
    }
    let enrolment = students::store::enrolment(conn, issue.cohort_id, by)?;
    if enrolment.is_some_and(|(enrolment, _)| enrolment.status != EnrolmentStatus::Withdrawn) {
        members.push(by);
    }
    Ok(members)
}

fn to(conn: &mut Conn, people: Vec<Id>, text: Text, (cohort, week): (Id, i32)) -> Result<Notice> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    Ok(Notice {
        kind: NoticeKind::Reviews,
        people,
        text,
        values: vec![("cohort", Value::name(&cohort.name)), ("week", Value::Number(week))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    })
}
