//! Announcing what takes place, changing it, calling it off, and reading it.

use super::following::new_code;
use crate::{
    audit,
    authz::Actor,
    cohorts::{self, CohortInsider, model::Week},
    db::Conn,
    error::Result,
    events::{
        model::{AttendanceStatus, CheckIn, Event, EventPatch, EventSelection, EventStatus, NewEvent, News},
        proofs::SeenEvent,
        rules, store,
    },
    primitives::{Id, IfMatch, Instant, Period, time::TimeZone},
};

/// An event as somebody sees it.
pub struct ShownEvent {
    pub event: Event,
    pub zone: TimeZone,
    /// Whether they see the code to check in with.
    pub is_for_staff: bool,
    /// What is known of them there.
    pub own: Option<AttendanceStatus>,
}

/// Announces an event beside the timetable.
pub fn announce(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewEvent, now: Instant) -> Result<ShownEvent> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let staff = insider.staff()?;
    rules::check_going_on(cohort.status)?;
    rules::EVENTS.check_room(store::count_own(conn, cohort.id)?)?;
    let zone = insider.zone();
    let (starts_local, ends_local) = (new.starts_at.local(zone), new.ends_at.local(zone));
    rules::check_times(starts_local, ends_local)?;
    rules::check_clocks([starts_local, ends_local], zone)?;
    rules::check_day(starts_local, cohort.ends_on, now.date_in(zone))?;
    let event = Event {
        id: Id::new(),
        cohort_id: cohort.id,
        session_id: None,
        session_day: None,
        is_changed: false,
        title: new.title,
        kind: new.kind,
        starts_local,
        ends_local,
        place: new.place,
        url: new.url,
        is_optional: new.optional,
        check_in_code: (new.check_in == CheckIn::Code).then(new_code),
        status: EventStatus::Planned,
        is_left_out: false,
        cancelled_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_event(conn, &staff, &event)?;
    Ok(shown(event, &insider))
}

fn shown(event: Event, insider: &CohortInsider) -> ShownEvent {
    ShownEvent {
        event,
        zone: insider.zone(),
        is_for_staff: insider.is_staff(),
        own: None,
    }
}

/// Each with what is known of whoever looks.
fn all_shown(conn: &mut Conn, events: Vec<Event>, insider: &CohortInsider) -> Result<Vec<ShownEvent>> {
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let own = store::attendances(conn, &ids, Some(insider.person()))?;
    let with_own = |event: Event| ShownEvent {
        own: own
            .iter()
            .find(|one| one.event_id == event.id)
            .map(|attendance| attendance.status),
        ..shown(event, insider)
    };
    Ok(events.into_iter().map(with_own).collect())
}

/// An event, for those inside its cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ShownEvent> {
    let seen = SeenEvent::of(conn, actor, id)?;
    let own = store::attendance(conn, id, seen.insider().person())?;
    Ok(ShownEvent {
        own: own.map(|attendance| attendance.status),
        ..shown(seen.event.clone(), &seen.insider())
    })
}

/// Up to `limit` events of a cohort, for those inside it.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    selection: &EventSelection,
    limit: i64,
) -> Result<Vec<ShownEvent>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let events = store::events(conn, cohort.id, selection, limit)?;
    all_shown(conn, events, &insider)
}

/// What takes place in a week, for those inside the cohort: from its first day to the next week, or for seven days.
pub fn of_week(conn: &mut Conn, actor: &Actor, week: &Week) -> Result<Vec<ShownEvent>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, week.cohort_id)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let next = weeks.iter().find(|next| next.number == week.number + 1);
    let selection = EventSelection {
        period: Period {
            from: Some(week.starts_on),
            to: Some(rules::last_day(week.span(), next.map(|next| next.starts_on))),
        },
        ..EventSelection::default()
    };
    let mut events = store::events(conn, cohort.id, &selection, i64::MAX)?;
    events.retain(|event| !event.is_left_out);
    all_shown(conn, events, &insider)
}

/// Changes an event. An occurrence of a session is the staff's from then on, and the timetable leaves it alone.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: EventPatch,
    known: IfMatch,
    now: Instant,
) -> Result<ShownEvent> {
    let seen = SeenEvent::of(conn, actor, id)?;
    let staff = seen.staff()?;
    rules::check_going_on(seen.cohort.status)?;
    let before = &seen.event;
    known.check(before.version)?;
    let changed = before.clone().patched(patch, seen.zone(), new_code, now);
    rules::check_times(changed.starts_local, changed.ends_local)?;
    if (changed.starts_local, changed.ends_local) != (before.starts_local, before.ends_local) {
        rules::check_clocks([changed.starts_local, changed.ends_local], seen.zone())?;
        rules::check_day(changed.starts_local, seen.cohort.ends_on, now.date_in(seen.zone()))?;
    }
    if changed != *before {
        let after = Event {
            is_changed: before.session_day.is_some(),
            version: before.version + 1,
            updated_at: now,
            ..changed
        };
        audit::changed(before, &after);
        store::update_event(conn, &staff, &after, News::between(before, &after))?;
    }
    get(conn, actor, id)
}

/// Calls an event off; it stays to be seen as cancelled. One that is cancelled and over need not be seen any more.
pub fn cancel(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<()> {
    let seen = SeenEvent::of(conn, actor, id)?;
    let staff = seen.staff()?;
    rules::check_going_on(seen.cohort.status)?;
    let before = &seen.event;
    known.check(before.version)?;
    if !before.is_planned() {
        return match before.ends_at(seen.zone()) < now {
            true => store::delete_event(conn, &staff, before),
            false => Ok(()),
        };
    }
    let after = Event {
        is_changed: before.session_day.is_some(),
        version: before.version + 1,
        updated_at: now,
        ..before.clone().cancelled(false, now)
    };
    audit::changed(before, &after);
    store::update_event(conn, &staff, &after, News::between(before, &after))
}
