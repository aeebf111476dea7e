//! That something takes place, or takes place otherwise, for lists of changes. (The events of `outbox`.)

use crate::{
    outbox::{Audience, Told},
    primitives::Id,
};

/// Something that takes place.
pub fn event(cohort: Id, id: Id) -> Told {
    Told {
        object: "event",
        id,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/events/{id}"),
        audience: vec![Audience::Insiders],
    }
}

/// The timetable of a cohort, and all that takes place by it.
pub fn timetable(cohort: Id) -> Told {
    Told {
        object: "timetable",
        id: cohort,
        href: format!("/v1/cohorts/{cohort}/events"),
        ..event(cohort, cohort)
    }
}

/// Whether somebody was there: of interest to the staff and to nobody else but them.
pub fn attendance(cohort: Id, event: Id, person: Id) -> Told {
    Told {
        object: "attendance",
        id: event,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/events/{event}"),
        audience: vec![Audience::Staff, Audience::Person(person)],
    }
}
