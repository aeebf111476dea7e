//! A sample request for each operation; see `authz_matrix`.

use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    ("get_my_week", Once(|_| at("/v1/me/week?week=1"))),
    ("get_week_board", Once(|stage| at(stage.cohort("/board?week=1")))),
    ("get_fairness", Once(|stage| at(stage.cohort("/fairness")))),
    ("get_my_fairness", Once(|_| at("/v1/me/fairness"))),
    ("list_my_attention", Once(|_| at("/v1/me/attention"))),
    ("list_attention", Once(|stage| at(stage.cohort("/attention")))),
];
