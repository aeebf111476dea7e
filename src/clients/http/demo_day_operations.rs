//! The operations on demo days.

use super::{demo_days, tag::TAG};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, patch, post, put},
};

pub(super) fn of_demo_days() -> Vec<Operation> {
    TAG.operations([
        post("/v1/cohorts/{id}/demo-days", "create_demo_day", demo_days::create_demo_day)
            .summary("Plan a demo day")
            .about(
                "\
                Plans a day on which the cohort shows what it has built, and invites the product owners of the named clients by \
                mail; without `client_ids`, of all for which a team builds or has built. The students get a notice.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::Conflict]),
        get("/v1/cohorts/{id}/demo-days", "list_demo_days", demo_days::list_demo_days)
            .summary("List demo days")
            .about("The demo days of a cohort with the clients that are invited, as they come. The list is never paged.")
            .who(Who::CohortInsiders),
        get(
            "/v1/clients/{id}/demo-days",
            "list_demo_days_of_client",
            demo_days::list_demo_days_of_client,
        )
        .summary("List demo days of a client")
        .about(
            "\
            The demo days to which the product owners of a client are invited, as they come, with what they have answered and \
            nothing of other clients. The list is never paged.",
        )
        .who(Who::ClientReaders),
        get("/v1/demo-days/{id}", "get_demo_day", demo_days::get_demo_day)
            .summary("Show a demo day")
            .about("A demo day with the clients that are invited; product owners see their own alone.")
            .who(Who::DemoDayReaders),
        patch("/v1/demo-days/{id}", "change_demo_day", demo_days::change_demo_day)
            .summary("Change a demo day")
            .about(
                "\
                Changes when and where a demo day is that has not begun. Product owners who are invited get a mail, and the \
                students a notice.",
            )
            .who(Who::CohortStaff)
            .takes_if_match()
            .problems(&[Code::SlotOver]),
        delete("/v1/demo-days/{id}", "cancel_demo_day", demo_days::cancel_demo_day)
            .summary("Cancel a demo day")
            .about(
                "\
                Removes a demo day that has not begun. Product owners who are invited get a mail, and the students a notice.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::SlotOver]),
        put(
            "/v1/demo-days/{id}/clients/{client_id}",
            "invite_to_demo_day",
            demo_days::invite_to_demo_day,
        )
        .summary("Invite a client to a demo day")
        .about(
            "\
            Invites the product owners of another client whose product the cohort has, by mail. Repeating it changes nothing.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::SlotOver]),
        put(
            "/v1/demo-days/{id}/answers/{client_id}",
            "answer_demo_day",
            demo_days::answer_demo_day,
        )
        .summary("Say whether owners come")
        .answers(&[200])
        .about(
            "\
            Says whether the product owners of a client come to a demo day to which they are invited; the staff can note it for \
            them. It can be changed until the demo day begins.",
        )
        .who(Who::ClientReaders)
        .problems(&[Code::SlotOver]),
    ])
}
