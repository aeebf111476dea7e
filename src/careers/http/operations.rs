//! The operations of this feature.

use super::{employers, fees, introductions, profiles, roles};
use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "careers",
    about: "Employers, their roles, and graduates who agree to meet them; what employers owe for a hire.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let parts = [of_employers(), of_roles(), of_profiles(), of_introductions(), of_fees()];
    parts.into_iter().flatten().collect()
}

fn of_employers() -> Vec<Operation> {
    TAG.operations([
        post("/v1/campuses/{id}/employers", "create_employer", employers::create_employer)
            .summary("Add an employer")
            .about("Adds an organisation that looks for people to a campus, with what was agreed with it.")
            .who(Who::CampusStaff)
            .problems(&[Code::Conflict]),
        get("/v1/campuses/{id}/employers", "list_employers", employers::list_employers)
            .summary("List employers")
            .about("The employers of a campus, in the order in which they were added.")
            .who(Who::CampusStaff),
        get("/v1/me/employers", "list_own_employers", employers::list_own_employers)
            .summary("List own employers")
            .about("The employers for which the caller acts, the latest first. The list is never paged.")
            .open_to_programs()
            .no_store(),
        get("/v1/employers/{id}", "get_employer", employers::get_employer)
            .summary("Show an employer")
            .about("An employer with its contacts. Contacts see no other employers.")
            .who(Who::EmployerReaders),
        patch("/v1/employers/{id}", "change_employer", employers::change_employer)
            .summary("Change an employer")
            .about("Changes what is said of an employer, and what was agreed with it. Contacts cannot.")
            .who(Who::EmployerReaders)
            .takes_if_match(),
        put(
            "/v1/employers/{id}/contacts/{person_id}",
            "add_employer_contact",
            employers::add_employer_contact,
        )
        .summary("Add a contact")
        .about(
            "\
            Lets a member of the campus act for an employer: they see it, write its roles, and see graduates who agree. Where the \
            service sends mail, the address of their account must be proved. Leaving the campus ends it. Repeating it changes \
            nothing.",
        )
        .who(Who::EmployerReaders)
        .takes_session()
        .problems(&[Code::Conflict]),
        delete(
            "/v1/employers/{id}/contacts/{person_id}",
            "remove_employer_contact",
            employers::remove_employer_contact,
        )
        .summary("Remove a contact")
        .about("Lets the caller, or as staff anybody, act for an employer no longer.")
        .who(Who::EmployerReaders)
        .takes_session(),
    ])
}

fn of_roles() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/employers/{id}/roles",
            "create_employer_role",
            roles::create_employer_role,
        )
        .summary("Add a role")
        .about("Adds a role that an employer has to fill. It is `submitted` until the staff approve it.")
        .who(Who::EmployerReaders)
        .problems(&[Code::Conflict]),
        get("/v1/employers/{id}/roles", "list_employer_roles", roles::list_employer_roles)
            .summary("List an employer's roles")
            .about("The roles of an employer, in the order in which they were added.")
            .who(Who::EmployerReaders),
        get("/v1/campuses/{id}/roles", "list_public_roles", roles::list_public_roles)
            .summary("List roles of a campus")
            .about(
                "\
                The roles at employers of a campus that its staff have approved and that have not expired, in the order in which they \
                were added. With `status`, which only the staff can ask for, those that have it, public or not.",
            )
            .who(Who::Anyone)
            .problems(&[Code::AuthenticationRequired, Code::Forbidden, Code::SecondFactorRequired]),
        get("/v1/roles/{id}", "get_employer_role", roles::get_employer_role)
            .summary("Show a role")
            .about("A role: for everybody while it is public, otherwise for its employer's contacts and the staff of the campus.")
            .who(Who::Anyone),
        patch("/v1/roles/{id}", "change_employer_role", roles::change_employer_role)
            .summary("Change a role")
            .about("Changes what a role says. One that was approved is `submitted` again, and not public until it is approved anew.")
            .who(Who::EmployerReaders)
            .takes_if_match(),
        put(
            "/v1/roles/{id}/status",
            "set_employer_role_status",
            roles::set_employer_role_status,
        )
        .summary("Approve or close a role")
        .answers(&[200])
        .about(
            "\
            Approves a role, as the staff have read it, or closes it, or asks for approval once more. Only the staff approve. \
            `If-Match` is required, so that nothing is approved that was changed meanwhile.",
        )
        .who(Who::EmployerReaders)
        .needs_if_match()
        .problems(&[Code::Conflict, Code::InvalidTransition]),
    ])
}

fn of_profiles() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/career-profile", "get_my_career_profile", profiles::get_my_career_profile)
            .summary("Show my career profile")
            .about("The caller's own profile, as an employer sees it with their consent; empty as long as they have written none.")
            .no_store(),
        put("/v1/me/career-profile", "set_my_career_profile", profiles::set_my_career_profile)
            .summary("Write my career profile")
            .answers(&[200])
            .about("Replaces the caller's own profile. Nobody sees it but employers to whom they have agreed to be introduced.")
            .takes_if_match()
            .no_store(),
        delete(
            "/v1/me/career-profile",
            "delete_my_career_profile",
            profiles::delete_my_career_profile,
        )
        .summary("Delete my career profile")
        .about("Deletes the caller's own profile. It withdraws no consent: an employer sees an empty one. Repeating it changes nothing.")
        .takes_if_match()
        .no_store(),
    ])
}

