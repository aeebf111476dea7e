//! Paid work for clients over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonView,
    clients::{
        actions::{self, SeenInterest, WholeBrief},
        model::{
            BriefPatch, BriefSelection, BriefStatus, Interest, NamedBrief, NewBrief, NewBriefCampus, NewBriefStatus,
            NewBriefTeam, NewInterest, Pass, Rate,
        },
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery, Several, Text, list_query},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// Paid work for a client in a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct BriefSummary {
    /// Its id.
    id: Id,
    /// The client.
    client_id: Id,
    /// What the organisation is called.
    client_name: Line,
    /// The campus at which it is now.
    campus_id: Id,
    /// What that campus is called.
    campus_name: Line,
    /// What it is called.
    title: Line,
    /// What is paid.
    rate: Rate,
    /// The day on which the work begins.
    starts_on: NaiveDate,
    /// How many people are looked for.
    people: i32,
    /// How far it has come.
    status: BriefStatus,
    /// Rises with every change.
    version: i64,
}

impl From<NamedBrief> for BriefSummary {
    fn from(named: NamedBrief) -> Self {
        let brief = named.brief;
        Self {
            id: brief.id,
            client_id: brief.client_id,
            client_name: named.client_name,
            campus_id: brief.campus_id,
            campus_name: named.campus_name,
            title: brief.title,
            rate: brief.rate,
            starts_on: brief.starts_on,
            people: brief.people,
            status: brief.status,
            version: brief.version,
        }
    }
}

/// A campus that has passed a brief on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BriefPass")]
struct PassView {
    /// The campus.
    campus_id: Id,
    /// What it is called.
    campus_name: Line,
    /// When it passed the brief on.
    passed_at: Instant,
}

impl From<Pass> for PassView {
    fn from(pass: Pass) -> Self {
        Self {
            campus_id: pass.campus_id,
            campus_name: pass.campus_name,
            passed_at: pass.passed_at,
        }
    }
}

/// What somebody has answered to a brief.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BriefAnswer")]
struct AnswerView {
    /// Whether they would like to do it.
    interested: bool,
    /// What the staff are to know.
    note: Option<Text>,
    /// When they answered.
    answered_at: Instant,
}

impl From<Interest> for AnswerView {
    fn from(interest: Interest) -> Self {
        Self {
            interested: interest.is_interested,
            note: interest.note,
            answered_at: interest.updated_at,
        }
    }
}

/// Paid work for a client.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Brief")]
pub(super) struct BriefView {
    #[serde(flatten)]
    summary: BriefSummary,
    /// What there is to do.
    text: Text,
    /// Whether the campus may pass it on to another one.
    may_be_passed_on: bool,
    /// Until when only the team that built the client's product sees it. Only this team and the staff are told; null if it is not so.
    reserved_until: Option<Instant>,
    /// Who does the work. Null for those who are only asked whether they would like to do it.
    team: Option<Vec<PersonView>>,
    /// What became of it, or why it was withdrawn. Null for those who are only asked whether they would like to do it.
    outcome: Option<Text>,
    /// The campuses that have passed it on, the earliest first. Null for all but the client's product owners and the staff.
    passed: Option<Vec<PassView>>,
    /// What the caller has answered; null if they have not.
    own_answer: Option<AnswerView>,
    /// When it was submitted first.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<WholeBrief> for BriefView {
    fn from(whole: WholeBrief) -> Self {
        let brief = &whole.named.brief;
        Self {
            text: brief.text.clone(),
            may_be_passed_on: brief.may_be_passed_on,
            reserved_until: whole.reserved_until,
            outcome: brief.outcome.clone().filter(|_| whole.team.is_some()),
            team: whole.team,
            passed: whole
                .passed
                .map(|passed| passed.into_iter().map(PassView::from).collect()),
            own_answer: whole.standing.answer.map(AnswerView::from),
            created_at: brief.created_at,
            updated_at: brief.updated_at,
            summary: BriefSummary::from(whole.named),
        }
    }
}

fn shown(whole: WholeBrief) -> Result<Reply<BriefView>> {
    let version = whole.named.brief.version;
    Ok(Reply::ok(&BriefView::from(whole))?.version(version))
}

/// `POST /v1/clients/{id}/briefs`
pub async fn create_brief(call: Call<ById, NoQuery, Json<NewBrief>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let made = actions::create_brief(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.named.brief.id, made.named.brief.version);
        Ok(Reply::created(format!("/v1/briefs/{id}"), &BriefView::from(made))?.version(version))
    })
    .await
}

