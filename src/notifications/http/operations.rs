//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "notifications",
    about: "What concerns the caller, and how they want to be told of it.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/notifications", "list_notifications", super::list_notifications)
            .summary("List own notices")
            .about("What the caller was told, the newest first. A notice is kept for 90 days.")
            .open_to_programs()
            .no_store(),
        put(
            "/v1/me/notifications/{id}/read",
            "read_notification",
            super::read_notification,
        )
        .summary("Mark a notice as read")
        .about("The next daily mail leaves it out.")
        .open_to_programs()
        .no_store(),
        put(
            "/v1/me/notifications/read",
            "read_all_notifications",
            super::read_all_notifications,
        )
        .summary("Mark all notices as read")
        .about("The next daily mail leaves them out.")
        .open_to_programs()
        .no_store(),
        get(
            "/v1/me/notification-settings",
            "get_notification_settings",
            super::get_notification_settings,
        )
        .summary("Get own settings for notices")
        .about(
            "\
            How the caller is told of what concerns them: in the app, and by mail at once, daily at eight by their own \
            clock, or not at all. Mail about the safety of the account, and mail with a code, is always sent.",
        )
        .open_to_programs()
        .no_store(),
        patch(
            "/v1/me/notification-settings",
            "change_notification_settings",
            super::change_notification_settings,
        )
        .summary("Change own settings for notices")
        .about("They count for what happens from then on: switching something on sends nothing of the past.")
        .open_to_programs()
        .no_store(),
        post("/v1/notification-unsubscriptions", "unsubscribe", super::unsubscribe)
            .summary("Unsubscribe by the link of a mail")
            .about(
                "\
            Mail programs post here when their reader wants no more mail of this kind (RFC 8058), or, from a daily \
            mail, no daily mail of any kind. The token is in the mail and is good for nothing else.",
            )
            .who(Who::Anyone)
            .without_replay()
            .answers(&[204])
            .problems(&[Code::NotFound]),
    ])
}
