//! A sample request for each operation; see `authz_matrix`.

use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    (
        "list_campus_audit_entries",
        Once(|stage| at(stage.campus("/audit-entries"))),
    ),
    ("list_own_audit_entries", Once(|_| at("/v1/me/audit-entries"))),
];
