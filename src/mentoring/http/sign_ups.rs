//! Sign-ups over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    super::{
        actions::{self, SignUpWithPerson, SignUpWithSlot},
        model::{Attendance, MentorRole, PartOfWeek, SignUpStatus, SlotKind, SlotTimes},
    },
    mentored::{MentoredCampus, MentoredCohort, MentoredWeek},
};
use crate::{
    accounts::model::PersonView,
    error::Result,
    primitives::{
        Date, Filter, Id, Instant, Line, LocalTime, Page, PageQuery, Several, Url, list_query, text_enum,
        time::TimeZone,
    },
    teams::model::PersonName,
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A mentor's place in a slot, or in the line for one.
#[derive(Serialize, JsonSchema)]
pub struct SignUp {
    /// The sign-up's id.
    id: Id,
    /// The slot.
    slot_id: Id,
    /// The mentor.
    person: PersonView,
    /// Where it stands.
    status: SignUpStatus,
    /// Place on the waiting list, from 1; only while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When they signed up.
    created_at: Instant,
    /// When they confirmed that they still come; null until then.
    reconfirmed_at: Option<Instant>,
    /// How reliably they came to earlier slots at this campus; for its staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    attendance: Option<MentorAttendance>,
}

/// How reliably somebody came to slots at a campus in the last twelve months.
#[derive(Serialize, JsonSchema)]
pub struct MentorAttendance {
    /// Slots to which they came or should have come.
    expected: i64,
    /// To how many of them they did not come.
    no_shows: i64,
    /// Whether it was three times or more: ask them how they are before counting on them.
    often_missed: bool,
}

impl From<Attendance> for MentorAttendance {
    fn from(attendance: Attendance) -> Self {
        Self {
            expected: attendance.expected,
            no_shows: attendance.no_shows,
            often_missed: attendance.is_often_missed(),
        }
    }
}

impl From<SignUpWithPerson> for SignUp {
    fn from(found: SignUpWithPerson) -> Self {
        Self {
            id: found.sign_up.id,
            slot_id: found.sign_up.slot_id,
            person: found.person,
            status: found.sign_up.status,
            position: found.position,
            version: found.sign_up.version,
            created_at: found.sign_up.created_at,
            reconfirmed_at: found.sign_up.reconfirmed_at,
            attendance: found.attendance.map(MentorAttendance::from),
        }
    }
}

/// `POST /v1/mentor-slots/{id}/sign-ups`
pub async fn sign_up(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SignUp>> {
    call.write(|conn, call| {
        let sign_up = SignUp::from(actions::sign_up(conn, &call.actor, call.path.id, call.now)?);
        let location = format!("/v1/mentor-slots/{}/sign-ups/{}", sign_up.slot_id, sign_up.person.id);
        Ok(Reply::created(location, &sign_up)?.version(sign_up.version))
    })
    .await
}

/// `GET /v1/mentor-slots/{id}/sign-ups`
pub async fn list_sign_ups(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<SignUp>>> {
    call.read(|conn, call| {
        let (limit, after) = (call.query.limit, call.query.after()?.unwrap_or(0));
        let found = actions::sign_ups(conn, &call.actor, call.path.id, (after, limit.plus_one()), call.now)?;
        let page = Page::of(found, limit, |one| one.sign_up.turn);
        call.page(page.map(SignUp::from))
    })
    .await
}

fn reply(found: SignUpWithPerson) -> Result<Reply<SignUp>> {
    let sign_up = SignUp::from(found);
    Ok(Reply::ok(&sign_up)?.version(sign_up.version))
}

/// `GET /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn get_sign_up(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<SignUp>> {
    call.read(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        reply(actions::sign_up_of(conn, &call.actor, id, person_id)?)
    })
    .await
}

/// `PUT /v1/mentor-slots/{id}/sign-ups/me/confirmation`
pub async fn reconfirm_own_sign_up(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SignUp>> {
    call.write(|conn, call| reply(actions::reconfirm(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `DELETE /v1/mentor-slots/{id}/sign-ups/me`
pub async fn cancel_own_sign_up(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel_own(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn cancel_sign_up(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        actions::cancel_of(conn, &call.actor, (id, person_id), call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

text_enum! {
    /// What came of a place.
    pub enum Outcome {
        /// The mentor came.
        Attended = "attended",
        /// The mentor did not come.
        NoShow = "no_show",
    }
}

/// What staff note of a mentor's place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "attended"}))]
pub struct SignUpPatch {
    /// Whether the mentor came.
    status: Outcome,
}

/// `PATCH /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn mark_sign_up(call: Call<ByPerson, NoQuery, Json<SignUpPatch>>) -> Result<Reply<SignUp>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        let to = match call.body.status {
            Outcome::Attended => SignUpStatus::Attended,
            Outcome::NoShow => SignUpStatus::NoShow,
        };
        reply(actions::mark(
            conn,
            &call.actor,
            id,
            person_id,
            to,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

list_query! {
    /// Which of the caller's sign-ups.
    pub struct OwnSignUpQuery {
        /// Filter by status.
        status: Option<Several<SignUpStatus>>,
        /// Only those for a week that ends on this day or later.
        from: Option<Date>,
        /// Only those for a week that begins on this day or earlier.
        to: Option<Date>,
    }
}

/// One of the caller's own sign-ups, with what it is for.
#[derive(Serialize, JsonSchema)]
pub struct OwnSignUp {
    /// The sign-up's id.
    id: Id,
    /// The slot.
    slot_id: Id,
    /// Where it stands.
    status: SignUpStatus,
    /// Place on the waiting list, from 1; only while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    /// What the slot is for.
    kind: SlotKind,
    /// The week it is in.
    week: MentoredWeek,
    /// The cohort it is for.
    cohort: MentoredCohort,
    /// Where that is.
    campus: MentoredCampus,
    /// As what the caller comes; null if nothing is said.
    mentor_role: Option<MentorRole>,
    /// In office hours, how many minutes one time is that students book; null for other slots.
    booking_minutes: Option<i32>,
    /// When it begins; null if it is for the whole week.
    starts_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it is for the whole week.
    ends_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    ends_local: Option<LocalTime>,
    /// The IANA time zone of the slot's times; the campus's if it has none.
    time_zone: TimeZone,
    /// Which part of the week, if it has no times.
    part_of_week: Option<PartOfWeek>,
    /// Mentors who are confirmed or came; of a sign-up that was cancelled, none.
    mentors: Vec<PersonName>,
    /// Where mentors come to; null, as `url`, for whoever gave the place up and does not see the slot any more.
    place: Option<Line>,
    /// Where they are met online.
    url: Option<Url>,
    /// Until when the place has to be confirmed again; null if it has not, or is confirmed.
    reconfirm_by: Option<Instant>,
    /// When the caller confirmed that they still come; null until then.
    reconfirmed_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When they signed up.
    created_at: Instant,
}

impl From<SignUpWithSlot> for OwnSignUp {
    fn from(found: SignUpWithSlot) -> Self {
        let (week, cohort, times) = (found.week, found.cohort, found.slot.times());
        Self {
            id: found.sign_up.id,
            slot_id: found.slot.id,
            status: found.sign_up.status,
            position: found.position,
            kind: found.slot.kind,
            week: week.into(),
            cohort: cohort.into(),
            starts_at: times.map(SlotTimes::starts_at),
            starts_local: found.slot.starts_local,
            ends_at: times.map(SlotTimes::ends_at),
            ends_local: found.slot.ends_local,
            time_zone: found.slot.time_zone.unwrap_or(found.campus.time_zone),
            campus: found.campus.into(),
            mentor_role: found.slot.mentor_role,
            booking_minutes: found.slot.booking_minutes,
            part_of_week: found.slot.part_of_week,
            mentors: found.mentors,
            place: found.slot.place,
            url: found.slot.url,
            reconfirm_by: found.reconfirm_by,
            reconfirmed_at: found.sign_up.reconfirmed_at,
            version: found.sign_up.version,
            created_at: found.sign_up.created_at,
        }
    }
}

/// `GET /v1/me/sign-ups`
pub async fn list_own_sign_ups(call: Call<NoPath, OwnSignUpQuery, NoBody>) -> Result<Reply<Page<OwnSignUp>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let filter = Filter::of(query.status.as_ref(), query.from, query.to)?;
        let before = query.after()?;
        let found = actions::own_sign_ups(conn, &call.actor, &filter, before, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| one.sign_up.id);
        call.page(page.map(OwnSignUp::from))
    })
    .await
}
