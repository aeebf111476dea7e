//! The issues of code reviews over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    error::Result,
    primitives::{Id, Instant, Line, Page, Several, Text, Url, list_query},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
    work::{
        actions::{self, IssueWithPeople},
        model::{IssueChange, IssueStatus, NewIssue},
    },
};

/// Something that a reviewer found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewIssue")]
pub struct IssueView {
    /// The issue's id.
    id: Id,
    /// The review in which it was raised.
    code_review_id: Id,
    /// What it is, in one line.
    title: Line,
    /// What is wrong and how one sees it, in Markdown.
    body: Text,
    /// Where it is.
    url: Option<Url>,
    /// Where it stands.
    status: IssueStatus,
    /// Who raised it; null if their account was removed.
    raised_by: Option<PersonCard>,
    /// What the reviewed team says.
    answer: Option<Text>,
    /// Who of the reviewed team said so last.
    answered_by: Option<PersonCard>,
    /// When it was answered last.
    answered_at: Option<Instant>,
    /// When it was closed.
    closed_at: Option<Instant>,
    /// When it was raised.
    created_at: Instant,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<IssueWithPeople> for IssueView {
    fn from(found: IssueWithPeople) -> Self {
        let issue = found.issue;
        Self {
            id: issue.id,
            code_review_id: issue.code_review_id,
            title: issue.title,
            body: issue.body,
            url: issue.url,
            status: issue.status,
            raised_by: found.raised_by,
            answer: issue.answer,
            answered_by: found.answered_by,
            answered_at: issue.answered_at,
            closed_at: issue.closed_at,
            created_at: issue.created_at,
            version: issue.version,
        }
    }
}

/// `POST /v1/code-reviews/{id}/issues`
pub async fn raise_review_issue(call: Call<ById, NoQuery, Json<NewIssue>>) -> Result<Reply<IssueView>> {
    call.write(|conn, call| {
        let raised = actions::raise(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let issue = IssueView::from(raised);
        Ok(Reply::created(format!("/v1/review-issues/{}", issue.id), &issue)?.version(issue.version))
    })
    .await
}

list_query! {
    /// Which issues of a review.
    pub struct IssueQuery {
        /// Filter by status.
        status: Option<Several<IssueStatus>>,
    }
}

/// `GET /v1/code-reviews/{id}/issues`
pub async fn list_review_issues(call: Call<ById, IssueQuery, NoBody>) -> Result<Reply<Page<IssueView>>> {
    call.read(|conn, call| {
        let (query, review) = (&call.query, call.path.id);
        let states = query.status.as_ref().map(|states| states.to_vec());
        let found = actions::list_issues(
            conn,
            &call.actor,
            review,
            states,
            query.after()?,
            query.limit.plus_one(),
        )?;
        let page = Page::of(found, query.limit, |one| one.issue.id);
        call.page(page.map(IssueView::from))
    })
    .await
}

fn reply(found: IssueWithPeople) -> Result<Reply<IssueView>> {
    let version = found.issue.version;
    Ok(Reply::ok(&IssueView::from(found))?.version(version))
}

/// `GET /v1/review-issues/{id}`
pub async fn get_review_issue(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<IssueView>> {
    call.read(|conn, call| reply(actions::get_issue(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/review-issues/{id}`
pub async fn change_review_issue(call: Call<ById, NoQuery, Json<IssueChange>>) -> Result<Reply<IssueView>> {
    call.write(|conn, call| {
        let (id, change) = (call.path.id, call.body.0.clone());
        reply(actions::change_issue(
            conn,
            &call.actor,
            id,
            change,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
