//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, get},
};

static TAG: Tag = Tag {
    name: "changes",
    about: "What has changed that the caller may see: as a list to go on with, and as a stream.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/changes", "list_changes", super::list_changes)
            .summary("List what has changed")
            .about(
                "\
                Everything that the caller may see and that was made, changed or removed after the cursor, in the \
                order in which it happened. A change tells what it is about and where to read it again, not what \
                became of it. `page.next_cursor` is always there, on the last page too: send it next time. Without a \
                cursor the list is empty and begins now, so take one before you read everything for the first time. \
                `access_lost` says that the caller may no longer see a place: forget what is in it. `access_gained` \
                tells what to read again. A cursor is good for 29 days, counted from when it was given, and for the \
                account that it was given to (`410`).",
            )
            .problems(&[Code::InvalidCursor, Code::ResyncRequired]),
        get("/v1/changes/stream", "stream_changes", super::stream_changes)
            .summary("Listen to what changes")
            .about(
                "\
                The same as server-sent events (`text/event-stream`), as they happen. The id of an event is a cursor of \
                `GET /v1/changes`, and a cursor can be sent as `Last-Event-ID`. An id that is too old, or not known, is \
                answered with one event `resync`: read again what you show, and go on. A stream ends after 15 minutes at \
                the latest, when the session ends, and when the service stops; the browser connects again by itself. An \
                account can have five streams at once.",
            )
            .streams()
            .problems(&[Code::TooManyRequests]),
    ])
}
