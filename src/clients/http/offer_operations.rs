//! The operations on offers of clients to other campuses.

use super::{offers, tag::TAG};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, put},
};

pub(super) fn of_offers() -> Vec<Operation> {
    TAG.operations([
        put(
            "/v1/clients/{id}/campuses/{campus_id}",
            "offer_client",
            offers::offer_client,
        )
        .summary("Offer a client to a campus")
        .about(
            "\
            Offers a client to another campus, whose cohorts can then build for it, if its product owners agree to that \
            (`may_be_passed_on`; `409 conflict` if not). The staff there get a notice, and so do the owners. Repeating it changes \
            nothing.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/clients/{id}/campuses/{campus_id}",
            "withdraw_client_offer",
            offers::withdraw_client_offer,
        )
        .summary("Take an offer back")
        .about(
            "\
            Takes the offer of a client to another campus back, unless a team there builds for it (`409 conflict`). What cohorts \
            there had put up is removed, and in a ballot that is open the product is struck off when the votes are counted.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/campuses/{id}/offered-clients",
            "list_offered_clients",
            offers::list_offered_clients,
        )
        .summary("List offered clients")
        .about(
            "\
            The clients that other campuses offer to this one, in the order in which they applied: what they ask for, and nothing of \
            their steps and product owners.",
        )
        .who(Who::CampusStaff),
    ])
}
