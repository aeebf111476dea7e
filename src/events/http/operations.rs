//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "events",
    about: "Timetables, events and who was there.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = timetables();
    all.extend(events());
    all.extend(attendance());
    all
}

fn timetables() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/timetable", "get_timetable", super::get_timetable)
            .summary("Show a timetable")
            .about(
                "\
                The sessions of a cohort's default week, by day and time. What takes place on single days is in its events. \
                The list is never paged.",
            )
            .who(Who::CohortInsiders),
        put("/v1/cohorts/{id}/timetable", "put_timetable", super::put_timetable)
            .summary("Set a timetable")
            .about(
                "\
                Puts a default week in place of the one there is. Its sessions take place in every week of the \
                cohort, on days on which the campus works, as events. Events that have not begun follow; they keep \
                their ids, and those that staff have changed stay as they are. Events whose session is no longer in \
                the timetable are cancelled.",
            )
            .who(Who::CohortStaff)
            .answers(&[200])
            .problems(&[Code::Conflict]).takes_if_match(),
    ])
}

fn events() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/events", "list_events", super::list_events)
            .summary("List events")
            .about(
                "\
                What takes place in a cohort, in the order in which it begins: sessions of the timetable and events beside it, \
                also those that were cancelled.",
            )
            .who(Who::CohortInsiders),
        post("/v1/cohorts/{id}/events", "announce_event", super::announce_event)
            .summary("Announce an event")
            .about(
                "\
                Announces something that takes place beside the timetable. It moves along if its week gets other dates.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        get("/v1/events/{id}", "get_event", super::get_event)
            .summary("Show an event")
            .about(
                "\
                Something that takes place, with what is known of the caller there. Staff see the code to check in with.",
            )
            .who(Who::CohortInsiders),
        patch("/v1/events/{id}", "change_event", super::change_event)
            .summary("Change an event")
            .about(
                "\
                Changes one event and no other. An occurrence of the timetable that was changed no longer follows it, unless the \
                day itself goes.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        delete("/v1/events/{id}", "cancel_event", super::cancel_event)
            .summary("Cancel an event")
            .about(
                "\
                Calls an event off. It stays to be seen as `cancelled`, and takes place after all if its `status` is changed to \
                `planned`. One that is cancelled and over is removed for good, with what is known of who was there.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]).takes_if_match(),
    ])
}

fn attendance() -> Vec<Operation> {
    TAG.operations([
        put("/v1/events/{id}/attendance/me", "check_in", super::check_in)
            .summary("Check in")
            .about(
                "\
                Notes that the caller is there, from a quarter of an hour before the event until it ends, with its code if it \
                needs one. A check-in that waited for power says in `arrived_at` when it was made. After ten wrong codes, and \
                where the staff have noted something, it is `409 conflict`. A body is not needed.",
            )
            .who(Who::CohortInsiders)
            .answers(&[200])
            .problems(&[Code::Conflict]),
        get(
            "/v1/events/{id}/attendance",
            "list_event_attendance",
            super::list_event_attendance,
        )
        .summary("List who was at an event")
        .about(
            "\
                The cohort's students of that day, by name, and whoever else was there. At what is optional, nobody is \
                expected. The list is never paged.",
        )
        .who(Who::CohortStaff),
        put(
            "/v1/events/{id}/attendance/{person_id}",
            "note_attendance",
            super::note_attendance,
        )
        .summary("Note who was at an event")
        .about(
            "\
            Notes whether somebody was there, whatever was known before: a student of the cohort, or a visitor from \
            the campus, who is not counted.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .problems(&[Code::Conflict]),
        delete(
            "/v1/events/{id}/attendance/{person_id}",
            "forget_attendance",
            super::forget_attendance,
        )
        .summary("Forget who was at an event")
        .about(
            "\
                Forgets what is known of one person at an event.",
        )
        .who(Who::CohortStaff),
        get(
            "/v1/cohorts/{id}/attendance",
            "list_cohort_attendance",
            super::list_cohort_attendance,
        )
        .summary("List attendance")
        .about(
            "\
                How often each student was there, of the events that are over and at which they were expected, between their \
                first and their last day and without those they were excused from. Staff see all students by name, a student \
                sees their own. The list is never paged.",
        )
        .who(Who::CohortStaffAndSelf),
    ])
}
