//! What teams are told in the app of code reviews.

use super::{
    events::{IssueChange, IssueEvent, ReviewChange, ReviewEvent, RotationEvent},
    proofs, store,
};
use crate::{
    cohorts,
    db::Conn,
    error::Result,
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
    students::{self, model::EnrolmentStatus},
    teams,
};

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
    })
}
