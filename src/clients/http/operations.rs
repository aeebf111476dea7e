//! The operations of this feature.

use super::{
    brief_operations, clients, demo_day_operations, offer_operations, owners, product_operations, tag::TAG,
    work_operations, workshops,
};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, patch, post, put},
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = of_clients();
    all.extend(of_owners());
    all.extend(offer_operations::of_offers());
    all.extend(of_workshops());
    all.extend(product_operations::of_ballots());
    all.extend(product_operations::of_teams());
    all.extend(product_operations::of_hand_over());
    all.extend(brief_operations::of_briefs());
    all.extend(work_operations::of_work());
    all.extend(demo_day_operations::of_demo_days());
    all
}

fn of_clients() -> Vec<Operation> {
    TAG.operations([
        get("/v1/campuses/{id}/client-terms", "get_client_terms", clients::get_client_terms)
            .summary("Show the terms for clients")
            .about("Whether organisations can apply at a campus, and what they read before they do. They cannot until its staff have set the terms: `open` is false and `version` 0 until then.")
            .who(Who::Anyone),
        put("/v1/campuses/{id}/client-terms", "set_client_terms", clients::set_client_terms)
            .summary("Set the terms for clients")
            .answers(&[200])
            .about(
                "\
                Sets whether organisations can apply, and after how many days product owners are reminded of a step and the \
                staff are shown that it is overdue; and for how many days a brief is for the team that built the product. Closing applications does not affect active clients.",
            )
            .who(Who::CampusStaff)
            .takes_if_match(),
        post("/v1/campuses/{id}/clients", "create_client", clients::create_client)
            .summary("Apply for an organisation")
            .about(
                "\
                Applies on behalf of an organisation; the caller becomes its product owner. A second application of the caller at \
                the campus is refused with the `client_id` of the first, until that product is handed over, the client is \
                withdrawn, or the caller leaves it. Where the service sends mail, the address of the account must be proved.",
            )
            .problems(&[
                Code::AlreadyApplied,
                Code::ApplicationsClosed,
                Code::CampusClosed,
                Code::Conflict,
            ]),
        get("/v1/campuses/{id}/clients", "list_clients", clients::list_clients)
            .summary("List clients")
            .about("The clients of a campus, in the order in which they applied.")
            .who(Who::CampusStaff),
        get("/v1/me/clients", "list_own_clients", clients::list_own_clients)
            .summary("List own clients")
            .about("The clients whose product owner the caller is, the latest first. The list is never paged.")
            .open_to_programs()
            .no_store(),
        get("/v1/clients/{id}", "get_client", clients::get_client)
            .summary("Show a client")
            .about("A client with its steps so far and its product owners. Product owners see no other clients.")
            .who(Who::ClientReaders),
        patch("/v1/clients/{id}", "change_client", clients::change_client)
            .summary("Change a client")
            .about("Changes how an organisation and the product that it asks for are described.")
            .who(Who::ClientReaders)
            .takes_if_match(),
        put("/v1/clients/{id}/status", "take_client_step", clients::take_client_step)
            .summary("Take a step")
            .answers(&[200])
            .about(
                "\
                Records a step. Product owners book a workshop or give it up, sign the agreement, hand in their research, give \
                feedback, and may withdraw until the product is handed over; the staff take all steps but the feedback. `completed` takes a hand-over of which all is done, or a `note` why not (`409 conflict`). The owners \
                get a mail about each step and one reminder of a step that is theirs to take. A step that does not follow is \
                refused with the caller's own steps in `next`; so is a step back after a hundred, and one that is repeated with \
                another `note` or `url` (`409 conflict`).",
            )
            .who(Who::ClientReaders)
            .takes_if_match()
            .problems(&[Code::Conflict, Code::InvalidTransition]),
    ])
}