fn of_introductions() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/roles/{id}/introductions",
            "create_introduction",
            introductions::create_introduction,
        )
        .summary("Ask a graduate")
        .about(
            "\
            Asks a graduate of the campus whether they would like to be introduced for a public role. Nobody is asked twice about \
            one role, and the employer learns nothing of it unless the graduate agrees.",
        )
        .who(Who::EmployerReaders)
        .problems(&[Code::Conflict]),
        get(
            "/v1/roles/{id}/introductions",
            "list_introductions",
            introductions::list_introductions,
        )
        .summary("List introductions for a role")
        .about(
            "\
            Whom the staff have asked about a role, and what came of it, in the order in which they asked. Contacts see those to \
            which a graduate has agreed, without who it is.",
        )
        .who(Who::EmployerReaders),
        get(
            "/v1/me/introductions",
            "list_own_introductions",
            introductions::list_own_introductions,
        )
        .summary("List own introductions")
        .about("The roles about which the caller was asked, the latest first, with what came of it. The list is never paged.")
        .no_store(),
        get("/v1/introductions/{id}", "get_introduction", introductions::get_introduction)
            .summary("Show an introduction")
            .about("An introduction. Without a consent the employer sees no more than that it is `withdrawn`.")
            .who(Who::IntroductionReaders),
        put(
            "/v1/introductions/{id}/consent",
            "consent_to_introduction",
            introductions::consent_to_introduction,
        )
        .summary("Agree to an introduction")
        .answers(&[200])
        .about(
            "\
            Lets the employer see the caller's profile and address for this role, until the end of a day at most 90 days ahead. The \
            body names employer and role. Sent again it changes the day; after withdrawing it agrees anew, while the role is public.",
        )
        .who(Who::IntroducedGraduates)
        .takes_session()
        .takes_if_match()
        .problems(&[Code::Conflict, Code::InvalidTransition]),
        delete(
            "/v1/introductions/{id}/consent",
            "withdraw_from_introduction",
            introductions::withdraw_from_introduction,
        )
        .summary("Decline or withdraw")
        .about(
            "\
            Declines to be introduced, of which the employer learns nothing, or withdraws the consent at any time: from then on the \
            employer sees no more than that the introduction is `withdrawn`. A fee that is due for a hire stays. Repeating it changes \
            nothing.",
        )
        .who(Who::IntroducedGraduates)
        .takes_if_match(),
        put(
            "/v1/introductions/{id}/status",
            "take_introduction_step",
            introductions::take_introduction_step,
        )
        .summary("Take a step")
        .answers(&[200])
        .about(
            "\
            Notes what came of an introduction: from `introduced` to `interview`, `offer` and `hired`, or `declined`. The employer's \
            contacts can as long as the consent holds; the staff also note what came of it after the consent has run out. A step \
            that does not follow is refused with those that may in `next`. Repeating a step changes nothing, and its answer is not \
            kept, because a consent may end.",
        )
        .who(Who::IntroductionReaders)
        .without_replay()
        .takes_if_match()
        .problems(&[Code::InvalidTransition]),
        get(
            "/v1/introductions/{id}/profile",
            "get_introduced_profile",
            introductions::get_introduced_profile,
        )
        .summary("Show an introduced graduate")
        .about(
            "\
            The graduate's profile with their name and address, as long as the consent holds; `404` from then on. The graduate sees \
            at any time what would be shown.",
        )
        .who(Who::IntroductionReaders)
        .no_store(),
    ])
}

fn of_fees() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/introductions/{id}/referral-fees",
            "create_referral_fee",
            fees::create_referral_fee,
        )
        .summary("Note a referral fee")
        .about("Notes what the employer owes the campus for a hire. A hire has one fee, beside those that were waived.")
        .who(Who::CampusOrganisers)
        .problems(&[Code::Conflict]),
        get(
            "/v1/campuses/{id}/referral-fees",
            "list_referral_fees",
            fees::list_referral_fees,
        )
        .summary("List referral fees")
        .about("The referral fees of a campus, in the order in which they were noted. They name no graduate.")
        .who(Who::CampusOrganisers),
        get(
            "/v1/campuses/{id}/referral-fee-sums",
            "get_referral_fee_sums",
            fees::get_referral_fee_sums,
        )
        .summary("Sum referral fees")
        .about("What the referral fees due within some days come to in each currency, and how many graduates were hired in them.")
        .who(Who::CampusOrganisers),
        get("/v1/referral-fees/{id}", "get_referral_fee", fees::get_referral_fee)
            .summary("Show a referral fee")
            .about("What an employer owes for a hire, when it is due, and whether it was paid or waived.")
            .who(Who::CampusOrganisers),
        put("/v1/referral-fees/{id}/status", "settle_referral_fee", fees::settle_referral_fee)
            .summary("Settle a referral fee")
            .answers(&[200])
            .about("Notes that a fee was paid, or is waived, with the reason. What was settled stays so.")
            .who(Who::CampusOrganisers)
            .takes_if_match()
            .problems(&[Code::InvalidTransition]),
    ])
}
