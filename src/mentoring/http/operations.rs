//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post},
};

static TAG: Tag = Tag {
    name: "mentors",
    about: "When a cohort wants mentors, and who comes.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/mentor-slots", "list_mentor_slots", super::list)
            .summary("When a cohort wants mentors, and how full each slot is")
            .who(Who::MentorSlotViewers),
        post("/v1/cohorts/{id}/mentor-slots", "create_mentor_slot", super::create)
            .summary("Ask for mentors in a week")
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/mentor-coverage",
            "get_mentor_coverage",
            super::coverage,
        )
        .summary("Week by week: mentors wanted, confirmed and missing")
        .who(Who::MentorSlotViewers),
        get("/v1/mentor-slots/{id}", "get_mentor_slot", super::read)
            .summary("A mentor slot and how full it is")
            .who(Who::MentorSlotViewers),
        patch("/v1/mentor-slots/{id}", "change_mentor_slot", super::change)
            .summary("Change a mentor slot; more room goes to the waiting list")
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict, Code::SlotFull]),
        delete("/v1/mentor-slots/{id}", "delete_mentor_slot", super::remove)
            .summary("Remove a mentor slot; whoever signed up gets a mail")
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        get("/v1/mentor-slots/{id}/sign-ups", "list_sign_ups", super::list_sign_ups)
            .summary("Who signed up, in the order they did")
            .who(Who::MentorSlotViewers),
        post("/v1/mentor-slots/{id}/sign-ups", "sign_up", super::sign_up)
            .summary("Take a mentor's place, or get in line for one")
            .who(Who::Mentors)
            .problems(&[Code::NotAlumni, Code::AlreadySignedUp, Code::Conflict]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/me",
            "cancel_own_sign_up",
            super::cancel_own,
        )
        .summary("Give up one's place; the next in line gets it at once")
        .who(Who::SignedIn)
        .problems(&[Code::InvalidTransition]),
        get(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "get_sign_up",
            super::read_sign_up,
        )
        .summary("Somebody's sign-up")
        .who(Who::MentorSlotViewers),
        patch(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "mark_sign_up",
            super::mark,
        )
        .summary("Note whether a mentor came")
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::Conflict]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "cancel_sign_up",
            super::cancel_of,
        )
        .summary("Cancel a mentor's sign-up; the next in line gets the place at once")
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition]),
        get("/v1/me/sign-ups", "list_own_sign_ups", super::list_own_sign_ups)
            .summary("What the caller gave and promised as a mentor")
            .no_store(),
    ])
}
