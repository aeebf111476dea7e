//! Office hours over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    super::{
        actions::{self, BookableTime, HoursDay, NewOfficeHours, OfficeHours, WeekChoice},
        model::{SlotDetails, SlotKind, SlotTimes},
    },
    batch::MadeMentorSlots,
};
use crate::{
    cohorts::model::Phase,
    error::{Error, Result},
    primitives::{
        Date, Id, Instant, Line, LocalTime, Page, TimeOfDay, Url,
        time::{TimeZone, Weekday},
    },
    teams::model::{PersonName, TeamName},
    web::{ById, Call, Json, NoBody, NoQuery, Number, OptionalJson, Reply},
};

/// Office hours that the caller offers: once on a `date`, or every week on a `weekday`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "weekday": "wed", "phase": "core", "starts": "14:00", "ends": "16:00", "minutes": 20,
    "url": "https://meet.example.org/office-hours",
}))]
pub struct OfficeHoursBody {
    /// The day, for office hours once. Either this or `weekday`.
    #[serde(default)]
    date: Option<Date>,
    /// The day of the week, in the weeks that `weeks` or `phase` names.
    #[serde(default)]
    weekday: Option<Weekday>,
    /// The numbers of the weeks. Either these or `phase`, with `weekday`.
    #[serde(default)]
    weeks: Option<Vec<i32>>,
    /// All weeks of this phase.
    #[serde(default)]
    phase: Option<Phase>,
    /// When they begin, by the clocks of `time_zone`.
    starts: TimeOfDay,
    /// When they end: later on the same day.
    ends: TimeOfDay,
    /// Whose clocks, as an IANA zone; the campus's if left out.
    #[serde(default)]
    time_zone: Option<TimeZone>,
    /// How long one time is that students book.
    #[schemars(range(min = 10, max = 120))]
    minutes: i32,
    /// What they are for; `project` if left out.
    #[serde(default)]
    kind: Option<SlotKind>,
    /// Where students come to.
    #[serde(default)]
    place: Option<Line>,
    /// Where they are met online.
    #[serde(default)]
    url: Option<Url>,
}

impl OfficeHoursBody {
    fn days(&self) -> Result<(WeekChoice, HoursDay)> {
        let wrong = |pointer: &str, code: &str, detail: &str| Err(Error::field(pointer, code, detail));
        match (self.date, self.weekday, &self.weeks, self.phase) {
            (Some(date), None, None, None) => Ok((WeekChoice::With(date.get()), HoursDay::On(date.get()))),
            (Some(_), Some(_), ..) => wrong("/weekday", "invalid", "must be left out where date is given"),
            (Some(_), _, Some(_), _) => wrong("/weeks", "invalid", "must be left out where date is given"),
            (Some(_), ..) => wrong("/phase", "invalid", "must be left out where date is given"),
            (None, None, ..) => wrong("/weekday", "required", "is required, unless date is given"),
            (None, Some(weekday), Some(numbers), None) => {
                Ok((WeekChoice::Numbers(numbers.clone()), HoursDay::Every(weekday)))
            }
            (None, Some(weekday), None, Some(phase)) => Ok((WeekChoice::Phase(phase), HoursDay::Every(weekday))),
            (None, Some(_), None, None) => wrong("/weeks", "required", "is required, unless phase is given"),
            (None, Some(_), Some(_), Some(_)) => wrong("/phase", "invalid", "must be left out where weeks is given"),
        }
    }

    fn offer(&self) -> Result<NewOfficeHours> {
        let (weeks, day) = self.days()?;
        Ok(NewOfficeHours {
            weeks,
            day,
            starts: self.starts.clone(),
            ends: self.ends.clone(),
            time_zone: self.time_zone,
            details: SlotDetails {
                booking_minutes: Some(self.minutes),
                place: self.place.clone(),
                url: self.url.clone(),
                ..SlotDetails::of_week(self.kind.unwrap_or(SlotKind::Project), 0, 1)
            },
        })
    }
}

