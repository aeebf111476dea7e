//! What changes of programmes.

use super::model::Programme;
use crate::outbox::{Audience, Told};

/// A programme.
pub fn programme(programme: &Programme) -> Told {
    Told {
        object: "programme",
        id: programme.id,
        campus: programme.campus_id,
        cohort: None,
        href: format!("/v1/programmes/{}", programme.id),
        audience: vec![Audience::Everybody],
    }
}
