//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "retros",
    about: "Stop, go, continue: what people say of a week, and the actions that come of it.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = retros();
    all.extend(items());
    all.extend(actions());
    all
}

fn retros() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/weeks/{number}/retros", "list_retros", super::list_retros)
            .summary("List a week's retros")
            .about("The retros of a week's teams and of the whole cohort. The list is never paged.")
            .who(Who::CohortInsiders),
        post("/v1/cohorts/{id}/weeks/{number}/retros", "open_retro", super::open_retro)
            .summary("Open a retro")
            .about(
                "\
                Opens the retro of a team or of the whole cohort: one of each in a week. If it is open already, the \
                problem names its `retro_id`.",
            )
            .who(Who::RetroHolders)
            .problems(&[Code::Conflict]),
        get("/v1/retros/{id}", "get_retro", super::get_retro)
            .summary("Show a retro")
            .about(
                "\
                A retro with what was written, the caller's own votes while it goes on, how many votes each item got \
                once it is closed, actions still open from before, and the actions that came of it.",
            )
            .who(Who::CohortInsiders),
        post("/v1/retros/{id}/closing", "close_retro", super::close_retro)
            .summary("Close a retro")
            .about(
                "\
                Counts the votes and makes up to three actions of the items with most. Where equally many have more votes \
                than there is room for, none of them becomes an action, and `tied` tells them; an item without votes makes \
                none. From then on nobody knows who wrote what or who voted for what. Any member closes a team's retro, \
                whoever opened it a cohort's, and staff both.",
            )
            .who(Who::RetroHolders)
            .takes_if_match()
            .problems(&[Code::Conflict]),
    ])
}

fn items() -> Vec<Operation> {
    TAG.operations([
        post("/v1/retros/{id}/items", "write_retro_item", super::write_retro_item)
            .summary("Write in a retro")
            .about(
                "\
                Adds an item. Others see it without its author. The same words of the same person are one item, so it can \
                be sent again.",
            )
            .who(Who::RetroHolders)
            .problems(&[Code::Conflict])
            .secret(),
        get("/v1/retro-items/{id}", "get_retro_item", super::get_retro_item)
            .summary("Show an item of a retro")
            .about("What somebody wrote in a retro.")
            .who(Who::CohortInsiders),
        patch("/v1/retro-items/{id}", "change_retro_item", super::change_retro_item)
            .summary("Change an item of a retro")
            .about("Changes what the caller wrote, until somebody has voted in the retro.")
            .who(Who::RetroItemAuthors)
            .problems(&[Code::Conflict])
            .secret(),
        delete("/v1/retro-items/{id}", "delete_retro_item", super::delete_retro_item)
            .summary("Remove an item of a retro")
            .about(
                "\
                Removes what the caller wrote, until somebody has voted in the retro. Staff remove any item at any time.",
            )
            .who(Who::RetroItemAuthors)
            .problems(&[Code::Conflict])
            .secret().takes_if_match(),
        put(
            "/v1/retro-items/{id}/votes/me",
            "vote_for_retro_item",
            super::vote_for_retro_item,
        )
        .summary("Vote for an item of a retro")
        .about(
            "\
            Gives an item one of the caller's votes: three in a team's retro, one on each kind in a cohort's. Voting \
            again for the same item changes nothing. Once anybody has voted, items stay as they are.",
        )
        .who(Who::RetroVoters)
        .problems(&[Code::Conflict])
        .secret(),
        delete(
            "/v1/retro-items/{id}/votes/me",
            "withdraw_retro_vote",
            super::withdraw_retro_vote,
        )
        .summary("Take back a vote in a retro")
        .about("Takes the caller's vote for an item back, so that they can give it to another.")
        .who(Who::RetroVoters)
        .problems(&[Code::Conflict])
        .secret(),
    ])
}

fn actions() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/actions", "list_actions", super::list_actions)
            .summary("List actions")
            .about("What the cohort and its teams want to do, or have done, in the order it was made.")
            .who(Who::CohortInsiders),
        post("/v1/cohorts/{id}/actions", "create_action", super::create_action)
            .summary("Make an action")
            .about("Makes an action by hand, for a team or for the whole cohort.")
            .who(Who::CohortMembers)
            .problems(&[Code::Conflict]),
        get("/v1/actions/{id}", "get_action", super::get_action)
            .summary("Show an action")
            .about("Something to be done, and who looks after it.")
            .who(Who::CohortInsiders),
        patch("/v1/actions/{id}", "change_action", super::change_action)
            .summary("Change an action")
            .about(
                "\
                Says that an action is done or dropped, who looks after it, or what came of it. One that is dropped needs a \
                `note`. An open one comes back in each next retro.",
            )
            .who(Who::CohortMembers)
            .problems(&[Code::Conflict]),
    ])
}
