//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post},
};

static TAG: Tag = Tag {
    name: "mentors",
    about: "Mentor slots, sign-ups and coverage.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/cohorts/{id}/mentor-slots",
            "list_mentor_slots",
            super::list_mentor_slots,
        )
        .kept_with_cohort()
        .summary("List mentor slots")
        .about(
            "\
                When a cohort wants mentors and how full each slot is, in order of the weeks.",
        )
        .who(Who::MentorSlotViewers),
        post(
            "/v1/cohorts/{id}/mentor-slots",
            "create_mentor_slot",
            super::create_mentor_slot,
        )
        .summary("Create a mentor slot")
        .about(
            "\
                Asks for mentors in a week of a planned or running cohort. Times of its own lie between the \
                first day of the week and the start of the next.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/mentor-coverage",
            "get_mentor_coverage",
            super::get_mentor_coverage,
        )
        .summary("Show mentor coverage")
        .about(
            "\
                For each week of a cohort: mentors wanted, confirmed and missing. The list is never paged.",
        )
        .who(Who::MentorSlotViewers),
        get("/v1/mentor-slots/{id}", "get_mentor_slot", super::get_mentor_slot)
            .summary("Show a mentor slot")
            .about(
                "\
                A mentor slot and how full it is.",
            )
            .who(Who::MentorSlotViewers),
        patch("/v1/mentor-slots/{id}", "change_mentor_slot", super::change_mentor_slot)
            .summary("Change a mentor slot")
            .about(
                "\
                Changes a slot. Additional places go to the waiting list at once, and mentors are told by mail \
                when its times move. A capacity below the places taken is `409 slot_full`; times at which \
                somebody who has signed up has another slot are `409 conflict`, with their `person_id`.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict, Code::SlotFull]),
        delete("/v1/mentor-slots/{id}", "delete_mentor_slot", super::delete_mentor_slot)
            .summary("Delete a mentor slot")
            .about(
                "\
                Deletes a slot and tells everybody who signed up by mail. It is `409 conflict` once a mentor has \
                given that time, because it is part of their record.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        get("/v1/mentor-slots/{id}/sign-ups", "list_sign_ups", super::list_sign_ups)
            .summary("List sign-ups")
            .about(
                "\
                Who signed up for a slot, in the order they did.",
            )
            .who(Who::MentorSlotViewers),
        post("/v1/mentor-slots/{id}/sign-ups", "sign_up", super::sign_up)
            .summary("Sign up as mentor")
            .about(
                "\
                Takes a free place (`confirmed`) or joins the end of the waiting list (`waitlisted`, with \
                `position`). Nobody can hold or wait for two slots with overlapping times, nor mentor in a cohort \
                they study in (`409 conflict`), and what has begun takes nobody (`409 slot_over`). \
                Whoever may not mentor gets `403 not_alumni`, even if they cannot see the slot.",
            )
            .who(Who::Mentors)
            .problems(&[Code::NotAlumni, Code::AlreadySignedUp, Code::Conflict, Code::SlotOver]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/me",
            "cancel_own_sign_up",
            super::cancel_own_sign_up,
        )
        .summary("Give up my place")
        .about(
            "\
                Cancels the caller's sign-up. The first on the waiting list gets the place in the same moment \
                and is told by mail. It is `409 invalid_transition` once attendance was noted, and `409 slot_over` \
                once the slot has begun or, for a whole week, the week is over.",
        )
        .who(Who::SignedIn)
        .problems(&[Code::InvalidTransition, Code::SlotOver]),
        get(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "get_sign_up",
            super::get_sign_up,
        )
        .summary("Show a sign-up")
        .about(
            "\
                One person's sign-up for a slot.",
        )
        .who(Who::MentorSlotViewers),
        patch(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "mark_sign_up",
            super::mark_sign_up,
        )
        .summary("Note a mentor's attendance")
        .about(
            "\
                Notes whether a confirmed mentor came, from the first day of the week on. It can be corrected, \
                but no longer be cancelled.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::Conflict]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "cancel_sign_up",
            super::cancel_sign_up,
        )
        .summary("Cancel a sign-up")
        .about(
            "\
                Cancels somebody's sign-up. The first on the waiting list gets the place in the same moment and \
                is told by mail. What has begun is noted instead: it is `409 slot_over`.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::SlotOver]),
        get("/v1/me/sign-ups", "list_own_sign_ups", super::list_own_sign_ups)
            .summary("List my sign-ups")
            .about(
                "\
                What the caller has promised and given as a mentor, at all campuses, newest first.",
            )
            .open_to_programs()
            .no_store(),
    ])
}
