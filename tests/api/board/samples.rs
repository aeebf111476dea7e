//! A sample request for each operation; see `authz_matrix`.

use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    ("get_my_week", Once(|_| at("/v1/me/week?week=1"))),
    ("get_week_board", Once(|stage| at(stage.cohort("/board?week=1")))),
    ("list_attention", Once(|stage| at(stage.cohort("/attention")))),
];
