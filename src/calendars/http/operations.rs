//! The operations of this feature.

use crate::web::{Operation, Tag, Who, delete, get, post};

static TAG: Tag = Tag {
    name: "calendars",
    about: "Feeds that calendar programs subscribe to.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/me/calendar-feeds",
            "list_calendar_feeds",
            super::list_calendar_feeds,
        )
        .summary("List calendar feeds")
        .about(
            "\
                The caller's feeds, the newest first. Their addresses are shown only when they are made. The list is never paged.",
        )
        .no_store(),
        post(
            "/v1/me/calendar-feeds",
            "create_calendar_feed",
            super::create_calendar_feed,
        )
        .summary("Create a calendar feed")
        .about(
            "\
                Makes an address at which calendar programs read what takes place: the caller's own, a cohort's or a campus's. \
                It shows what the caller may see at the time it is read. Programs read it when they like, often once a day.",
        )
        .no_store()
        .without_replay()
        .problems(&[crate::error::Code::Conflict]),
        delete(
            "/v1/me/calendar-feeds/{id}",
            "delete_calendar_feed",
            super::delete_calendar_feed,
        )
        .summary("Delete a calendar feed")
        .about(
            "\
                Nothing is read at its address any more. To have another address, delete the feed and make one like it.",
        )
        .no_store(),
        get("/calendars/{token}.ics", "read_calendar", super::read_calendar)
            .summary("Read a calendar")
            .about(
                "\
                The calendar of a feed (iCalendar, RFC 5545). The secret in its address is all that it takes.",
            )
            .who(Who::Anyone)
            .also("text/calendar"),
    ])
}
