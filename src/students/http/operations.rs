//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "students",
    about: "Who studies in a cohort: enrolments, invitations, absences, and who must or must not be in one team.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/enrolments", "list_enrolments", super::list)
            .summary("The students of a cohort, by name")
            .who(Who::CohortInsiders),
        post("/v1/cohorts/{id}/enrolments", "enrol", super::enrol)
            .summary("Enrol a member of the campus, or invite anybody else")
            .who(Who::CohortStaff)
            .answers(&[201, 202])
            .problems(&[Code::AlreadyEnrolled, Code::Conflict]),
        get("/v1/cohorts/{id}/enrolments/{person_id}", "get_enrolment", super::show)
            .summary("A student of a cohort")
            .who(Who::CohortInsiders),
        patch(
            "/v1/cohorts/{id}/enrolments/{person_id}",
            "change_enrolment",
            super::change,
        )
        .summary("Withdraw a student, or change what is known of them")
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::Conflict]),
        post("/v1/cohorts/{id}/enrolments/import", "import_enrolments", super::import)
            .summary("Enrol or invite everybody in a table; nobody is removed")
            .who(Who::CohortStaff)
            .answers(&[200])
            .problems(&[Code::InvalidRows, Code::Conflict]),
        get("/v1/cohorts/{id}/enrolments/export", "export_enrolments", super::export)
            .summary("The students of a cohort as a table, with their e-mail addresses")
            .who(Who::CohortStaff)
            .also("text/csv"),
        get(
            "/v1/cohorts/{id}/invitations",
            "list_invitations",
            super::list_invitations,
        )
        .summary("Who was invited to a cohort, and what became of it")
        .who(Who::CohortStaff),
        delete("/v1/invitations/{id}", "revoke_invitation", super::revoke_invitation)
            .summary("Take an invitation back")
            .who(Who::CohortStaff)
            .problems(&[Code::InvitationUnusable]),
        post(
            "/v1/invitations/acceptances",
            "accept_invitation",
            super::accept_invitation,
        )
        .summary("Become a student by the code from an invitation's mail")
        .problems(&[
            Code::NotFound,
            Code::InvitationUnusable,
            Code::AlreadyEnrolled,
            Code::Conflict,
        ]),
        get("/v1/cohorts/{id}/absences", "list_absences", super::list_absences)
            .summary("Who misses which week")
            .who(Who::CohortStaffAndSelf),
        put(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "set_absence",
            super::set_absence,
        )
        .summary("Note that a student misses a week")
        .who(Who::CohortStaffAndSelf),
        delete(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "remove_absence",
            super::remove_absence,
        )
        .summary("Note that a student comes after all")
        .who(Who::CohortStaffAndSelf),
        get("/v1/cohorts/{id}/pair-rules", "list_pair_rules", super::list_pair_rules)
            .summary("Who must, and who must not, be in one team")
            .who(Who::CohortStaff),
        post("/v1/cohorts/{id}/pair-rules", "add_pair_rule", super::add_pair_rule)
            .summary("Keep two students apart or together")
            .who(Who::CohortStaffAndSelf)
            .problems(&[Code::Conflict]),
        get("/v1/pair-rules/{id}", "get_pair_rule", super::show_pair_rule)
            .summary("A rule for two students")
            .who(Who::CohortStaff),
        delete("/v1/pair-rules/{id}", "remove_pair_rule", super::remove_pair_rule)
            .summary("End a rule for two students")
            .who(Who::CohortStaff),
    ])
}
