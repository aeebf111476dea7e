//! Introductions over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::{profiles::ShownProfile, roles::RoleView};
use crate::{
    accounts::model::PersonView,
    careers::{
        actions::{self, OwnIntroduction, SeenStatus},
        model::{IntroductionStatus, NewConsent, NewIntroduction, NewIntroductionStep},
    },
    error::Result,
    primitives::{Email, Id, Instant, Line, Page, PageQuery, Text},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An introduction of a graduate to an employer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Introduction")]
pub(super) struct IntroductionView {
    /// Its id.
    id: Id,
    /// The campus.
    campus_id: Id,
    /// The employer.
    employer_id: Id,
    /// The role.
    role_id: Id,
    /// How far it has come. It is `withdrawn` once the consent has run out, unless it was decided before; to the employer whenever there
    /// is no consent any more.
    status: IntroductionStatus,
    /// The graduate, for themself and the staff of the campus. The employer reads the profile.
    person: Option<PersonView>,
    /// What the staff wrote to the graduate, for these alone.
    message: Option<Text>,
    /// Until when the employer may see the profile; null without a consent.
    consent_until: Option<Instant>,
    /// Rises with every change that the employer may know of.
    version: i64,
    /// When the staff asked; to the employer, when the graduate first agreed.
    created_at: Instant,
    /// When `version` last rose.
    updated_at: Instant,
}

impl From<SeenStatus> for IntroductionView {
    fn from(seen: SeenStatus) -> Self {
        let introduction = seen.introduction;
        let is_near = seen.person.is_some();
        let first = introduction.consented_at.filter(|_| !is_near);
        Self {
            id: introduction.id,
            campus_id: introduction.campus_id,
            employer_id: introduction.employer_id,
            role_id: introduction.role_id,
            status: seen.status,
            person: seen.person,
            message: introduction.message.filter(|_| is_near),
            consent_until: introduction.consent_until.filter(|_| seen.is_live),
            version: introduction.version,
            created_at: first.unwrap_or(introduction.created_at),
            updated_at: introduction.updated_at,
        }
    }
}

fn shown(seen: SeenStatus) -> Result<Reply<IntroductionView>> {
    let version = seen.introduction.version;
    Ok(Reply::ok(&IntroductionView::from(seen))?.version(version))
}

/// `POST /v1/roles/{id}/introductions`
pub async fn create_introduction(call: Call<ById, NoQuery, Json<NewIntroduction>>) -> Result<Reply<IntroductionView>> {
    call.write(|conn, call| {
        let made = actions::ask(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.introduction.id, made.introduction.version);
        let location = format!("/v1/introductions/{id}");
        Ok(Reply::created(location, &IntroductionView::from(made))?.version(version))
    })
    .await
}

/// `GET /v1/roles/{id}/introductions`, in the order in which the staff asked
pub async fn list_introductions(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<IntroductionView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let (after, most) = (call.query.after()?, limit.plus_one());
        let found = actions::introductions(conn, &call.actor, call.path.id, after, most, call.now)?;
        call.page(Page::of(found, limit, |one| one.introduction.id).map(IntroductionView::from))
    })
    .await
}

/// An introduction of the caller's, with what it is about.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnIntroduction")]
pub(super) struct OwnIntroductionView {
    #[serde(flatten)]
    introduction: IntroductionView,
    /// The role as it is now, with its employer's name.
    role: RoleView,
    /// What the employer does.
    employer_about: Option<Text>,
}

impl From<OwnIntroduction> for OwnIntroductionView {
    fn from(own: OwnIntroduction) -> Self {
        Self {
            introduction: IntroductionView::from(own.seen),
            role: RoleView::from((own.role, own.employer.name)),
            employer_about: own.employer.about,
        }
    }
}

/// `GET /v1/me/introductions`, the latest first, whole
pub async fn list_own_introductions(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<OwnIntroductionView>>> {
    call.read(|conn, call| {
        let own = actions::own_introductions(conn, &call.actor, call.now)?;
        call.page(Page::whole(own).map(OwnIntroductionView::from))
    })
    .await
}

/// `GET /v1/introductions/{id}`
pub async fn get_introduction(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<IntroductionView>> {
    call.read(|conn, call| shown(actions::introduction(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `PUT /v1/introductions/{id}/consent`
pub async fn consent_to_introduction(call: Call<ById, NoQuery, Json<NewConsent>>) -> Result<Reply<IntroductionView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0);
        let (known, now) = (call.if_match, call.now);
        shown(actions::consent(conn, &call.actor, id, new, known, now)?)
    })
    .await
}

/// `DELETE /v1/introductions/{id}/consent`
pub async fn withdraw_from_introduction(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::withdraw(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/introductions/{id}/status`
pub async fn take_introduction_step(
    call: Call<ById, NoQuery, Json<NewIntroductionStep>>,
) -> Result<Reply<IntroductionView>> {
    call.write(|conn, call| {
        let (id, step) = (call.path.id, call.body.status);
        let (known, now) = (call.if_match, call.now);
        shown(actions::take_step(conn, &call.actor, id, step, known, now)?)
    })
    .await
}

/// A graduate, as an employer sees them with their consent.
#[derive(Serialize, JsonSchema)]
pub(super) struct IntroducedGraduate {
    /// The introduction.
    introduction_id: Id,
    /// What they are called.
    name: Line,
    /// How to reach them: the address of their account.
    email: Email,
    #[serde(flatten)]
    profile: ShownProfile,
}

/// `GET /v1/introductions/{id}/profile`
pub async fn get_introduced_profile(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<IntroducedGraduate>> {
    call.read(|conn, call| {
        let (person, profile) = actions::introduced_profile(conn, &call.actor, call.path.id, call.now)?;
        Reply::ok(&IntroducedGraduate {
            introduction_id: call.path.id,
            name: person.name,
            email: person.email,
            profile: ShownProfile::from(profile),
        })
    })
    .await
}
