//! Graduates' profiles over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    careers::{
        actions::{self, WholeProfile},
        model::ProfileTexts,
    },
    error::Result,
    primitives::{Id, Instant, Line, Text, Url},
    web::{Call, Json, NoBody, NoPath, NoQuery, Reply},
    work::model::Submission,
};

/// Work of a team that a graduate shows.
#[derive(Serialize, JsonSchema)]
struct ShownSubmission {
    /// The submission.
    id: Id,
    /// Where the code is.
    repository_url: Url,
    /// Where the product runs.
    deployed_url: Option<Url>,
    /// When the team handed it in.
    submitted_at: Instant,
}

impl From<Submission> for ShownSubmission {
    fn from(submission: Submission) -> Self {
        Self {
            id: submission.id,
            repository_url: submission.repository_url,
            deployed_url: submission.deployed_url,
            submitted_at: submission.submitted_at,
        }
    }
}

/// What a graduate shows of themself.
#[derive(Serialize, JsonSchema)]
pub(super) struct ShownProfile {
    /// Who they are, in a line.
    headline: Option<Line>,
    /// Who they are, in their own words.
    about: Option<Text>,
    /// What they look for.
    looking_for: Option<Text>,
    /// Where their CV is.
    cv_url: Option<Url>,
    /// What they can do.
    skills: Vec<Line>,
    /// The work that they have chosen to show.
    submissions: Vec<ShownSubmission>,
    /// How many code reviews their teams have done; null unless they show it.
    reviews_done: Option<i64>,
    /// In how many weeks they have mentored; null unless they show it.
    weeks_mentored: Option<usize>,
}

impl From<WholeProfile> for ShownProfile {
    fn from(whole: WholeProfile) -> Self {
        let profile = whole.profile;
        Self {
            headline: profile.headline,
            about: profile.about,
            looking_for: profile.looking_for,
            cv_url: profile.cv_url,
            skills: profile.skills.to_vec(),
            submissions: whole.submissions.into_iter().map(ShownSubmission::from).collect(),
            reviews_done: whole.reviews_done,
            weeks_mentored: whole.weeks_mentored,
        }
    }
}

/// The caller's own profile.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CareerProfile")]
pub(super) struct ProfileView {
    #[serde(flatten)]
    shown: ShownProfile,
    /// The submissions that were chosen, also those that are not shown any more.
    submission_ids: Vec<Id>,
    /// Whether it shows how many code reviews their teams have done.
    shows_reviews: bool,
    /// Whether it shows how many weeks they have mentored.
    shows_mentoring: bool,
    /// When it was last changed; null if it was never written.
    updated_at: Option<Instant>,
    /// Rises with every change, from 0.
    version: i64,
}

fn reply(whole: WholeProfile) -> Result<Reply<ProfileView>> {
    let profile = &whole.profile;
    let version = profile.version;
    let view = ProfileView {
        submission_ids: profile.submission_ids.to_vec(),
        shows_reviews: profile.shows_reviews,
        shows_mentoring: profile.shows_mentoring,
        updated_at: (version > 0).then_some(profile.updated_at),
        version,
        shown: ShownProfile::from(whole),
    };
    Ok(Reply::ok(&view)?.version(version))
}

/// `GET /v1/me/career-profile`
pub async fn get_my_career_profile(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<ProfileView>> {
    call.read(|conn, call| reply(actions::own_profile(conn, &call.actor, call.now)?))
        .await
}

/// `PUT /v1/me/career-profile`
pub async fn set_my_career_profile(call: Call<NoPath, NoQuery, Json<ProfileTexts>>) -> Result<Reply<ProfileView>> {
    call.write(|conn, call| {
        let texts = call.body.0.clone();
        reply(actions::save_profile(
            conn,
            &call.actor,
            texts,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/me/career-profile`
pub async fn delete_my_career_profile(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_profile(conn, &call.actor, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}
