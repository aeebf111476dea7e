//! The operations on what cohorts build.

use super::{ballots, hand_over, product_teams, tag::TAG};
use crate::{
    error::Code,
    web::{Operation, Who, delete, get, post, put},
};

pub(super) fn of_ballots() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/products", "list_products", ballots::list_products)
            .summary("List products")
            .about(
                "\
                The products that a cohort can choose from: what clients of the campus ask for. The list is never paged.",
            )
            .who(Who::CohortInsiders),
        put(
            "/v1/cohorts/{id}/products/{client_id}",
            "set_product",
            ballots::set_product,
        )
        .summary("Put a product up")
        .answers(&[200])
        .about(
            "\
            Puts what a client asks for up as a product for the cohort, once its user research is received (`409 conflict`), or \
            changes what is said of it. Students read the name of the organisation with it.",
        )
        .who(Who::CohortStaff)
        .takes_if_match()
        .problems(&[Code::Conflict]),
        delete(
            "/v1/cohorts/{id}/products/{client_id}",
            "remove_product",
            ballots::remove_product,
        )
        .summary("Remove a product")
        .about("Takes a product away from those that the cohort can choose from, unless a ballot is open (`409 conflict`).")
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        post(
            "/v1/cohorts/{id}/product-ballots",
            "open_product_ballot",
            ballots::open_product_ballot,
        )
        .summary("Open a ballot")
        .about(
            "\
            Opens a secret ballot on the products that there are and whose clients are ready. The students get a notice. A cohort \
            has one open ballot at a time (`409 conflict` with its `ballot_id`). `commitment` is the hash of what will decide ties.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/product-ballots",
            "list_product_ballots",
            ballots::list_product_ballots,
        )
        .summary("List ballots")
        .about("The ballots of a cohort, the latest first. The list is never paged.")
        .who(Who::CohortInsiders)
        .no_store(),
        get(
            "/v1/product-ballots/{id}",
            "get_product_ballot",
            ballots::get_product_ballot,
        )
        .summary("Show a ballot")
        .about(
            "\
            A ballot with how many have voted; once it is closed also the result, the seed, and all votes without who gave them, \
            so that anybody can count again.",
        )
        .who(Who::CohortInsiders)
        .no_store(),
        put(
            "/v1/product-ballots/{id}/status",
            "end_product_ballot",
            ballots::end_product_ballot,
        )
        .summary("Close or cancel a ballot")
        .answers(&[200])
        .about(
            "\
            `closed` counts the votes, `cancelled` deletes them. From then on it is known who voted in a closed ballot, and not how. \
            A ballot in which fewer than three have voted is not closed (`409 conflict`).",
        )
        .who(Who::CohortStaff)
        .takes_if_match()
        .problems(&[Code::Conflict, Code::InvalidTransition]),
        put(
            "/v1/product-ballots/{id}/votes/me",
            "vote_for_products",
            ballots::vote_for_products,
        )
        .summary("Vote for products")
        .about(
            "\
            Ranks one product or more, the best first. A vote can be changed until the ballot ends; a product that it does not rank \
            gets nothing of it.",
        )
        .who(Who::CohortStudents)
        .secret()
        .problems(&[Code::Conflict]),
        get(
            "/v1/product-ballots/{id}/votes/me",
            "get_own_product_vote",
            ballots::get_own_product_vote,
        )
        .summary("Show one's own vote")
        .about("The caller's vote, as long as the ballot is open (`404` afterwards).")
        .who(Who::CohortStudents)
        .no_store(),
    ])
}

pub(super) fn of_teams() -> Vec<Operation> {
    TAG.operations([
        put(
            "/v1/product-ballots/{id}/wishes/me",
            "set_own_product_wish",
            product_teams::set_own_product_wish,
        )
        .summary("Wish for a product")
        .answers(&[200])
        .about(
            "\
            Ranks those of the chosen products that the caller would like to build, the best first, until the teams are formed. The \
            staff read it.",
        )
        .who(Who::CohortStudents)
        .problems(&[Code::Conflict]),
        get(
            "/v1/product-ballots/{id}/wishes/me",
            "get_own_product_wish",
            product_teams::get_own_product_wish,
        )
        .summary("Show one's own wish")
        .about("What the caller would like to build; `404` if they have said nothing.")
        .who(Who::CohortStudents)
        .no_store(),
        get(
            "/v1/product-ballots/{id}/wishes",
            "list_product_wishes",
            product_teams::list_product_wishes,
        )
        .summary("List wishes")
        .about("What each student of the cohort would like to build. The list is never paged.")
        .who(Who::CohortStaff),
        get(
            "/v1/product-ballots/{id}/team-suggestion",
            "suggest_product_teams",
            product_teams::suggest_product_teams,
        )
        .summary("Suggest teams")
        .about(
            "\
            Divides the students among the chosen products into teams that differ by one at most: first as many as possible build \
            something that they wished for, then as many as possible their first wish, then their second, and so on. Between those \
            who are equal decides who has worked together least, and then the seed of the ballot, so the same wishes give the same \
            teams. With `teams_per_product` each product has several. Nothing is stored.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/product-ballots/{id}/teams",
            "list_product_teams",
            product_teams::list_product_teams,
        )
        .summary("List teams of products")
        .about("Who builds which product. The list is never paged.")
        .who(Who::CohortInsiders),
        put(
            "/v1/product-ballots/{id}/teams",
            "set_product_teams",
            product_teams::set_product_teams,
        )
        .summary("Set the teams of products")
        .answers(&[200])
        .about(
            "\
            Says who builds what, as it was suggested or changed by hand, in place of what was said before. Each client takes the \
            step `project`, and its owners get the mail about it. The members of the teams get a notice.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
    ])
}

pub(super) fn of_hand_over() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/clients/{id}/hand-over",
            "get_product_hand_over",
            hand_over::get_product_hand_over,
        )
        .summary("Show a hand-over")
        .about("What belongs to handing a product over, and what of it is done.")
        .who(Who::ProductParties),
        put(
            "/v1/clients/{id}/hand-over/{item}",
            "tick_product_hand_over",
            hand_over::tick_product_hand_over,
        )
        .summary("Tick something off")
        .answers(&[200])
        .about(
            "\
            Says that something is done, or not, while a team builds (`409 conflict` before and after). The team and the staff tick; \
            product owners read it. The staff get a notice when the team has done everything.",
        )
        .who(Who::ProductParties)
        .problems(&[Code::Conflict]),
    ])
}
