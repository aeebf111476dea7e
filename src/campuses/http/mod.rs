//! Campuses over HTTP.

mod alumni;
mod members;
mod operations;
mod staff;
mod staff_invitations;

pub use alumni::{admit_alumni, list_alumni_sources, refuse_alumni};
pub use members::{admit_member, get_own_membership, join_campus, leave_campus, list_members, remove_member};
pub use operations::operations;
pub use staff::{appoint_staff, dismiss_staff, list_staff};
pub use staff_invitations::{accept_staff_invitation, invite_staff, list_staff_invitations, revoke_staff_invitation};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    actions,
    model::{Campus, CampusPatch, CampusSelection, CampusStatus, DayOff, NewCampus},
};
use crate::{
    error::Result,
    primitives::{
        Date, Id, Instant, Language, Line, Page, Several, Slug, list_query,
        time::{TimeZone, WorkWeek},
    },
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A campus.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Campus")]
pub struct CampusView {
    /// The campus's id.
    id: Id,
    /// Short name for URLs.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// The city it is in.
    city: Line,
    /// The country it is in.
    country: Line,
    /// IANA time zone, in which its weeks begin and its work is due.
    time_zone: TimeZone,
    /// Its working days, the first day of its week first.
    work_week: WorkWeek,
    /// Whether its staff approve who joins.
    approves_members: bool,
    /// Whether its staff need a second factor to do what is theirs to do.
    require_second_factor: bool,
    /// The language in which it writes to those who have chosen none; null for English.
    language: Option<Language>,
    /// Since when it is closed: nobody acts for it, and nothing is made or changed there; null if it is open.
    closed_at: Option<Instant>,
    /// When an administrator approved it; null if none has. Where registration is closed, only the invitations of
    /// approved campuses open accounts.
    approved_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was opened.
    created_at: Instant,
}

impl From<Campus> for CampusView {
    fn from(campus: Campus) -> Self {
        Self {
            id: campus.id,
            slug: campus.slug,
            name: campus.name,
            city: campus.city,
            country: campus.country,
            time_zone: campus.time_zone,
            work_week: campus.work_week,
            approves_members: campus.approves_members,
            require_second_factor: campus.require_second_factor,
            language: campus.language,
            closed_at: campus.closed_at,
            approved_at: campus.approved_at,
            version: campus.version,
            created_at: campus.created_at,
        }
    }
}

/// `POST /v1/campuses`
pub async fn open_campus(call: Call<NoPath, NoQuery, Json<NewCampus>>) -> Result<Reply<CampusView>> {
    call.write(|conn, call| {
        let campus = actions::open(conn, &call.actor, &call.body, call.now)?;
        let (location, version) = (format!("/v1/campuses/{}", campus.id), campus.version);
        Ok(Reply::created(location, &CampusView::from(campus))?.version(version))
    })
    .await
}

list_query! {
    /// Which campuses.
    pub struct CampusQuery {
        /// Filter by slug; at most one campus has it.
        slug: Option<Slug>,
        /// Filter by country, spelt as the campus spells it.
        country: Option<Line>,
        /// Filter by status; only those that are open if left out.
        status: Option<Several<CampusStatus>>,
    }
}

/// `GET /v1/campuses`, oldest first
pub async fn list_campuses(call: Call<NoPath, CampusQuery, NoBody>) -> Result<Reply<Page<CampusView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = CampusSelection {
            slug: query.slug.clone(),
            country: query.country.clone(),
            is_closed: is_closed(query.status.as_deref()),
            after: query.after()?,
        };
        let page = actions::list(conn, &selection, query.limit)?;
        call.page(page.map(CampusView::from))
    })
    .await
}

/// Whether campuses that are closed are asked for alone, or those that are open; neither if both are.
fn is_closed(states: Option<&[CampusStatus]>) -> Option<bool> {
    let states = states.unwrap_or(&[CampusStatus::Open]);
    match (
        states.contains(&CampusStatus::Open),
        states.contains(&CampusStatus::Closed),
    ) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

fn reply(campus: Campus) -> Result<Reply<CampusView>> {
    let version = campus.version;
    Ok(Reply::ok(&CampusView::from(campus))?.version(version))
}

/// `GET /v1/campuses/{id}`
pub async fn get_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<CampusView>> {
    call.read(|conn, call| reply(actions::campus(conn, call.path.id)?))
        .await
}

/// `PATCH /v1/campuses/{id}`
pub async fn change_campus(call: Call<ById, NoQuery, Json<CampusPatch>>) -> Result<Reply<CampusView>> {
    call.write(|conn, call| {
        reply(actions::change(
            conn,
            &call.actor,
            call.path.id,
            call.body.0.clone(),
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `PUT /v1/campuses/{id}/approval`
pub async fn approve_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    set_approval(call, true).await
}

/// `DELETE /v1/campuses/{id}/approval`
pub async fn withdraw_campus_approval(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    set_approval(call, false).await
}

async fn set_approval(call: Call<ById, NoQuery, NoBody>, is_approved: bool) -> Result<Reply<()>> {
    call.write(move |conn, call| {
        actions::set_approval(conn, &call.actor, call.path.id, is_approved, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/campuses/{id}/closing`
pub async fn close_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<CampusView>> {
    call.write(|conn, call| reply(actions::close(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `DELETE /v1/campuses/{id}/closing`
pub async fn reopen_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<CampusView>> {
    call.write(|conn, call| reply(actions::reopen(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// A date on which a campus does not work.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DayOff")]
pub struct DayOffView {
    /// The date, `YYYY-MM-DD`.
    date: NaiveDate,
    /// What it is called, such as a holiday's name.
    name: Line,
}

/// `GET /v1/campuses/{id}/days-off`, in order, whole
pub async fn list_days_off(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<DayOffView>>> {
    call.read(|conn, call| {
        let view = |DayOff { day, name, .. }| DayOffView { date: day, name };
        call.page(Page::whole(actions::days_off(conn, call.path.id)?).map(view))
    })
    .await
}

/// `{id}/days-off/{date}`
#[derive(Deserialize, JsonSchema)]
pub struct ByDate {
    /// The campus's id.
    id: Id,
    /// The date.
    date: Date,
}

/// Why a date is off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "Eid al-Fitr"}))]
pub struct NewDayOff {
    /// What it is called, such as a holiday's name.
    name: Line,
}

/// `PUT /v1/campuses/{id}/days-off/{date}`
pub async fn set_day_off(call: Call<ByDate, NoQuery, Json<NewDayOff>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByDate { id, date } = call.path;
        actions::set_day_off(conn, &call.actor, id, date.get(), &call.body.name, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/days-off/{date}`
pub async fn remove_day_off(call: Call<ByDate, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_day_off(conn, &call.actor, call.path.id, call.path.date.get(), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
