//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "mentors",
    about: "Mentor slots, sign-ups, wishes and coverage.",
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
                first day of the week and the start of the next. Until `priority_until`, only graduates of the campus's \
                previous cohort can take places.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        post(
            "/v1/cohorts/{id}/mentor-slots/batch",
            "create_mentor_slots",
            super::create_mentor_slots,
        )
        .summary("Create slots in several weeks")
        .about(
            "\
                Asks for mentors in several weeks at once, named by their numbers (`weeks`) or by their `phase`: a \
                slot in each that has none for the same yet. `left_out` says of the others why: `exists`, or `past` \
                for weeks of a phase that are over, unless `include_past`. With nothing to make it is `200`. Slots of a \
                batch have no times; give one its times afterwards.",
        )
        .who(Who::CohortStaff)
        .answers(&[201, 200])
        .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/office-hours",
            "list_office_hours",
            super::list_office_hours,
        )
        .kept_with_cohort()
        .summary("List office hours")
        .about(
            "\
                Stretches of time that students book in short times, by week, with all their times. Who booked one is \
                shown to those who come, the mentors who hold them, and staff. The list is never paged.",
        )
        .who(Who::MentorSlotViewers),
        post(
            "/v1/cohorts/{id}/office-hours",
            "offer_office_hours",
            super::offer_office_hours,
        )
        .summary("Offer office hours")
        .about(
            "\
                The caller offers office hours once, on a `date`, or every week on a `weekday`: each is a mentor slot in \
                which they have the place. `left_out` names the weeks without, and why: `exists`, `past`, `day_off`, \
                `busy` where the caller has something else then, or `no_such_time` where the clocks are put forward over \
                it. With nothing to make it is `200`.",
        )
        .who(Who::Mentors)
        .answers(&[201, 200])
        .problems(&[Code::NotAlumni, Code::Conflict]),
        put(
            "/v1/mentor-slots/{id}/times/{number}/booking",
            "book_office_hours",
            super::book_office_hours,
        )
        .summary("Book a time in office hours")
        .about(
            "\
                Books one of the times for the caller, or with `for_team` for their team of that week; one in each office \
                hours. Those who come can have nothing else booked then. The mentor is told. Repeating it changes nothing.",
        )
        .who(Who::CohortStudents)
        .problems(&[Code::Conflict, Code::SlotOver, Code::SlotTaken]),
        delete(
            "/v1/mentor-slots/{id}/times/{number}/booking",
            "cancel_booking",
            super::cancel_booking,
        )
        .summary("Cancel a booked time")
        .about("For those who would come, the mentors who hold the office hours, and staff. The others are told.")
        .who(Who::SignedIn)
        .problems(&[Code::SlotOver]),
        get("/v1/mentor-slots", "search_mentor_slots", super::search_mentor_slots)
            .summary("Search mentor slots")
            .about(
                "\
                Slots of all cohorts in which the caller may mentor, at all campuses, in order of their weeks. With \
                `open=true`, those that have a free place, are not over, and in which the caller has not signed up; a page of these can have fewer items \
                than its limit, so go by `has_more`.",
            ),
        get(
            "/v1/cohorts/{id}/mentor-coverage",
            "get_mentor_coverage",
            super::get_mentor_coverage,
        )
        .summary("Show mentor coverage")
        .about(
            "\
                For each week of a cohort: mentors wanted, confirmed and missing, and who is alone. As \
                `image/svg+xml` it is a table of weeks by kinds of slots. The list is never paged.",
        )
        .also("image/svg+xml")
        .who(Who::MentorSlotViewers),
        get(
            "/v1/cohorts/{id}/mentor-preferences",
            "list_mentor_preferences",
            super::list_mentor_preferences,
        )
        .summary("List wishes for mentoring")
        .about(
            "\
                Everybody's wishes in a cohort, by name, before places are allocated. The list is never paged.",
        )
        .who(Who::CohortStaff),
        get(
            "/v1/cohorts/{id}/mentor-preferences/me",
            "get_own_mentor_preferences",
            super::get_own_mentor_preferences,
        )
        .summary("Show my wishes for mentoring")
        .about("What the caller wishes for in a cohort; `404` if nothing.")
        .who(Who::MentorSlotViewers),
        put(
            "/v1/cohorts/{id}/mentor-preferences/me",
            "set_own_mentor_preferences",
            super::set_own_mentor_preferences,
        )
        .summary("Set my mentoring wishes")
        .about(
            "\
                Says in which slots the caller would like to mentor, the best first, how many they take at the most, \
                and with whom they come or not at all, if these say the same. It takes the place of what they said \
                before, and nothing is taken until the staff allocate places.",
        )
        .who(Who::Mentors)
        .answers(&[200])
        .takes_if_match()
        .problems(&[Code::NotAlumni, Code::Conflict]),
        delete(
            "/v1/cohorts/{id}/mentor-preferences/me",
            "delete_own_mentor_preferences",
            super::delete_own_mentor_preferences,
        )
        .summary("Take back my wishes")
        .about("The caller takes part in no allocation any more. Places that they have stay theirs.")
        .who(Who::MentorSlotViewers).takes_if_match(),
        get(
            "/v1/cohorts/{id}/mentor-allocations",
            "list_mentor_allocations",
            super::list_mentor_allocations,
        )
        .summary("List mentor allocations")
        .about("The allocations of a cohort, newest first: all for its staff, for others those that are confirmed.")
        .who(Who::MentorSlotViewers),
        post(
            "/v1/cohorts/{id}/mentor-allocations",
            "create_mentor_allocation",
            super::create_mentor_allocation,
        )
        .summary("Allocate places to mentors")
        .about(
            "\
                Gives free places to wishes: as many slots as possible reach their minimum; then as many people as \
                possible get something, those first who lost a draw before; then load is even; then ranks count; \
                what is left is drawn by `seed`. The same wishes and seed give the same. The report says who cannot \
                all get a place and why. Everybody who has wishes is told the `commitment` at once. Nobody is signed up \
                until it is confirmed; with `dry_run` it is not kept and nobody is told (`200`).",
        )
        .who(Who::CohortStaff)
        .answers(&[201, 200])
        .problems(&[Code::Conflict]),
        get(
            "/v1/mentor-allocations/{id}",
            "get_mentor_allocation",
            super::get_mentor_allocation,
        )
        .summary("Show a mentor allocation")
        .about(
            "\
                Who gets which slot and why, and why not others. Staff see everything; whoever had wishes sees their \
                own part once it is confirmed, without the report.",
        )
        .who(Who::MentorSlotViewers),
        post(
            "/v1/mentor-allocations/{id}/confirmation",
            "confirm_mentor_allocation",
            super::confirm_mentor_allocation,
        )
        .summary("Confirm a mentor allocation")
        .about(
            "\
                Signs everybody up as allocated, all at once, and tells them by mail. If slots, wishes or sign-ups \
                have changed since it was computed, nothing is done: `409 allocation_outdated`, with `changed`.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .takes_if_match()
        .problems(&[Code::InvalidTransition, Code::Conflict, Code::AllocationOutdated]),
        get(
            "/v1/mentor-allocations/{id}/draw",
            "get_mentor_draw",
            super::get_mentor_draw,
        )
        .summary("Show the draw of a mentor allocation")
        .about(
            "\
                What an allocation was drawn from, and the `commitment` to it that everybody who had wishes was told when \
                it was drawn. Staff see everybody's part; whoever had wishes sees their own, and slots and seed once it is \
                confirmed, so that they can compute the commitment again.",
        )
        .who(Who::MentorSlotViewers),
        post(
            "/v1/mentor-allocations/{id}/reruns",
            "rerun_mentor_allocation",
            super::rerun_mentor_allocation,
        )
        .summary("Draw a mentor allocation again")
        .about(
            "\
                Computes the allocation again from what is kept of its draw, and says whether the same comes of it and \
                whether that is what was committed to. Changes nothing.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .without_replay(),
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
                Changes a slot; whoever holds office hours that a mentor offered changes their times, place and link, too. \
                Additional places go to the waiting list at once, and mentors are told by mail \
                when its times move. A capacity below the places taken is `409 slot_full`; times at which \
                somebody who has signed up has another slot are `409 conflict`, with their `person_id`; so is another \
                kind for a slot that is a walk.",
            )
            .who(Who::SlotKeepers)
            .problems(&[Code::Conflict, Code::SlotFull]),
        delete("/v1/mentor-slots/{id}", "delete_mentor_slot", super::delete_mentor_slot)
            .summary("Delete a mentor slot")
            .about(
                "\
                Deletes a slot and tells everybody who signed up by mail; whoever holds office hours that a mentor offered \
                deletes them, too, and what is booked in them is called off. It is `409 conflict` once a mentor has \
                given that time, because it is part of their record.",
            )
            .who(Who::SlotKeepers)
            .problems(&[Code::Conflict]).takes_if_match(),
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
                `position`). Nobody can hold or wait for two slots with overlapping times, or two that look after the \
                same week of a cohort (such as its lead and its support), nor mentor in a cohort they study in (`409 conflict`), and what has begun takes nobody (`409 slot_over`). Until a slot's \
                `priority_until`, it takes graduates of the campus's previous cohort only (`409 conflict`). \
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
        put(
            "/v1/mentor-slots/{id}/sign-ups/me/confirmation",
            "reconfirm_own_sign_up",
            super::reconfirm_own_sign_up,
        )
        .summary("Confirm that I still come")
        .about(
            "\
                Where a slot has `reconfirm_days`, whoever has a place is asked by mail from five days before the \
                time is over, and confirms it here. A place that is not confirmed by then, or a day after its mentor \
                was asked if that is later, goes to the next in line.",
        )
        .who(Who::SignedIn)
        .answers(&[200])
        .problems(&[Code::InvalidTransition, Code::Conflict, Code::SlotOver]),
        get(
            "/v1/mentor-slots/{id}/swap-offers",
            "list_swap_offers",
            super::list_swap_offers,
        )
        .summary("List swap offers")
        .about("Places in a slot that their mentors offer, and places offered for one in it, as far as the caller sees their slots. The list is never paged.")
        .who(Who::MentorSlotViewers),
        post("/v1/mentor-slots/{id}/swap-offers", "offer_swap", super::offer_swap)
            .summary("Offer my place")
            .about(
                "\
                Offers the caller's place for one in `wanted_slot_id`, or to whoever takes it. It stays theirs until \
                somebody accepts.",
            )
            .who(Who::SignedIn)
            .problems(&[Code::InvalidTransition, Code::Conflict, Code::SlotOver, Code::AlreadySignedUp]),
        get("/v1/mentor-swap-offers/{id}", "get_swap_offer", super::get_swap_offer)
            .summary("Show a swap offer")
            .about("A place that its mentor offers.")
            .who(Who::MentorSlotViewers),
        delete(
            "/v1/mentor-swap-offers/{id}",
            "withdraw_swap_offer",
            super::withdraw_swap_offer,
        )
        .summary("Withdraw a swap offer")
        .about("For whoever made the offer, and staff of the campus.")
        .who(Who::MentorSlotViewers)
        .problems(&[Code::InvalidTransition]).takes_if_match(),
        post(
            "/v1/mentor-swap-offers/{id}/acceptance",
            "accept_swap_offer",
            super::accept_swap_offer,
        )
        .summary("Accept a swap offer")
        .about(
            "\
                Takes over the place; if one in another slot is asked for it, the caller's place there goes to \
                whoever made the offer, in the same moment. Nobody overtakes a waiting list, holds two places at one \
                time, or takes one where they may not mentor (`409 conflict`). Whoever made the offer is told by mail.",
        )
        .who(Who::Mentors)
        .answers(&[200])
        .problems(&[
            Code::NotAlumni,
            Code::InvalidTransition,
            Code::Conflict,
            Code::SlotOver,
            Code::AlreadySignedUp,
        ]),
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
        .problems(&[Code::InvalidTransition, Code::SlotOver]).takes_if_match(),
        get(
            "/v1/cohorts/{id}/weeks/{number}/hand-over",
            "get_hand_over",
            super::get_hand_over,
        )
        .summary("Show a hand-over")
        .about(
            "\
                What the mentors of a week tell those of the next. Staff read it, and the mentors of the cohort from three days \
                before a week of theirs to seven days after it. Before anything is written it has version 0.",
        )
        .who(Who::CohortMentors),
        put(
            "/v1/cohorts/{id}/weeks/{number}/hand-over",
            "set_hand_over",
            super::set_hand_over,
        )
        .summary("Write a hand-over")
        .about(
            "\
                Puts a note in place of the one there is: for mentors of the week, and staff. Once there is one, it \
                takes `If-Match`, so that nobody overwrites what they have not seen.",
        )
        .who(Who::CohortMentors)
        .answers(&[200])
        .takes_if_match()
        .problems(&[Code::PreconditionRequired]),
        get("/v1/campuses/{id}/thanks", "list_thanks", super::list_thanks)
            .summary("List mentors who are thanked")
            .about("Mentors who came to slots at the campus and agreed to be thanked in public. No account is needed.")
            .who(Who::Anyone),
        put("/v1/campuses/{id}/thanks/me", "agree_to_thanks", super::agree_to_thanks)
            .summary("Agree to be thanked")
            .about("Lets the campus name the caller among the mentors whom it thanks. Repeating it changes nothing."),
        delete("/v1/campuses/{id}/thanks/me", "decline_thanks", super::decline_thanks)
            .summary("Decline to be thanked")
            .about("The caller is no longer named. Repeating it changes nothing."),
        get("/v1/me/giving-back", "get_giving_back", super::get_giving_back)
            .summary("Show what I gave")
            .about("How much the caller has given and promised as a mentor, in all and at each campus.")
            .open_to_programs()
            .no_store(),
        get("/v1/me/mentoring", "get_my_mentoring", super::get_my_mentoring)
            .summary("Show my mentoring")
            .about(
                "\
                A mentor's front page in one answer: the caller's places from this week on, with times, places and links, \
                what the mentors of the week before tell, what the cohort has still to do, the times that students have \
                booked, and open offers of places.",
            )
            .open_to_programs()
            .no_store(),
        get("/v1/me/swap-offers", "list_own_swap_offers", super::list_own_swap_offers)
            .summary("List swap offers for me")
            .about(
                "\
                Open offers that the caller made, that ask for a place of theirs, or that are of places they wait for; and, \
                where the caller may mentor, offers to whoever takes the place and nobody waits for, \
                in the order of the weeks. Weeks that are over are left out; the list is never paged.",
            )
            .open_to_programs()
            .no_store(),
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
