//! Attendance over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonView,
    error::Result,
    events::{
        actions::{self, AttendanceOf, CheckInRequest, StudentAttendance},
        model::{Attendance, AttendanceStatus, Counts},
    },
    primitives::{Instant, Line, Page},
    web::{ById, ByPerson, Call, Json, NoBody, NoQuery, OptionalJson, Reply},
};

/// That somebody is there.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({}))]
pub struct NewCheckIn {
    /// The code that the staff show, if the event needs one.
    #[serde(default)]
    code: Option<Line>,
    /// When the caller came, for a check-in that waited for power or a network; now if left out. It lies between a quarter of
    /// an hour before the event and its end, and is sent within a week of it.
    #[serde(default)]
    arrived_at: Option<Instant>,
}

/// What is known of somebody at an event.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnAttendance")]
pub struct CheckInView {
    /// What is noted; of a check-in, whether they came in time: until five minutes after it begins.
    status: AttendanceStatus,
    /// When they came, if they checked in.
    arrived_at: Option<Instant>,
    /// When the server heard of it.
    received_at: Option<Instant>,
}

impl From<Attendance> for CheckInView {
    fn from(attendance: Attendance) -> Self {
        Self {
            status: attendance.status,
            arrived_at: attendance.arrived_at,
            received_at: attendance.received_at,
        }
    }
}

/// `PUT /v1/events/{id}/attendance/me`
pub async fn check_in(call: Call<ById, NoQuery, OptionalJson<NewCheckIn>>) -> Result<Reply<CheckInView>> {
    if call.body.code.is_some() {
        let (actor, event) = (call.actor, call.path.id);
        let counting = call
            .state
            .db
            .write(move |conn| actions::count_code(conn, &actor, event));
        counting.await?;
    }
    call.write(|conn, call| {
        let request = CheckInRequest {
            code: call.body.code.as_ref().map(ToString::to_string),
            arrived_at: call.body.arrived_at,
        };
        let attendance = actions::check_in(conn, &call.actor, call.path.id, &request, call.now)?;
        Reply::ok(&CheckInView::from(attendance))
    })
    .await
}

/// Whether somebody was there.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "excused"}))]
pub struct NotedAttendance {
    /// `present`, `late`, `absent` or `excused`.
    status: AttendanceStatus,
}

/// `PUT /v1/events/{id}/attendance/{person_id}`
pub async fn note_attendance(call: Call<ByPerson, NoQuery, Json<NotedAttendance>>) -> Result<Reply<CheckInView>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        let noted = actions::note(conn, &call.actor, id, person_id, call.body.0.status, call.now)?;
        Reply::ok(&CheckInView::from(noted))
    })
    .await
}

/// `DELETE /v1/events/{id}/attendance/{person_id}`
pub async fn forget_attendance(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::forget(conn, &call.actor, call.path.id, call.path.person_id)?;
        Ok(Reply::no_content())
    })
    .await
}

/// Somebody at an event.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventAttendance")]
pub struct EventAttendanceView {
    /// Who it is.
    person: PersonView,
    /// Whether they were expected. Visitors are not, and count nowhere; at what is optional nobody is.
    expected: bool,
    /// What they count as: what is known of them, or else `excused` if an absence is noted for the day or week, or else
    /// `absent` once the event is over. Null while nothing is known.
    status: Option<AttendanceStatus>,
    /// When they came, if they checked in.
    arrived_at: Option<Instant>,
    /// When the server heard of it.
    received_at: Option<Instant>,
    /// Who on the staff noted it; null where nobody did, or their account was removed.
    noted_by: Option<PersonView>,
}

impl From<AttendanceOf> for EventAttendanceView {
    fn from(row: AttendanceOf) -> Self {
        let known = row.known;
        Self {
            person: row.person,
            expected: row.is_expected,
            status: row.status,
            arrived_at: known.as_ref().and_then(|known| known.arrived_at),
            received_at: known.as_ref().and_then(|known| known.received_at),
            noted_by: row.noted_by,
        }
    }
}

/// `GET /v1/events/{id}/attendance`
pub async fn list_event_attendance(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<EventAttendanceView>>> {
    call.read(|conn, call| {
        let rows = actions::list_event(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(rows).map(EventAttendanceView::from))
    })
    .await
}

/// How often a student was there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StudentAttendance")]
pub struct StudentAttendanceView {
    /// The student.
    person: PersonView,
    #[serde(flatten)]
    counts: Counts,
}

impl From<StudentAttendance> for StudentAttendanceView {
    fn from(student: StudentAttendance) -> Self {
        Self {
            person: student.person,
            counts: student.counts,
        }
    }
}

/// `GET /v1/cohorts/{id}/attendance`
pub async fn list_cohort_attendance(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<StudentAttendanceView>>> {
    call.read(|conn, call| {
        let students = actions::list_cohort(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(students).map(StudentAttendanceView::from))
    })
    .await
}
