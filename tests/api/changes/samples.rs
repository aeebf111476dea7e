//! A sample request for each operation; see `authz_matrix`.

use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    ("list_changes", Once(|_| at("/v1/changes"))),
    ("stream_changes", Once(|_| at("/v1/changes/stream"))),
];
