//! Queries on the issues of code reviews.

use std::collections::BTreeMap;

use diesel::{dsl::count_star, prelude::*};

use crate::{
    db::{Conn, dialect::AmongMethod as _, schema::review_issues},
    error::Result,
    primitives::Id,
    work::{
        model::{IssueCounts, IssueStatus, ReviewIssue},
        proofs::{IssueKeeper, Reviewer},
    },
};

/// Up to `limit` issues of a review, in the order they were raised, behind the one with this id.
pub fn issues(
    conn: &mut Conn,
    review: Id,
    states: Option<Vec<IssueStatus>>,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<ReviewIssue>> {
    let mut query = review_issues::table
        .filter(review_issues::code_review_id.eq(review))
        .order(review_issues::id)
        .limit(limit)
        .select(ReviewIssue::as_select())
        .into_boxed();
    if let Some(states) = states {
        query = query.filter(review_issues::status.among(states));
    }
    if let Some(after) = after {
        query = query.filter(review_issues::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// How many issues each of these reviews has; those without are left out.
pub fn issue_counts(conn: &mut Conn, reviews: &[Id]) -> Result<BTreeMap<Id, IssueCounts>> {
    let rows: Vec<(Id, IssueStatus, i64)> = review_issues::table
        .filter(review_issues::code_review_id.among(reviews))
        .group_by((review_issues::code_review_id, review_issues::status))
        .select((review_issues::code_review_id, review_issues::status, count_star()))
        .load(conn)?;
    let mut counts: BTreeMap<Id, IssueCounts> = BTreeMap::new();
    for (review, status, count) in rows {
        counts.entry(review).or_default().add(status, count);
    }
    Ok(counts)
}

/// How many issues of a review somebody has raised.
pub fn raised_by(conn: &mut Conn, review: Id, person: Id) -> Result<i64> {
    Ok(review_issues::table
        .filter(review_issues::code_review_id.eq(review))
        .filter(review_issues::raised_by.eq(person))
        .count()
        .get_result(conn)?)
}

/// Adds an issue.
pub fn insert_issue(conn: &mut Conn, proof: &Reviewer, new: &ReviewIssue) -> Result<()> {
    debug_assert_eq!(proof.review(), new.code_review_id, "the proof holds elsewhere");
    diesel::insert_into(review_issues::table).values(new).execute(conn)?;
    Ok(())
}

/// Changes an issue to what is given.
pub fn update_issue(conn: &mut Conn, _proof: &IssueKeeper, issue: &ReviewIssue) -> Result<()> {
    diesel::update(review_issues::table.find(issue.id))
        .set(issue)
        .execute(conn)?;
    Ok(())
}
