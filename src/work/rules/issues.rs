//! What becomes of an issue, and by whom.

use crate::{
    error::{Code, Error, Result},
    primitives::{Field, Id, Instant, Text},
    work::model::{IssueChange, IssueStatus, ReviewIssue},
};

/// The issue as it is changed. Who may answer or close has been proved; `by` is who does it.
///
/// # Errors
/// `409` once it is closed, `422` for what cannot be asked.
pub fn changed(issue: &ReviewIssue, change: IssueChange, by: Id, now: Instant) -> Result<ReviewIssue> {
    if issue.status == IssueStatus::Closed {
        return Err(Error::new(
            Code::InvalidTransition,
            "The issue is closed. Raise another one.",
        ));
    }
    let after = match (change.status, change.answer) {
        (IssueStatus::Open, _) => {
            let detail = "must be `answered` or `closed`: an issue is open from the start";
            return Err(Error::field("/status", "invalid", detail));
        }
        (IssueStatus::Closed, Field::Given(_)) => {
            let detail = "is what the reviewed team says; send it with the status `answered`";
            return Err(Error::field("/answer", "invalid", detail));
        }
        (IssueStatus::Closed, Field::Absent) => ReviewIssue {
            status: IssueStatus::Closed,
            closed_at: Some(now),
            ..issue.clone()
        },
        // The same answer again is no news.
        (IssueStatus::Answered, answer) if issue.status == IssueStatus::Answered && is_same(&answer, issue) => {
            return Ok(issue.clone());
        }
        (IssueStatus::Answered, answer) => ReviewIssue {
            status: IssueStatus::Answered,
            answer: answer.map(Some).or(issue.answer.clone()),
            answered_by: Some(by),
            answered_at: Some(now),
            ..issue.clone()
        },
    };
    Ok(ReviewIssue {
        version: issue.version + 1,
        updated_at: now,
        ..after
    })
}

fn is_same(answer: &Field<Text>, issue: &ReviewIssue) -> bool {
    match answer {
        Field::Given(answer) => issue.answer.as_ref() == Some(answer),
        Field::Absent => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Line;

    #[test]
    fn issues_are_answered_and_closed_and_stay_closed() {
        use IssueStatus::{Answered, Closed, Open};
        let (now, by) = (Instant::now(), Id::new());
        let issue = |status| ReviewIssue {
            id: Id::new(),
            cohort_id: Id::new(),
            code_review_id: Id::new(),
            title: Line::parse("Slow").unwrap(),
            body: Text::parse("It is slow.").unwrap(),
            url: None,
            status,
            answer: Some(Text::parse("Before").unwrap()),
            raised_by: None,
            answered_by: None,
            answered_at: None,
            closed_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let answer = || Field::Given(Text::parse("Fixed").unwrap());
        let before_it = || Field::Given(Text::parse("Before").unwrap());
        let try_to = |before, status, answer| {
            let change = IssueChange { status, answer };
            changed(&issue(before), change, by, now).map_err(|error| error.code())
        };
        for (before, status, answer, expected) in [
            (Open, Answered, answer(), Ok("Fixed")),
            (Open, Answered, Field::Absent, Ok("Before")),
            (Answered, Answered, answer(), Ok("Fixed")),
            (Answered, Answered, before_it(), Ok("Before")),
            (Answered, Answered, Field::Absent, Ok("Before")),
            (Open, Closed, Field::Absent, Ok("Before")),
            (Answered, Closed, Field::Absent, Ok("Before")),
            (Answered, Closed, answer(), Err(Code::InvalidFields)),
            (Answered, Open, Field::Absent, Err(Code::InvalidFields)),
            (Closed, Answered, answer(), Err(Code::InvalidTransition)),
            (Closed, Closed, Field::Absent, Err(Code::InvalidTransition)),
        ] {
            let after = try_to(before, status, answer);
            let told = after.as_ref().map(|after| after.answer.as_ref().unwrap().as_str());
            assert_eq!(told.map_err(|code| *code), expected, "{before:?} {status:?}");
            if let Ok(after) = after {
                let is_news = (before, expected) != (Answered, Ok("Before")) || status == Closed;
                assert_eq!((after.status, after.version), (status, if is_news { 2 } else { 1 }));
                assert_eq!(after.answered_by, (status == Answered && is_news).then_some(by));
            }
        }
    }
}
