//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "pastoral",
    about: "Carers, what they note about students in confidence, and walks.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = carers();
    all.extend(notes());
    all.extend(walks());
    all
}

fn carers() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/campuses/{id}/pastoral-carers",
            "list_pastoral_carers",
            super::list_pastoral_carers,
        )
        .summary("List pastoral carers")
        .about(
            "\
            Who cares for the students of a campus, by their names, so that students know whom to talk to. The list is never \
            paged.",
        )
        .who(Who::CampusPeople),
        put(
            "/v1/campuses/{id}/pastoral-carers/{person_id}",
            "name_pastoral_carer",
            super::name_pastoral_carer,
        )
        .summary("Name a pastoral carer")
        .about(
            "\
            Lets a member of the campus read and write pastoral notes, whether or not they are on its staff. It is `404` for \
            somebody who is not a member.",
        )
        .who(Who::CampusOrganisers)
        .takes_session(),
        delete(
            "/v1/campuses/{id}/pastoral-carers/{person_id}",
            "dismiss_pastoral_carer",
            super::dismiss_pastoral_carer,
        )
        .summary("Dismiss a pastoral carer")
        .about("They read no notes any more. What they wrote stays with the other carers. Whoever leaves the campus is dismissed too.")
        .who(Who::CampusOrganisers)
        .takes_session(),
    ])
}

fn notes() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/cohorts/{id}/students/{person_id}/pastoral-notes",
            "list_pastoral_notes",
            super::list_pastoral_notes,
        )
        .summary("List pastoral notes about a student")
        .about(
            "\
            What carers noted, the newest first: what was written since the caller became one, their own, and what was shared \
            with them. For everybody else, organisers and administrators too, notes do not exist \
            (`404`); a carer sees none about themself.",
        )
        .who(Who::PastoralCarers)
        .no_store(),
        post(
            "/v1/cohorts/{id}/students/{person_id}/pastoral-notes",
            "create_pastoral_note",
            super::create_pastoral_note,
        )
        .summary("Write a pastoral note")
        .about(
            "\
            Notes something about somebody who is or was a student of the cohort. Notes are removed a year after the cohort \
            has ended. `Idempotency-Key` is ignored, because notes are kept nowhere else.",
        )
        .who(Who::PastoralCarers)
        .secret()
        .no_store()
        .problems(&[Code::Conflict]),
        get("/v1/pastoral-notes/{id}", "get_pastoral_note", super::get_pastoral_note)
            .summary("Show a pastoral note")
            .about("A note, for carers whom it is not about.")
            .who(Who::PastoralCarers)
            .no_store(),
        patch("/v1/pastoral-notes/{id}", "change_pastoral_note", super::change_pastoral_note)
            .summary("Change a pastoral note")
            .about(
                "\
                The text is for whoever wrote it; every carer can raise, change and lower its flag, and share it \
                with carers who were named after it was written and otherwise do not see it.",
            )
            .who(Who::PastoralCarers)
            .secret()
            .no_store()
            .takes_if_match(),
        delete("/v1/pastoral-notes/{id}", "delete_pastoral_note", super::delete_pastoral_note)
            .summary("Delete a pastoral note")
            .about("Whoever wrote it deletes it; once they are no longer a carer, any carer does.")
            .who(Who::PastoralCarers)
            .secret()
            .takes_if_match(),
        get(
            "/v1/cohorts/{id}/pastoral-flags",
            "list_pastoral_flags",
            super::list_pastoral_flags,
        )
        .summary("List pastoral flags")
        .about("The notes of a cohort that have a flag, the newest first: whom carers are to look after.")
        .who(Who::PastoralCarers)
        .no_store(),
    ])
}

fn walks() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/walks", "list_walks", super::list_walks)
            .summary("List walks")
            .about(
                "\
                Pastoral mentor slots in which students choose a place, by week and time, with their mentors. Who comes along is shown to carers \
                and to the mentors of the slot. The list is never paged.",
            )
            .who(Who::RosterReaders),
        put("/v1/mentor-slots/{id}/walk", "offer_walk", super::offer_walk)
            .summary("Offer a walk")
            .about("Lets students choose a place in a pastoral mentor slot, or changes how many there are.")
            .who(Who::CohortStaff)
            .problems(&[Code::SlotFull, Code::Conflict]),
        delete("/v1/mentor-slots/{id}/walk", "cancel_walk", super::cancel_walk)
            .summary("Cancel a walk")
            .about("Nobody has a place any more; the mentor slot stays.")
            .who(Who::CohortStaff),
        put(
            "/v1/mentor-slots/{id}/walk/places/me",
            "take_walk_place",
            super::take_walk_place,
        )
        .summary("Come along on a walk")
        .about("Takes one of its places, for a student of the cohort: one walk a week. Repeating it changes nothing.")
        .who(Who::CohortStudents)
        .problems(&[Code::Conflict, Code::SlotOver])
        .secret(),
        delete(
            "/v1/mentor-slots/{id}/walk/places/me",
            "give_up_walk_place",
            super::give_up_walk_place,
        )
        .summary("Give up my place on a walk")
        .about("Gives up the caller's place. It is `404` if they have none, also when this is repeated.")
        .who(Who::CohortStudents)
        .secret(),
    ])
}
