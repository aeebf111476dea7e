//! What students do with what is known of themselves.

use crate::web::{Operation, delete, get, patch, put};

/// Each declared once.
pub(super) fn operations() -> [Operation; 5] {
    [
        get(
            "/v1/me/enrolments/{cohort_id}",
            "get_own_enrolment",
            super::get_own_enrolment,
        )
        .summary("Show my enrolment")
        .about(
            "\
            The caller's place as a student of a cohort, with all that is known of them there, also once they have left.",
        )
        .no_store(),
        patch(
            "/v1/me/enrolments/{cohort_id}",
            "change_own_enrolment",
            super::change_own_enrolment,
        )
        .summary("Change my enrolment")
        .about(
            "\
            The caller volunteers, corrects or removes experience and attributes. What staff enter or import later does \
            not replace that. The staff of the campus see it as long as the caller lets it be used to balance teams.",
        )
        .no_store(),
        get("/v1/me/consents", "list_consents", super::list_consents)
            .summary("List my consents")
            .about(
                "\
            Whether what is known of the caller, experience and attributes, may be used to balance teams \
            (`team_balance`), and to count them in reports on diversity (`diversity_reports`).",
            )
            .no_store(),
        put("/v1/me/consents/{use}", "give_consent", super::give_consent)
            .summary("Give consent")
            .about("Lets what is known of the caller be used for this, in all their cohorts, until they withdraw it.")
            .no_store(),
        delete("/v1/me/consents/{use}", "withdraw_consent", super::withdraw_consent)
            .summary("Withdraw consent")
            .about(
                "\
            What is known of the caller is used for this no longer, at once. Without `team_balance` the next teams are \
            formed without it, and staff do not see it any more; teams that are there stay as they are. Without \
            `diversity_reports` the caller is counted among those who have told nothing.",
            )
            .no_store(),
    ]
}