/// `POST /v1/cohorts/{id}/office-hours`
pub async fn offer_office_hours(call: Call<ById, NoQuery, Json<OfficeHoursBody>>) -> Result<Reply<MadeMentorSlots>> {
    call.write(|conn, call| {
        let made = actions::offer(conn, &call.actor, call.path.id, &call.body.offer()?, call.now)?;
        MadeMentorSlots::reply(made, format!("/v1/cohorts/{}/office-hours", call.path.id))
    })
    .await
}

/// Office hours, with the times that students book.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OfficeHours")]
pub struct OfficeHoursView {
    /// The mentor slot.
    slot_id: Id,
    /// The number of its week.
    week: i32,
    /// What they are for.
    kind: SlotKind,
    /// Who holds them; nobody can book times while there is nobody.
    mentors: Vec<PersonName>,
    /// How long one time is.
    minutes: i32,
    /// Whose clocks show the local times.
    time_zone: Option<TimeZone>,
    /// Where students come to.
    place: Option<Line>,
    /// Where they are met online.
    url: Option<Url>,
    /// In order.
    times: Vec<TimeView>,
}

/// A time of office hours.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OfficeHoursTime")]
pub struct TimeView {
    /// Which of the times it is, from 1.
    number: i32,
    /// When it begins.
    starts_at: Instant,
    /// The same by the clocks of `time_zone`.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of `time_zone`.
    ends_local: LocalTime,
    /// Whether somebody has booked it.
    booked: bool,
    /// Whether it is the caller, or their team.
    mine: bool,
    /// Who, for those who come, the mentors and staff; null for others, and while it is free.
    booked_by: Option<PersonName>,
    /// The team that comes along; shown to those who come, the mentors and staff, and null if none does.
    team: Option<TeamName>,
}

impl From<BookableTime> for TimeView {
    fn from(time: BookableTime) -> Self {
        let SlotTimes { starts, ends, .. } = time.times;
        let (booked_by, team) = time.booked.unzip();
        Self {
            number: time.number,
            starts_at: time.times.starts_at(),
            starts_local: starts,
            ends_at: time.times.ends_at(),
            ends_local: ends,
            booked: time.is_booked,
            mine: time.is_mine,
            booked_by,
            team: team.flatten(),
        }
    }
}

impl From<OfficeHours> for OfficeHoursView {
    fn from(OfficeHours { slot, mentors, times }: OfficeHours) -> Self {
        Self {
            slot_id: slot.id,
            week: slot.week_number,
            kind: slot.kind,
            mentors,
            minutes: slot.booking_minutes.unwrap_or_default(),
            time_zone: slot.time_zone,
            place: slot.place,
            url: slot.url,
            times: times.into_iter().map(TimeView::from).collect(),
        }
    }
}

/// Which office hours.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeHoursQuery {
    /// Only of this week.
    week: Option<Number>,
}

/// `GET /v1/cohorts/{id}/office-hours`, by week, whole
pub async fn list_office_hours(call: Call<ById, OfficeHoursQuery, NoBody>) -> Result<Reply<Page<OfficeHoursView>>> {
    call.read(|conn, call| {
        let week = call.query.week.map(|Number(week)| week);
        let found = actions::list_office_hours(conn, &call.actor, call.path.id, week)?;
        call.page(Page::whole(found).map(OfficeHoursView::from))
    })
    .await
}

/// `{id}/times/{number}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByTime {
    /// The mentor slot's id.
    id: Id,
    /// Which of its times, from 1.
    number: Number,
}

/// For whom a time is booked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"for_team": false}))]
pub struct NewBooking {
    /// Whether the caller's team of that week comes along.
    #[serde(default)]
    for_team: bool,
}

/// `PUT /v1/mentor-slots/{id}/times/{number}/booking`
pub async fn book_office_hours(call: Call<ByTime, NoQuery, OptionalJson<NewBooking>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByTime { id, number } = call.path;
        actions::book(conn, &call.actor, (id, number.0), call.body.for_team, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/times/{number}/booking`
pub async fn cancel_booking(call: Call<ByTime, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByTime { id, number } = call.path;
        actions::cancel_booking(conn, &call.actor, (id, number.0), call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
