//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "students",
    about: "Students of a cohort: enrolments, rosters, invitations, absences and pair rules.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut operations = TAG.operations([
        get("/v1/cohorts/{id}/enrolments", "list_enrolments", super::list_enrolments)
            .kept_with_cohort()
            .summary("List students")
            .about(
                "\
                The students of a cohort by name, including those who have withdrawn. Only staff get \
                `experience`, `attributes`, `balances_teams`, `version` and `updated_at`; others must not learn of \
                changes that they do not see.",
            )
            .who(Who::RosterReaders),
        post("/v1/cohorts/{id}/enrolments", "enrol", super::enrol)
            .summary("Enrol a student")
            .about(
                "\
                Enrols a member of the campus (`person_id`, answered `201`), invites anybody else by mail (`email` \
                and `name`, answered `202` whether or not the address has an account), or enters somebody by \
                `name` alone (`201`, with `person.claimed` false), who can claim their place later. `person_id` with \
                `email` invites such a student to their place (`202`). Inviting an \
                address again replaces the earlier invitation. Whoever has withdrawn is taken back with `PATCH` \
                instead. A cohort that has graduated takes its alumni, with `status` `graduated`.",
            )
            .who(Who::CohortStaff)
            .answers(&[201, 202])
            .problems(&[Code::AlreadyEnrolled, Code::Conflict]),
        get(
            "/v1/cohorts/{id}/enrolments/{person_id}",
            "get_enrolment",
            super::get_enrolment,
        )
        .summary("Show a student")
        .about(
            "\
                One student of a cohort. Only staff get `experience`, `attributes`, `balances_teams`, `version` and \
                `updated_at`.",
        )
        .who(Who::RosterReaders),
        patch(
            "/v1/cohorts/{id}/enrolments/{person_id}",
            "change_enrolment",
            super::change_enrolment,
        )
        .summary("Change an enrolment")
        .about(
            "\
                Withdraws a student, takes one back, or changes dates, experience and attributes. Somebody who \
                has left the campus cannot be taken back (`409 conflict`) until they join again. `name` corrects \
                what a student without an account is called; it is `409 conflict` for whoever has one, and so are \
                experience and attributes that the student has told themself. Published teams are not changed: \
                ask for repairs.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::Conflict, Code::AlreadyEnrolled]),
        post(
            "/v1/cohorts/{id}/enrolments/{person_id}/claim-links",
            "create_claim_link",
            super::create_claim_link,
        )
        .summary("Create a claim link")
        .about(
            "\
                Makes a code with which a student entered by name alone takes their place, good once and for 14 \
                days. One made before stops working. The code is shown this once and kept nowhere, so \
                `Idempotency-Key` is ignored; ask again for another. It is `409 conflict` for a student who has \
                an account.",
        )
        .who(Who::CohortStaff)
        .takes_session()
        .without_replay()
        .problems(&[Code::Conflict]),
        post("/v1/claims", "claim_place", super::claim_place)
            .summary("Claim a place")
            .about(
                "\
                Puts the caller in the place of a student entered by name alone, wherever that student stands: on \
                the roster, in teams, absences and pair rules. The caller joins the campus, and the student without \
                an account is no more. An unknown code is `404`; whoever is enrolled in that cohort already gets \
                `409 already_enrolled`, and nothing changes.",
            )
            .answers(&[200])
            .located()
            .problems(&[
                Code::NotFound,
                Code::ClaimUnusable,
                Code::AlreadyEnrolled,
                Code::Conflict,
            ]),
        post(
            "/v1/cohorts/{id}/enrolments/import",
            "import_enrolments",
            super::import_enrolments,
        )
        .summary("Import a roster")
        .about(
            "\
                Enrols the members of the campus whom a CSV table names by an address that they have verified, and invites \
                everybody else whom it names by an address, also where an account has that address. A row with a name alone enters a student without an \
                account, one with the `person_id` of a member enrols them. Answers for each row what became of \
                it; nobody is removed. If any row is invalid, nothing is changed (`422 invalid_rows`). With \
                `dry_run=true` nothing is changed in any case, and invalid rows are answered with `200`. The table \
                is in UTF-8, or in Windows-1252 with `Content-Type: text/csv; charset=windows-1252`. \
                Columns: `email`, `name`, `person_id`, `experience` (0 to 5), `joined_on`, `gender`, `attr_…` for any \
                other attribute, and `status`, `left_on` and `github` as an export has them.",
        )
        .who(Who::CohortStaff)
        .answers(&[200])
        .problems(&[Code::InvalidRows, Code::Conflict]),
        get(
            "/v1/cohorts/{id}/enrolments/export",
            "export_enrolments",
            super::export_enrolments,
        )
        .summary("Export a roster")
        .about(
            "\
                The students of a cohort as a CSV table, with the addresses of those who are members of the campus. It can \
                be imported again without any change. Cells that a spreadsheet would run as a formula begin with an apostrophe, \
                which the import removes.",
        )
        .who(Who::CohortStaff)
        .also("text/csv"),
        get(
            "/v1/cohorts/{id}/invitations",
            "list_invitations",
            super::list_invitations,
        )
        .summary("List invitations")
        .about(
            "\
                The invitations to a cohort, oldest first, and what became of them. Their codes are in the mails \
                only.",
        )
        .who(Who::CohortStaff),
        delete("/v1/invitations/{id}", "revoke_invitation", super::revoke_invitation)
            .summary("Revoke an invitation")
            .about(
                "\
                Makes the invitation's code worthless. It is `409 invitation_unusable` once the invitation was \
                accepted: withdraw the student instead.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::InvitationUnusable]),
        post(
            "/v1/invitations/acceptances",
            "accept_invitation",
            super::accept_invitation,
        )
        .summary("Accept an invitation")
        .about(
            "\
                Makes the caller a member of the campus and a student of the cohort. The code is good \
                once, for the account with the address that it was mailed to, which it also verifies. Where the service \
                sends no mail, it is for whoever was handed it. An unknown code is `404`.",
        )
        .problems(&[
            Code::NotFound,
            Code::InvitationUnusable,
            Code::AlreadyEnrolled,
            Code::Conflict,
        ]),
        get("/v1/cohorts/{id}/absences", "list_absences", super::list_absences)
            .summary("List absences")
            .about(
                "\
                Who misses which week, in order of the weeks. Staff see everybody's absences, students their \
                own.",
            )
            .who(Who::CohortStaffAndSelf),
        put(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "set_absence",
            super::set_absence,
        )
        .summary("Note an absence")
        .about(
            "\
                Notes that a student misses a week; the reason may be left out. Staff may note it for everybody, \
                students for themselves until the week is over (`409 conflict`), unless staff have noted it \
                already. Noting it again keeps the earlier reason unless another is given.",
        )
        .who(Who::CohortStaffAndSelf)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/cohorts/{id}/weeks/{number}/absences/{person_id}",
            "remove_absence",
            super::remove_absence,
        )
        .summary("Remove an absence")
        .about(
            "\
                Notes that a student comes after all. Answers `204` even if no absence was noted. Students take \
                back what they noted themselves, until the week is over (`409 conflict`).",
        )
        .who(Who::CohortStaffAndSelf)
        .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/day-absences",
            "list_day_absences",
            super::list_day_absences,
        )
        .summary("List absences by day")
        .about(
            "\
                Who misses which day, in order of the days. Staff see everybody's, students their own. Whole weeks are \
                `/v1/cohorts/{id}/absences`.",
        )
        .who(Who::CohortStaffAndSelf),
        put(
            "/v1/cohorts/{id}/absences/{person_id}/{date}",
            "set_day_absence",
            super::set_day_absence,
        )
        .summary("Note an absence by day")
        .about(
            "\
                Notes that a student misses a day, which excuses them from what takes place then. Who misses more than half \
                of the working days of a week misses the week when teams are formed. Otherwise as an absence by week.",
        )
        .who(Who::CohortStaffAndSelf)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/cohorts/{id}/absences/{person_id}/{date}",
            "remove_day_absence",
            super::remove_day_absence,
        )
        .summary("Remove an absence by day")
        .about(
            "\
                Notes that a student comes that day after all. Answers `204` even if no absence was noted.",
        )
        .who(Who::CohortStaffAndSelf)
        .problems(&[Code::Conflict]),
        get("/v1/cohorts/{id}/pair-rules", "list_pair_rules", super::list_pair_rules)
            .summary("List pair rules")
            .about(
                "\
                Which students are kept apart or together, oldest first. To students, pair rules do not exist \
                (`404`).",
            )
            .who(Who::CohortStaff),
        post("/v1/cohorts/{id}/pair-rules", "add_pair_rule", super::add_pair_rule)
            .summary("Create a pair rule")
            .about(
                "\
                Keeps two students apart or together for some or all weeks. A student may ask in confidence to \
                be kept apart from somebody, up to three times; they get only the `id` and `kind`, never a \
                conflict, so that they learn nothing of other rules. Published teams stay as they are.",
            )
            .who(Who::CohortStaffAndSelf)
            .problems(&[Code::Conflict]),
        get("/v1/pair-rules/{id}", "get_pair_rule", super::get_pair_rule)
            .summary("Show a pair rule")
            .about(
                "\
                A rule that keeps two students apart or together. To students, pair rules do not exist (`404`).",
            )
            .who(Who::CohortStaff),
        delete("/v1/pair-rules/{id}", "remove_pair_rule", super::remove_pair_rule)
            .summary("Delete a pair rule")
            .about(
                "\
                Ends a rule. To change one, delete it and create another.",
            )
            .takes_if_match()
            .who(Who::CohortStaff),
    ]);
    operations.extend(TAG.operations(super::own_operations::operations()));
    operations
}
