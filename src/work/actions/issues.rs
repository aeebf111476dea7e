//! What is found in code reviews, answered and closed.

use std::collections::BTreeMap;

use super::reviews::tell;
use crate::{
    accounts::{self, model::PersonCard},
    audit,
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    outbox,
    primitives::{Id, IfMatch, Instant},
    work::{
        events::{IssueEvent, ReviewChange},
        model::{CodeReview, IssueChange, IssueStatus, NewIssue, ReviewIssue},
        proofs::SeenReview,
        rules, store,
    },
};

/// An issue with whoever raised and answered it.
pub struct IssueWithPeople {
    pub issue: ReviewIssue,
    pub raised_by: Option<PersonCard>,
    pub answered_by: Option<PersonCard>,
}

fn with_people(conn: &mut Conn, issues: Vec<ReviewIssue>) -> Result<Vec<IssueWithPeople>> {
    let mut people: Vec<Id> = issues
        .iter()
        .flat_map(|issue| [issue.raised_by, issue.answered_by])
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    let cards: BTreeMap<Id, PersonCard> = (accounts::store::cards(conn, &people)?.into_iter())
        .map(|card| (card.id, card))
        .collect();
    let card = |person: Option<Id>| person.and_then(|person| cards.get(&person).cloned());
    let with_people = |issue: ReviewIssue| IssueWithPeople {
        raised_by: card(issue.raised_by),
        answered_by: card(issue.answered_by),
        issue,
    };
    Ok(issues.into_iter().map(with_people).collect())
}

fn one_with_people(conn: &mut Conn, issue: ReviewIssue) -> Result<IssueWithPeople> {
    with_people(conn, vec![issue])?.pop().ok_or_else(Error::not_found)
}

/// Raises an issue. The first of the reviewing team shows that the review is done.
pub fn raise(conn: &mut Conn, actor: &Actor, review: Id, new: NewIssue, now: Instant) -> Result<IssueWithPeople> {
    let seen = SeenReview::of(conn, actor, review)?;
    let reviewer = seen.reviewer(conn)?;
    rules::check_open(seen.cohort.status)?;
    rules::ISSUES.check_room(store::raised_by(conn, review, reviewer.person())?)?;
    let issue = ReviewIssue {
        id: Id::new(),
        cohort_id: seen.cohort.id,
        code_review_id: review,
        title: new.title,
        body: new.body,
        url: new.url,
        status: IssueStatus::Open,
        answer: None,
        raised_by: Some(reviewer.person()),
        answered_by: None,
        answered_at: None,
        closed_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_issue(conn, &reviewer, &issue)?;
    tell_of_issue(conn, &seen, &issue, reviewer.person(), now)?;
    if reviewer.is_in_team() && seen.review.done_at.is_none() {
        let done = CodeReview {
            done_at: Some(now),
            version: seen.review.version + 1,
            updated_at: now,
            ..seen.review.clone()
        };
        store::update_review(conn, &done)?;
        tell(
            conn,
            &seen.cohort,
            &done,
            ReviewChange::Done,
            Some(reviewer.person()),
            now,
        )?;
    }
    one_with_people(conn, issue)
}

/// Up to `limit` issues of a review, for those inside the cohort.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    review: Id,
    states: Option<Vec<IssueStatus>>,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<IssueWithPeople>> {
    let seen = SeenReview::of(conn, actor, review)?;
    let issues = store::issues(conn, seen.review.id, states, after, limit)?;
    with_people(conn, issues)
}

/// An issue, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<IssueWithPeople> {
    let (_, issue) = SeenReview::of_issue(conn, actor, id)?;
    one_with_people(conn, issue)
}

/// Answers an issue as one of the reviewed team, or closes it as whoever raised it.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    change: IssueChange,
    known: IfMatch,
    now: Instant,
) -> Result<IssueWithPeople> {
    let (seen, before) = SeenReview::of_issue(conn, actor, id)?;
    let keeper = match change.status {
        IssueStatus::Closed => seen.raiser(&before)?,
        IssueStatus::Answered | IssueStatus::Open => seen.reviewed()?,
    };
    known.check(before.version)?;
    rules::check_open(seen.cohort.status)?;
    let after = rules::changed_issue(&before, change, keeper.person(), now)?;
    if after == before {
        return one_with_people(conn, after);
    }
    audit::changed(&before, &after);
    store::update_issue(conn, &keeper, &after)?;
    tell_of_issue(conn, &seen, &after, keeper.person(), now)?;
    one_with_people(conn, after)
}

fn tell_of_issue(conn: &mut Conn, seen: &SeenReview, issue: &ReviewIssue, by: Id, now: Instant) -> Result<()> {
    let event = IssueEvent {
        kind: issue.status.into(),
        review_issue_id: issue.id,
        campus_id: seen.cohort.campus_id,
        cohort_id: seen.cohort.id,
        code_review_id: seen.review.id,
        week: seen.review.week_number,
        reviewing_team_id: seen.review.reviewing_team_id,
        reviewed_team_id: seen.review.reviewed_team_id,
        raised_by: issue.raised_by,
    };
    outbox::record(conn, &event, Some(by), now)
}
