//! What changes in pastoral care, and who may know of it. Notes are told to carers alone, and not what is in them.

use serde::Serialize;

use super::model::{WalkChange, WalkNews};
use crate::{
    db::Conn,
    error::Result,
    outbox::{Audience, Told},
    primitives::Id,
};

/// That somebody cares for the students of a campus.
pub fn carer(campus: Id, person: Id) -> Told {
    Told {
        object: "pastoral_carer",
        id: person,
        campus: Some(campus),
        cohort: None,
        href: format!("/v1/campuses/{campus}/pastoral-carers"),
        audience: vec![Audience::Staff, Audience::Person(person)],
    }
}

/// That somebody cares no longer whose account became another one, which cares from now on: that is told of the other one.
#[derive(Serialize)]
pub struct Replaced {
    /// The other account.
    pub by: Id,
}

/// A note, for these carers.
pub fn note(id: Id, cohort: Id, carers: &[Id]) -> Told {
    Told {
        object: "pastoral_note",
        id,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/pastoral-notes/{id}"),
        audience: carers.iter().copied().map(Audience::Person).collect(),
    }
}

/// A walk, with how many places are taken.
pub fn walk(slot: Id, cohort: Id) -> Told {
    Told {
        object: "walk",
        id: slot,
        campus: None,
        cohort: Some(cohort),
        // Which of them it is, is said in the fragment: what is told of one walk is no news of another.
        href: format!("/v1/cohorts/{cohort}/walks#{slot}"),
        audience: vec![Audience::Insiders],
    }
}

/// What becomes of a walk, with whom it concerns.
pub fn walk_changed(conn: &mut Conn, slot: Id, cohort: Id, news: &WalkNews) -> Result<()> {
    let what = match news.change {
        WalkChange::Moved => "updated",
        WalkChange::CalledOff => "deleted",
    };
    walk(slot, cohort).happened_with(conn, what, news)
}
