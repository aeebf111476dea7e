//! Events over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::Result,
    events::{
        actions::{self, ShownEvent},
        model::{AttendanceStatus, CheckIn, EventPatch, EventSelection, EventStatus, NewEvent},
    },
    primitives::{Date, Id, Instant, Line, LocalTime, Page, Period, Url, Word, list_query, time::TimeZone},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What takes place at a time.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct EventView {
    /// The event's id. It stays when the event is moved or cancelled.
    id: Id,
    /// Its cohort.
    cohort_id: Id,
    /// The session of the timetable that it is an occurrence of; null for an event of its own, and once the timetable has
    /// the session no longer.
    session_id: Option<Id>,
    /// On which day the timetable has it, wherever it was moved to; null for an event of its own.
    session_day: Option<NaiveDate>,
    /// What it is called.
    title: Line,
    /// What it is, in a word.
    kind: Word,
    /// When it begins. It moves if the clocks of the campus do.
    starts_at: Instant,
    /// The same by the clocks of the campus, as it was set.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of the campus.
    ends_local: LocalTime,
    /// Of the campus.
    time_zone: TimeZone,
    /// Where people come to.
    place: Option<Line>,
    /// Where they meet online.
    url: Option<Url>,
    /// Whether nobody is expected.
    optional: bool,
    /// How people check in.
    check_in: CheckIn,
    /// The code that they check in with, for the staff to show; null for everybody else.
    check_in_code: Option<String>,
    /// Whether it takes place.
    status: EventStatus,
    /// What is known of the caller there; null if nothing is.
    my_attendance: Option<AttendanceStatus>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<ShownEvent> for EventView {
    fn from(shown: ShownEvent) -> Self {
        let (event, zone) = (shown.event, shown.zone);
        Self {
            starts_at: event.starts_at(zone),
            ends_at: event.ends_at(zone),
            check_in: event.check_in(),
            id: event.id,
            cohort_id: event.cohort_id,
            session_id: event.session_id,
            session_day: event.session_day,
            title: event.title,
            kind: event.kind,
            starts_local: event.starts_local,
            ends_local: event.ends_local,
            time_zone: zone,
            place: event.place,
            url: event.url,
            optional: event.is_optional,
            check_in_code: event.check_in_code.filter(|_| shown.is_for_staff),
            status: event.status,
            my_attendance: shown.own,
            version: event.version,
        }
    }
}

/// `POST /v1/cohorts/{id}/events`
pub async fn announce_event(call: Call<ById, NoQuery, Json<NewEvent>>) -> Result<Reply<EventView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        let view = EventView::from(actions::announce(conn, &call.actor, call.path.id, new, call.now)?);
        Ok(Reply::created(format!("/v1/events/{}", view.id), &view)?.version(view.version))
    })
    .await
}

list_query! {
    /// Which events of a cohort.
    pub struct EventQuery {
        /// Those that end on this day at the campus, or later: also what goes on since before.
        from: Option<Date>,
        /// Those that begin on this day at the campus, or earlier.
        to: Option<Date>,
        /// Filter by kind.
        kind: Option<Word>,
        /// Filter by status.
        status: Option<EventStatus>,
    }
}

/// `GET /v1/cohorts/{id}/events`
pub async fn list_events(call: Call<ById, EventQuery, NoBody>) -> Result<Reply<Page<EventView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = EventSelection {
            period: Period::of(query.from, query.to)?,
            kind: query.kind.clone(),
            status: query.status,
            after: query.after()?,
        };
        let found = actions::list(conn, &call.actor, call.path.id, &selection, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| (one.event.starts_local, one.event.id));
        call.page(page.map(EventView::from))
    })
    .await
}

fn reply(found: ShownEvent) -> Result<Reply<EventView>> {
    let version = found.event.version;
    Ok(Reply::ok(&EventView::from(found))?.version(version))
}

/// `GET /v1/events/{id}`
pub async fn get_event(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<EventView>> {
    call.read(|conn, call| reply(actions::get(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/events/{id}`
pub async fn change_event(call: Call<ById, NoQuery, Json<EventPatch>>) -> Result<Reply<EventView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        reply(actions::change(conn, &call.actor, id, patch, call.if_match, call.now)?)
    })
    .await
}

/// `DELETE /v1/events/{id}`
pub async fn cancel_event(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
