//! The table of operations: each declared once. Routing, the OpenAPI document, the authorisation
//! matrix, rate limits and metric labels all follow from it.

use std::sync::Arc;

use crate::{
    accounts::http as accounts,
    error::Code,
    students::http as students,
    web::{Operation, Rate, delete, get, patch, post, put},
};

/// Every operation of the API.
pub fn operations() -> Vec<Arc<Operation>> {
    let features = [people(), students()];
    features.into_iter().flatten().map(Arc::new).collect()
}

fn people() -> Vec<Operation> {
    vec![
        post("/v1/people", "open_account", accounts::register)
            .summary("Open an account")
            .public()
            .rate(Rate::Credentials)
            .problems(&[Code::EmailTaken, Code::RegistrationClosed]),
        post("/v1/auth/login", "log_in", accounts::log_in)
            .summary("Begin a session")
            .public()
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::InvalidCredentials]),
        post("/v1/auth/refresh", "refresh_session", accounts::refresh)
            .summary("Exchange a refresh token for the next pair of tokens")
            .public()
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::InvalidRefreshToken]),
        post("/v1/auth/logout", "log_out", accounts::log_out)
            .summary("End the session at once")
            .answers(&[204])
            .not_kept(),
        get("/v1/me", "get_me", accounts::me).summary("The caller and their roles"),
        patch("/v1/me", "change_me", accounts::change_me).summary("Change one's own account"),
    ]
}

fn students() -> Vec<Operation> {
    let staff = "staff of the campus";
    let insiders = "the cohort's students and mentors, and staff of the campus";
    vec![
        get("/v1/cohorts/{id}/enrolments", "list_enrolments", students::list)
            .summary("The students of a cohort, by name")
            .who(insiders),
        post("/v1/cohorts/{id}/enrolments", "enrol", students::enrol)
            .summary("Enrol a member of the campus, or invite anybody else")
            .who(staff)
            .answers(&[201, 202])
            .problems(&[Code::AlreadyEnrolled, Code::Conflict]),
        get(
            "/v1/cohorts/{id}/enrolments/{person_id}",
            "get_enrolment",
            students::show,
        )
        .summary("A student of a cohort")
        .who(insiders),
        patch(
            "/v1/cohorts/{id}/enrolments/{person_id}",
            "change_enrolment",
            students::change,
        )
        .summary("Withdraw a student, or change what is known of them")
        .who(staff)
        .problems(&[Code::InvalidTransition, Code::Conflict]),
        get(
            "/v1/cohorts/{id}/invitations",
            "list_invitations",
            students::list_invitations,
        )
        .summary("Who was invited to a cohort, and what became of it")
        .who(staff),
        delete("/v1/invitations/{id}", "revoke_invitation", students::revoke_invitation)
            .summary("Take an invitation back")
            .who(staff)
            .problems(&[Code::InvitationUnusable]),
        post(
            "/v1/invitations/acceptances",
            "accept_invitation",
            students::accept_invitation,
        )
        .summary("Become a student by the code from an invitation's mail")
        .problems(&[
            Code::NotFound,
            Code::InvitationUnusable,
            Code::AlreadyEnrolled,
            Code::Conflict,
        ]),
        get("/v1/cohorts/{id}/absences", "list_absences", students::list_absences)
            .summary("Who misses which week")
            .who("staff of the campus, and students for themselves"),
        put(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "set_absence",
            students::set_absence,
        )
        .summary("Note that a student misses a week")
        .who("staff of the campus, and students for themselves"),
        delete(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "remove_absence",
            students::remove_absence,
        )
        .summary("Note that a student comes after all")
        .who("staff of the campus, and students for themselves"),
        get(
            "/v1/cohorts/{id}/pair-rules",
            "list_pair_rules",
            students::list_pair_rules,
        )
        .summary("Who must, and who must not, be in one team")
        .who(staff),
        post("/v1/cohorts/{id}/pair-rules", "add_pair_rule", students::add_pair_rule)
            .summary("Keep two students apart or together")
            .who("staff of the campus; students may ask, in confidence, to be apart from somebody")
            .problems(&[Code::Conflict]),
        get("/v1/pair-rules/{id}", "get_pair_rule", students::show_pair_rule)
            .summary("A rule for two students")
            .who(staff),
        delete("/v1/pair-rules/{id}", "remove_pair_rule", students::remove_pair_rule)
            .summary("End a rule for two students")
            .who(staff),
    ]
}
