//! What callers send.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::primitives::{Field, Text, text_enum};

text_enum! {
    /// What carers are to do about a student.
    pub enum Flag {
        /// Look after them.
        Watch = "watch",
        /// Talk to them now.
        Urgent = "urgent",
    }
}

/// What is to be noted about a student.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "Has not slept well since the move.", "flag": "watch"}))]
pub struct NewNote {
    /// What is to be noted.
    pub text: Text,
    /// What carers are to do about it.
    #[serde(default)]
    pub flag: Option<Flag>,
}

/// What of a note is to be another; what is left out stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"flag": null}))]
pub struct NotePatch {
    /// What is noted; for whoever wrote it.
    #[serde(default)]
    pub text: Field<Text>,
    /// What carers are to do about it; `null` lowers the flag.
    #[serde(default)]
    pub flag: Field<Option<Flag>>,
    /// Whether carers read it who were named after it was written.
    #[serde(default)]
    pub shared: Field<bool>,
}

/// How many students can come along.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"places": 3}))]
pub struct NewWalk {
    /// Places for students, 1 to 20.
    #[schemars(range(min = 1, max = 20))]
    pub places: i32,
}
