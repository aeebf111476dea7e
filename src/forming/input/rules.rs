//! Rules for whole plans that a case may ask for beyond what always counts.
//!
//! [`crate::Problem`] keeps them as they are, so whoever follows a rule reads it from there.

use serde::{Deserialize, Serialize};

/// What is asked of a plan as a whole. Wishes, not demands: they never make a plan impossible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TeamRules {
    /// Whole teams that are there again count more than pairs that meet again soon, not less.
    pub prefer_new_teams: bool,
}