fn of_owners() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/clients/{id}/owner-invitations",
            "invite_product_owner",
            owners::invite_product_owner,
        )
        .summary("Invite a product owner")
        .about(
            "\
            Mails a code with which the account that has this address becomes a product owner, once and within 14 days. The \
            answer does not depend on whether there is such an account. To send it again, invite the address again: the earlier \
            code stops working. Owners can invite once their application is acknowledged.",
        )
        .who(Who::ClientReaders)
        .takes_session()
        .answers(&[202])
        .problems(&[Code::Conflict]),
        get(
            "/v1/clients/{id}/owner-invitations",
            "list_owner_invitations",
            owners::list_owner_invitations,
        )
        .summary("List invitations of a client")
        .about(
            "\
            The invitations that were neither accepted nor withdrawn, oldest first, each with whether it has expired. The list is \
            never paged.",
        )
        .who(Who::ClientReaders),
        delete(
            "/v1/owner-invitations/{id}",
            "revoke_owner_invitation",
            owners::revoke_owner_invitation,
        )
        .summary("Withdraw an invitation of a client")
        .about("Takes an invitation back; its code stops working. Repeating it changes nothing.")
        .who(Who::ClientReaders)
        .problems(&[Code::InvitationUnusable]),
        post(
            "/v1/owner-invitations/acceptances",
            "accept_owner_invitation",
            owners::accept_owner_invitation,
        )
        .summary("Become a product owner")
        .about(
            "\
            Accepts an invitation with the code from its mail. The caller's account must have the address that the code was \
            mailed to, which it also verifies.",
        )
        .answers(&[200])
        .problems(&[Code::InvitationUnusable]),
        delete(
            "/v1/clients/{id}/owners/{person_id}",
            "remove_product_owner",
            owners::remove_product_owner,
        )
        .summary("Remove a product owner")
        .about(
            "\
            Removes the caller, or as staff anybody, from the product owners. One owner stays until the product is handed over or \
            the client is withdrawn (`409 conflict`).",
        )
        .who(Who::ClientReaders)
        .takes_session()
        .problems(&[Code::Conflict]),
    ])
}

fn of_workshops() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/campuses/{id}/client-workshops",
            "create_client_workshop",
            workshops::create_client_workshop,
        )
        .summary("Offer a workshop")
        .about("Offers a workshop with a number of places, at which clients that are `invited` book one each.")
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/campuses/{id}/client-workshops",
            "list_client_workshops",
            workshops::list_client_workshops,
        )
        .summary("List workshops")
        .about("The workshops of a campus with the clients that have a place, the latest made first.")
        .who(Who::CampusStaff),
        get(
            "/v1/client-workshops/{id}",
            "get_client_workshop",
            workshops::get_client_workshop,
        )
        .summary("Show a workshop")
        .about("A workshop with the clients that have a place at it, and how far each has come.")
        .who(Who::CampusStaff),
        patch(
            "/v1/client-workshops/{id}",
            "change_client_workshop",
            workshops::change_client_workshop,
        )
        .summary("Change a workshop")
        .about(
            "\
            Changes a workshop that has not begun. The product owners of the clients that have a place are told by mail of \
            another time, place or link. It keeps at least as many places as are booked (`409 slot_full`).",
        )
        .who(Who::CampusStaff)
        .takes_if_match()
        .problems(&[Code::SlotFull, Code::SlotOver]),
        delete(
            "/v1/client-workshops/{id}",
            "cancel_client_workshop",
            workshops::cancel_client_workshop,
        )
        .summary("Cancel a workshop")
        .about(
            "\
            Removes a workshop that has not begun. The clients that have a place become `invited` again, and their product \
            owners get a mail.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::SlotOver]),
        put(
            "/v1/client-workshops/{id}/attendances/{client_id}",
            "set_workshop_attendance",
            workshops::set_workshop_attendance,
        )
        .summary("Note who came")
        .answers(&[200])
        .about(
            "\
            Notes whether a client that has a place came, once the workshop has begun: it becomes `attended`, or is `invited` \
            again and has the place no more. Only a client that has signed its agreement can become `attended` \
            (`409 invalid_transition`).",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict, Code::InvalidTransition]),
        get(
            "/v1/clients/{id}/workshops",
            "list_workshops_of_client",
            workshops::list_workshops_of_client,
        )
        .summary("List workshops to book")
        .about(
            "\
            The workshop at which the client has a place; if it has none and is `invited`, all that are still to come, those \
            without places left too. The list is never paged.",
        )
        .who(Who::ClientReaders),
        put(
            "/v1/clients/{id}/workshop",
            "book_client_workshop",
            workshops::book_client_workshop,
        )
        .summary("Book a workshop")
        .answers(&[200])
        .about(
            "\
            Books a place for a client that is `invited`, which becomes `workshop_booked`. To book another workshop, give the \
            place up first (`409 conflict`). Repeating it changes nothing.",
        )
        .who(Who::ClientReaders)
        .takes_if_match()
        .problems(&[Code::Conflict, Code::InvalidTransition, Code::SlotOver]),
        delete(
            "/v1/clients/{id}/workshop",
            "give_up_client_workshop",
            workshops::give_up_client_workshop,
        )
        .summary("Give a workshop up")
        .about("Sets the place of a client free until the workshop begins. The client is `invited` again.")
        .who(Who::ClientReaders)
        .takes_if_match()
        .problems(&[Code::Conflict, Code::InvalidTransition, Code::SlotOver]),
    ])
}
