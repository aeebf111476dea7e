//! The operations on the work on a product.

use super::{tag::TAG, work};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, patch, post, put},
};

pub(super) fn of_work() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/clients/{id}/availability",
            "get_client_availability",
            work::get_client_availability,
        )
        .summary("Show the owners' hours")
        .about("How and when the product owners can be reached; `version` is 0 as long as they have said nothing.")
        .who(Who::ProductParties),
        put(
            "/v1/clients/{id}/availability",
            "set_client_availability",
            work::set_client_availability,
        )
        .summary("Set the owners' hours")
        .answers(&[200])
        .about(
            "\
            Says how and when the product owners can be reached, in place of what was said before. The team of the product and the \
            staff read it. It is deleted when the owner who said it leaves the client.",
        )
        .who(Who::ProductOwners)
        .takes_if_match(),
        get("/v1/clients/{id}/links", "list_client_links", work::list_client_links)
            .summary("List links of a client")
            .about(
                "The notes and links of the work on a product, in the order in which they were added. The list is never paged.",
            )
            .who(Who::ProductParties),
        post("/v1/clients/{id}/links", "add_client_link", work::add_client_link)
            .summary("Add a link")
            .about(
                "\
                Adds a note on the work on a product, or where something of it is, such as a repository or user stories. A client \
                has at most 200 (`409 conflict`).",
            )
            .who(Who::ProductParties)
            .problems(&[Code::Conflict]),
        patch("/v1/client-links/{id}", "change_client_link", work::change_client_link)
            .summary("Change a link")
            .about("Changes a note or link, whoever added it.")
            .who(Who::ProductParties)
            .takes_if_match(),
        delete("/v1/client-links/{id}", "delete_client_link", work::delete_client_link)
            .summary("Delete a link")
            .about("Deletes a note or link, whoever added it.")
            .who(Who::ProductParties),
    ])
}