list_query! {
    /// Which briefs.
    pub struct BriefsQuery {
        /// Filter by status.
        status: Option<Several<BriefStatus>>,
    }
}

impl BriefsQuery {
    fn selection(&self) -> Result<BriefSelection> {
        Ok(BriefSelection {
            states: self.status.as_ref().map(|several| several.to_vec()),
            after: self.after()?,
        })
    }
}

/// `GET /v1/clients/{id}/briefs`, in the order in which they were submitted
pub async fn list_client_briefs(call: Call<ById, BriefsQuery, NoBody>) -> Result<Reply<Page<BriefSummary>>> {
    call.read(|conn, call| {
        let (limit, selection) = (call.query.limit, call.query.selection()?);
        let found = actions::briefs_of(conn, &call.actor, call.path.id, &selection, limit.plus_one())?;
        call.page(Page::of(found, limit, |named| named.brief.id).map(BriefSummary::from))
    })
    .await
}

/// `GET /v1/campuses/{id}/briefs`, in the order in which they were submitted
pub async fn list_campus_briefs(call: Call<ById, BriefsQuery, NoBody>) -> Result<Reply<Page<BriefSummary>>> {
    call.read(|conn, call| {
        let (limit, selection) = (call.query.limit, call.query.selection()?);
        let (id, most) = (call.path.id, limit.plus_one());
        let found = actions::briefs_at(conn, &call.actor, id, &selection, most, call.now)?;
        call.page(Page::of(found, limit, |named| named.brief.id).map(BriefSummary::from))
    })
    .await
}

/// `GET /v1/briefs/{id}`
pub async fn get_brief(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<BriefView>> {
    call.read(|conn, call| shown(actions::brief(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `PATCH /v1/briefs/{id}`
pub async fn change_brief(call: Call<ById, NoQuery, Json<BriefPatch>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let (known, now) = (call.if_match, call.now);
        shown(actions::change_brief(conn, &call.actor, id, patch, known, now)?)
    })
    .await
}

/// `PUT /v1/briefs/{id}/status`
pub async fn set_brief_status(call: Call<ById, NoQuery, Json<NewBriefStatus>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let (id, known, now) = (call.path.id, call.if_match, call.now);
        shown(actions::set_brief_status(
            conn,
            &call.actor,
            id,
            &call.body,
            known,
            now,
        )?)
    })
    .await
}

/// `PUT /v1/briefs/{id}/campus`
pub async fn pass_brief_on(call: Call<ById, NoQuery, Json<NewBriefCampus>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let (id, campus) = (call.path.id, call.body.campus_id);
        let (known, now) = (call.if_match, call.now);
        shown(actions::pass_brief_on(conn, &call.actor, id, campus, known, now)?)
    })
    .await
}

/// `PUT /v1/briefs/{id}/team`
pub async fn set_brief_team(call: Call<ById, NoQuery, Json<NewBriefTeam>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let (id, members) = (call.path.id, &call.body.members);
        let (known, now) = (call.if_match, call.now);
        shown(actions::set_brief_team(conn, &call.actor, id, members, known, now)?)
    })
    .await
}

/// Somebody's answer to a brief.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BriefInterest")]
pub(super) struct InterestView {
    /// Who.
    person: PersonView,
    /// Whether they built a product for the client.
    has_built: bool,
    #[serde(flatten)]
    answer: AnswerView,
}

impl From<SeenInterest> for InterestView {
    fn from(seen: SeenInterest) -> Self {
        Self {
            person: seen.person,
            has_built: seen.has_built,
            answer: seen.interest.into(),
        }
    }
}

/// `GET /v1/briefs/{id}/interests`, in the order of the accounts
pub async fn list_brief_interests(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<InterestView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let (after, most) = (call.query.after()?, limit.plus_one());
        let found = actions::interests(conn, &call.actor, call.path.id, after, most, call.now)?;
        call.page(Page::of(found, limit, |seen| seen.interest.person_id).map(InterestView::from))
    })
    .await
}

/// `PUT /v1/briefs/{id}/interests/me`
pub async fn answer_brief(call: Call<ById, NoQuery, Json<NewInterest>>) -> Result<Reply<BriefView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        shown(actions::answer_brief(conn, &call.actor, id, new, call.now)?)
    })
    .await
}

/// `DELETE /v1/briefs/{id}/interests/me`
pub async fn delete_brief_answer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_answer(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
