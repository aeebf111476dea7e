//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::{PASSWORD, set_password};
use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    ("get_visibility", Once(|_| at("/v1/me/visibility"))),
    (
        "change_visibility",
        Once(|_| at("/v1/me/visibility").json(json!({"email": "cohort"}))),
    ),
    (
        "list_diversity",
        Once(|stage| at(stage.campus("/diversity?attribute=gender"))),
    ),
    ("export_own_data", Once(|_| at("/v1/me/export"))),
    ("export_campus", Once(|stage| at(stage.campus("/export")))),
    (
        "erase_me",
        ForEach(|stage, role| {
            if let Some(user) = &role.user {
                set_password(stage.world, user);
            }
            if role.name == "organiser" {
                // The last organiser stays.
                let heir = stage.member();
                let staff = stage.campus(&format!("/staff/{}", heir.id));
                stage.home.organiser.put(&staff, json!({"role": "organiser"})).is(204);
            }
            at("/v1/me").json(json!({"password": PASSWORD}))
        }),
    ),
];
