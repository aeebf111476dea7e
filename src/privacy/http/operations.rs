//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Rate, Tag, Who, delete, get, patch},
};

static TAG: Tag = Tag {
    name: "privacy",
    about: "What people show of themselves, a copy of their data, its erasure, and a copy of a campus's data.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/me/visibility", "get_visibility", super::get_visibility)
            .summary("Show my visibility")
            .about(
                "\
            To whom the caller shows their address, their GitHub user name and their time zone, wherever they are \
            shown to others.",
            )
            .no_store(),
        patch("/v1/me/visibility", "change_visibility", super::change_visibility)
            .summary("Change my visibility")
            .about(
                "\
            Chooses the widest audience for each field. What others see changes at once. The staff of a campus that \
            the caller has joined see all of it in any case.",
            )
            .no_store(),
        get("/v1/campuses/{id}/diversity", "list_diversity", super::list_diversity)
            .summary("Tell the diversity of students")
            .about(
                "\
            How many students have which value of an attribute, counting those who consent to it. No count below five \
            is told, nor what it could be computed from. Students are counted by the calendar year in which their \
            cohort began, once that year is over; a year of which nothing could be told is put together with the next. \
            These periods are fixed, because the difference between two that overlap would tell of few people.",
            )
            .who(Who::CampusOrganisers),
        get("/v1/me/export", "export_own_data", super::export_own_data)
            .summary("Export my data")
            .about(
                "\
            One document with all that is stored about the caller: the account, what they are part of, what was noted \
            about them, and what was done in their name. `docs/privacy.md` says what is left out, and why: secrets, \
            drafts of teams, and what staff were told in confidence about several people.",
            )
            .rate(Rate::Credentials)
            .no_store(),
        get("/v1/campuses/{id}/export", "export_campus", super::export_campus)
            .summary("Export a campus")
            .about(
                "\
                One document with all that belongs to the campus: its calendar, programmes, cohorts with their \
                weeks, projects, students and published teams, mentoring, members, staff, and its audit trail. \
                Organisers of a closed campus can still ask for it within 30 days. `docs/campuses.md` says what is \
                left out, and why.",
            )
            .who(Who::CampusOrganisers)
            .file()
            .rate(Rate::Credentials),
        delete("/v1/me", "erase_me", super::erase_me)
            .summary("Erase me")
            .about(
                "\
                Erases the caller, for good and at once: name, address, GitHub user name and password, sessions, \
                what staff noted about them, and mail to them. Teams, attendance and counts stay, as those of a \
                former member. Students are withdrawn, mentors' future places go to the next in line, and \
                memberships end. The only organiser of a campus must make somebody else one first (`409 \
                last_organiser`); a campus that nobody else has joined is closed, once it has no planned or running \
                cohort (`409 conflict`). The password must be sent again, and a code of the second factor by whoever \
                has one. Without a password, a sign-on that has just been made proves who asks, or the code of the \
                second factor alone.",
            )
            .rate(Rate::Credentials)
            .answers(&[202])
            .takes_if_match()
            .no_store()
            .problems(&[
                Code::LastOrganiser,
                Code::Conflict,
                Code::OtpRequired,
                Code::InvalidOtp,
                Code::InvalidSignOn,
                Code::ProviderFailed,
                Code::ProviderUnavailable,
            ]),
    ])
}
