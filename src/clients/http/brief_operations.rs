//! The operations on paid work for clients.

use super::{briefs, tag::TAG};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, patch, post, put},
};

pub(super) fn of_briefs() -> Vec<Operation> {
    TAG.operations([
        post("/v1/clients/{id}/briefs", "create_brief", briefs::create_brief)
            .summary("Submit a brief")
            .about(
                "\
                Submits paid work of a client, which waits for the staff to approve it. A client can once its application is \
                acknowledged, also when its product is handed over (`409 conflict` before, and once it is withdrawn).",
            )
            .who(Who::ClientReaders)
            .problems(&[Code::Conflict]),
        get("/v1/clients/{id}/briefs", "list_client_briefs", briefs::list_client_briefs)
            .summary("List a client's briefs")
            .about("The briefs of a client, in the order in which they were submitted, wherever they are now.")
            .who(Who::ClientReaders),
        get("/v1/campuses/{id}/briefs", "list_campus_briefs", briefs::list_campus_briefs)
            .summary("List briefs at a campus")
            .about(
                "\
                The briefs of a campus, in the order in which they were submitted: for its staff all that it has, or has passed on; \
                for others those that are open to them now, and those whose team they are in.",
            )
            .who(Who::BriefCandidates),
        get("/v1/briefs/{id}", "get_brief", briefs::get_brief)
            .summary("Show a brief")
            .about(
                "\
                A brief. While it is open, those see it to whom it is open: for the days of first refusal only the team that built \
                the client's product, then all graduates of the campus. Product owners see those of their own client, and never who \
                would like to do it.",
            )
            .who(Who::BriefReaders),
        patch("/v1/briefs/{id}", "change_brief", briefs::change_brief)
            .summary("Change a brief")
            .about(
                "\
                Changes what a brief says until there is a team (`409 conflict`). One that was approved and offers something else \
                is `submitted` again, and all answers to it are forgotten.",
            )
            .who(Who::ClientReaders)
            .takes_if_match()
            .problems(&[Code::Conflict]),
        put("/v1/briefs/{id}/status", "set_brief_status", briefs::set_brief_status)
            .summary("Approve or end a brief")
            .answers(&[200])
            .about(
                "\
                The staff approve it (`open`), look for another team for one that is `staffed` (`open` again), and say what became \
                of it (`done`, with a `note`). They and its product owners can withdraw it until then. `If-Match` is required, so \
                that nothing is decided on what was changed meanwhile.",
            )
            .who(Who::ClientReaders)
            .needs_if_match()
            .problems(&[Code::InvalidTransition]),
        put("/v1/briefs/{id}/campus", "pass_brief_on", briefs::pass_brief_on)
            .summary("Pass a brief on")
            .answers(&[200])
            .about(
                "\
                Passes a `submitted` or `open` brief on to another campus that takes applications of organisations, if its client \
                agrees to that (`may_be_passed_on`). It waits for the staff there; those who pass it on can still read it.",
            )
            .who(Who::CampusStaff)
            .takes_if_match()
            .problems(&[Code::Conflict, Code::ApplicationsClosed]),
        put("/v1/briefs/{id}/team", "set_brief_team", briefs::set_brief_team)
            .summary("Choose a team")
            .answers(&[200])
            .about(
                "\
                Says who does the work, in place of what was said: at most as many as are looked for, of those who would like to \
                (`409 conflict` with those who are `not_interested`). The brief is `staffed` from then on. `If-Match` is required.",
            )
            .who(Who::CampusStaff)
            .needs_if_match()
            .problems(&[Code::Conflict, Code::InvalidTransition]),
        get(
            "/v1/briefs/{id}/interests",
            "list_brief_interests",
            briefs::list_brief_interests,
        )
        .summary("List answers to a brief")
        .about("Who would like to do the work, and who has declined, for the staff of the campus at which the brief is.")
        .who(Who::CampusStaff),
        put("/v1/briefs/{id}/interests/me", "answer_brief", briefs::answer_brief)
            .summary("Answer a brief")
            .answers(&[200])
            .about(
                "\
                Says that the caller would like to do the work, or declines (`\"interested\": false`), while it is open to them. \
                Once all of the team that has the first refusal have declined, the brief is open to all graduates.",
            )
            .who(Who::BriefReaders)
            .problems(&[Code::Conflict]),
        delete(
            "/v1/briefs/{id}/interests/me",
            "delete_brief_answer",
            briefs::delete_brief_answer,
        )
        .summary("Take an answer back")
        .about(
            "\
            Forgets what the caller has answered. Whoever is in the team cannot (`409 conflict`). Repeating it changes nothing.",
        )
        .who(Who::BriefReaders)
        .problems(&[Code::Conflict]),
    ])
}
