//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "campuses",
    about: "Campuses, who has joined and who runs them, and the dates on which they do not work.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        post("/v1/campuses", "open_campus", super::open)
            .summary("Open a campus and become its organiser")
            .problems(&[Code::SlugTaken]),
        get("/v1/campuses", "list_campuses", super::list)
            .summary("The campuses, oldest first")
            .who(Who::Anyone),
        get("/v1/campuses/{id}", "get_campus", super::show)
            .summary("A campus")
            .who(Who::Anyone),
        patch("/v1/campuses/{id}", "change_campus", super::change)
            .summary("Change a campus; its planned cohorts are dated again")
            .who(Who::CampusOrganisers)
            .problems(&[Code::SlugTaken, Code::Conflict]),
        put("/v1/campuses/{id}/members/me", "join_campus", super::join)
            .summary("Join a campus, or ask to where its staff approve members")
            .answers(&[202, 204]),
        get(
            "/v1/campuses/{id}/members/me",
            "get_own_membership",
            super::own_membership,
        )
        .summary("Whether the caller has joined"),
        delete("/v1/campuses/{id}/members/me", "leave_campus", super::leave)
            .summary("Leave a campus, and its staff")
            .problems(&[Code::LastOrganiser, Code::Conflict]),
        get("/v1/campuses/{id}/members", "list_members", super::members)
            .summary("Who has joined or asked to")
            .who(Who::CampusStaff),
        put("/v1/campuses/{id}/members/{person_id}", "admit_member", super::admit)
            .summary("Admit somebody who asked to join")
            .who(Who::CampusStaff),
        delete(
            "/v1/campuses/{id}/members/{person_id}",
            "remove_member",
            super::remove_member,
        )
        .summary("Remove a member, or turn down who asked")
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get("/v1/campuses/{id}/staff", "list_staff", super::staff).summary("Who runs a campus"),
        put("/v1/campuses/{id}/staff/{person_id}", "appoint_staff", super::appoint)
            .summary("Appoint a member, or give them another role")
            .who(Who::CampusOrganisers)
            .problems(&[Code::LastOrganiser]),
        delete("/v1/campuses/{id}/staff/{person_id}", "dismiss_staff", super::dismiss)
            .summary("Remove somebody from the staff; they stay a member")
            .who(Who::CampusOrganisers)
            .problems(&[Code::LastOrganiser]),
        get(
            "/v1/campuses/{id}/alumni-sources",
            "list_alumni_sources",
            super::alumni_sources,
        )
        .summary("The other campuses whose alumni may mentor here")
        .who(Who::Anyone),
        put(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "admit_alumni",
            super::admit_alumni,
        )
        .summary("Let the alumni of another campus mentor here")
        .who(Who::CampusOrganisers)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "refuse_alumni",
            super::refuse_alumni,
        )
        .summary("Let them mentor here no longer; places that they have stay theirs")
        .who(Who::CampusOrganisers),
        get("/v1/campuses/{id}/days-off", "list_days_off", super::days_off)
            .summary("The dates on which a campus does not work")
            .who(Who::Anyone),
        put("/v1/campuses/{id}/days-off/{date}", "set_day_off", super::set_day_off)
            .summary("Make a date a day off; planned cohorts are dated again")
            .who(Who::CampusStaff)
            .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/days-off/{date}",
            "remove_day_off",
            super::remove_day_off,
        )
        .summary("Make a date an ordinary day; planned cohorts are dated again")
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
    ])
}
