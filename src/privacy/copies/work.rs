//! The week's work: submissions, hints, code reviews, discoveries.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{HOUSEKEEPING, LeftOut, person, rows},
};
use crate::{
    db::schema::{
        code_reviews, discoveries, due_extensions, hint_requests, hint_texts, project_hints, review_issues,
        submissions, useful_marks,
    },
    primitives::{Id, Instant, Line, LocalTime, Text, Url, Word},
};

rows! {
    /// Work of a team that the person handed in.
    ExportedSubmission from submissions {
        /// The submission.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The team.
        team_id: Id,
        /// The number of the week.
        week_number: i32,
        /// Which version it is.
        number: i32,
        /// Where the code is.
        repository_url: Url,
        /// Where the product runs.
        deployed_url: Option<Url>,
        /// What the person wrote about it.
        notes: Option<Text>,
        /// Who handed it in.
        submitted_by: Option<Id>,
        /// When it came in.
        submitted_at: Instant,
    }

    /// More time that the person gave a team.
    ExportedExtension from due_extensions {
        /// The team.
        team_id: Id,
        /// The number of the week.
        week_number: i32,
        /// The cohort.
        cohort_id: Id,
        /// When its work is due by the clocks of the campus.
        due_local: LocalTime,
        /// Why, as the person wrote.
        reason: Option<Text>,
        /// Who gave it.
        granted_by: Option<Id>,
        /// When.
        created_at: Instant,
    }

    /// A hint of an open project that the person wrote.
    ExportedHint from project_hints {
        /// The hint.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The project.
        project_id: Id,
        /// From 1, in the order in which hints are revealed.
        number: i32,
        /// What it says.
        body: Text,
        /// Who wrote it.
        written_by: Option<Id>,
        /// When.
        created_at: Instant,
        /// Rises with every change.
        version: i64,
        /// When it last became another than a team had been shown.
        changed_at: Option<Instant>,
    }

    /// What a hint said that a team had been shown, before it was changed.
    HintTextRow from hint_texts {
        /// Its id.
        id: Id,
        /// The hint.
        hint_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// What it said.
        body: Text,
        /// Until when.
        replaced_at: Instant,
    }

    /// A hint that the person asked for on behalf of a team.
    ExportedHintRequest from hint_requests {
        /// The hint.
        hint_id: Id,
        /// The team.
        team_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Who asked.
        asked_by: Option<Id>,
        /// When.
        asked_at: Instant,
    }

    /// A code review that the person shared out.
    ExportedAssignedReview from code_reviews {
        /// The review.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: i32,
        /// Whose code is read.
        reviewed_team_id: Id,
        /// Who reads.
        reviewing_team_id: Id,
        /// `rotation`, `joined` or `taken_over`.
        reason: String,
        /// Pairs of a reviewer and somebody reviewed.
        pairs: i32,
        /// Those of them that reviewed so before.
        repeats: i32,
        /// Until when, by the clocks of the campus.
        due_local: LocalTime,
        /// When it was done.
        done_at: Option<Instant>,
        /// The team that let its time pass.
        abandoned_by: Option<Id>,
        /// Who shared it out.
        assigned_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// An issue that the person raised.
    ExportedRaisedIssue from review_issues {
        /// The issue.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The code review.
        code_review_id: Id,
        /// What it is.
        title: Line,
        /// What is wrong.
        body: Text,
        /// Where it is.
        url: Option<Url>,
        /// `open`, `answered` or `closed`.
        status: String,
        /// Who raised it.
        raised_by: Option<Id>,
        /// When it was closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was raised.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What the person answered to an issue.
    ExportedIssueAnswer from review_issues {
        /// The issue.
        id: Id,
        /// The code review.
        code_review_id: Id,
        /// The answer.
        answer: Option<Text>,
        /// Who answered.
        answered_by: Option<Id>,
        /// When.
        answered_at: Option<Instant>,
    }

    /// Something that the person found and shared.
    ExportedDiscovery from discoveries {
        /// The discovery.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: Option<i32>,
        /// The team of the person then.
        team_id: Option<Id>,
        /// What it is called.
        title: Line,
        /// Where it is.
        url: Url,
        /// What it is.
        kind: Word,
        /// What it is about.
        topic: Line,
        /// What is good about it.
        text: Option<Text>,
        /// Who shared it.
        shared_by: Option<Id>,
        /// How many found it useful.
        useful: i32,
        /// Rises with every change.
        version: i64,
        /// When it was shared.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A discovery that the person found useful.
    ExportedUsefulMark from useful_marks {
        /// The discovery.
        discovery_id: Id,
        /// The person.
        person_id: Id,
        /// When they said so.
        created_at: Instant,
    }

    /// An issue that was raised in a code review.
    ReviewIssueRow from review_issues {
        /// The issue's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The review.
        code_review_id: Id,
        /// In a few words.
        title: Line,
        /// What it is.
        body: Text,
        /// Where in the code.
        url: Option<Url>,
        /// Where it stands.
        status: String,
        /// What the reviewed team answered.
        answer: Option<Text>,
        /// Who raised it.
        raised_by: Option<Id>,
        /// Who answered.
        answered_by: Option<Id>,
        /// When.
        answered_at: Option<Instant>,
        /// When it was closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was raised.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}

person! {
    Work {
        /// Work of their teams that the person handed in.
        submissions: ExportedSubmission in submissions of submitted_by by id;
        /// More time that the person gave single teams.
        granted_extensions: ExportedExtension in due_extensions of granted_by by team_id;
        /// Hints of open projects that they wrote.
        hints: ExportedHint in project_hints of written_by by id;
        /// Hints that they asked for.
        hint_requests: ExportedHintRequest in hint_requests of asked_by by hint_id;
        /// Code reviews that the person shared out.
        assigned_code_reviews: ExportedAssignedReview in code_reviews of assigned_by by id;
        /// Issues that the person raised in code reviews.
        raised_issues: ExportedRaisedIssue in review_issues of raised_by by id;
        /// What the person answered to issues.
        issue_answers: ExportedIssueAnswer in review_issues of answered_by by id;
        /// What the person found and shared.
        discoveries: ExportedDiscovery in discoveries of shared_by by id;
        /// Discoveries that the person found useful.
        useful_marks: ExportedUsefulMark in useful_marks of person_id by discovery_id;
    }
}

campus! {
    CampusWork {
        /// What teams handed in.
        submissions: ExportedSubmission in submissions of cohorts by id;
        /// More time that teams were given.
        due_extensions: ExportedExtension in due_extensions of cohorts by team_id;
        /// Hints of open projects.
        project_hints: ExportedHint in project_hints of cohorts by id;
        /// What they said before they were changed.
        hint_texts: HintTextRow in hint_texts of cohorts by id;
        /// Which team asked for which.
        hint_requests: ExportedHintRequest in hint_requests of cohorts by hint_id;
        /// Which team reviews whose code.
        code_reviews: ExportedAssignedReview in code_reviews of cohorts by id;
        /// Issues that were raised in them, and what was answered.
        review_issues: ReviewIssueRow in review_issues of cohorts by id;
        /// What was found and shared.
        discoveries: ExportedDiscovery in discoveries of cohorts by id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[(HOUSEKEEPING, &["discoveries.topic_folded", "discoveries.search_words"])];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    ("who found which discovery useful", &["useful_marks.*"]),
    (HOUSEKEEPING, &["discoveries.topic_folded", "discoveries.search_words"]),
];
