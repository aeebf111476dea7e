//! A sample request for each operation; see `authz_matrix`.

use peerled::{
    notifications::{Unsubscribing, Unwanted, model::NoticeKind},
    primitives::Id,
};
use serde_json::json;

use crate::authz_matrix::{Make::*, Role, Sample, Samples, Stage, at};

/// A notice of somebody's own; nobody has none.
fn own_notice(stage: &Stage, role: &Role) -> Sample {
    let Some(user) = &role.user else {
        return at(format!("/v1/me/notifications/{}/read", Id::new()));
    };
    let campus = stage.world.campus_with_cohort(&stage.unique(), 1, 0);
    user.put(
        &format!("/v1/campuses/{}/members/me", campus.campus),
        serde_json::Value::Null,
    )
    .is(204);
    campus
        .organiser
        .put(
            &format!("/v1/campuses/{}/staff/{}", campus.campus, user.id),
            json!({"role": "facilitator"}),
        )
        .is(204);
    stage.world.hand_out();
    let notice = user.get("/v1/me/notifications").is(200).data()[0]["id"].clone();
    at(format!("/v1/me/notifications/{}/read", notice.as_str().unwrap()))
}

fn link(stage: &Stage) -> Sample {
    let links = Unsubscribing::new(stage.world.state.vault.secret(), "");
    let person = Id::parse(&stage.home.students[0].id).unwrap();
    at(links.link(person, Unwanted::Kind(NoticeKind::Teams)).unwrap())
}

pub const SAMPLES: Samples = &[
    ("list_notifications", Once(|_| at("/v1/me/notifications?unread=true"))),
    ("read_notification", ForEach(own_notice)),
    ("read_all_notifications", Once(|_| at("/v1/me/notifications/read"))),
    (
        "get_notification_settings",
        Once(|_| at("/v1/me/notification-settings")),
    ),
    (
        "change_notification_settings",
        Once(|_| at("/v1/me/notification-settings").json(json!({"teams": {"mail": "daily"}}))),
    ),
    ("unsubscribe", Once(link)),
];
