//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "campuses",
    about: "Campuses with their members, staff and days off.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        post("/v1/campuses", "open_campus", super::open_campus)
            .summary("Open a campus")
            .about(
                "\
                Opens a campus and makes the caller its organiser and first member. Anybody with an account can \
                do this; nobody has to approve it. One account organises at most 20 campuses (`409 conflict`).",
            )
            .problems(&[Code::SlugTaken, Code::Conflict]),
        get("/v1/campuses", "list_campuses", super::list_campuses)
            .summary("List campuses")
            .about(
                "\
                The campuses that are open, oldest first; closed ones with `status`. No account is needed.",
            )
            .who(Who::Anyone),
        get("/v1/campuses/{id}", "get_campus", super::get_campus)
            .summary("Show a campus")
            .about(
                "\
                A campus with its time zone and working week. No account is needed.",
            )
            .who(Who::Anyone),
        patch("/v1/campuses/{id}", "change_campus", super::change_campus)
            .summary("Change a campus")
            .about(
                "\
                Changes a campus. A new working week or time zone dates its planned cohorts again, in the same \
                transaction: their weeks, mentor slots and due times move along. It is `409 conflict`, with \
                `cohort_id`, if a planned cohort would then start on a day off. Cohorts that have begun keep \
                their dates. No API token sets `require_second_factor` or `approves_members`.",
            )
            .who(Who::CampusOrganisers)
            .takes_session_for(&["require_second_factor", "approves_members"])
            .problems(&[Code::SlugTaken, Code::Conflict]),
        put("/v1/campuses/{id}/approval", "approve_campus", super::approve_campus)
            .summary("Approve a campus")
            .about(
                "\
                Lets the campus's invitations open accounts where registration is closed. Repeating it changes \
                nothing.",
            )
            .who(Who::Administrators)
            .takes_session(),
        delete(
            "/v1/campuses/{id}/approval",
            "withdraw_campus_approval",
            super::withdraw_campus_approval,
        )
        .summary("Withdraw a campus's approval")
        .about(
            "\
                The campus's invitations open no more accounts where registration is closed; accounts that they \
                opened stay.",
        )
        .who(Who::Administrators)
        .takes_session(),
        put("/v1/campuses/{id}/closing", "close_campus", super::close_campus)
            .summary("Close a campus")
            .about(
                "\
                Closes a campus; its organisers can open it again within 30 days. It is `409 conflict` while it has planned or running cohorts. Invitations \
                that wait are withdrawn, its staff act for it no longer (`403 campus_closed`), and members and staff \
                are told by mail. What was done there stays: alumni are alumni. Repeating it changes nothing. \
                Take its data along with `GET /v1/campuses/{id}/export`.",
            )
            .who(Who::CampusOrganisers)
            .takes_session()
            .answers(&[200])
            .problems(&[Code::Conflict]),
        delete("/v1/campuses/{id}/closing", "reopen_campus", super::reopen_campus)
            .summary("Open a campus again")
            .about(
                "\
                Opens a closed campus again with the staff it had: within 30 days for those who were its organisers \
                (`409 conflict` later), and for administrators whenever. After 30 days nobody is on its staff any \
                more, and an administrator appoints an organiser. Withdrawn invitations stay withdrawn. Repeating it \
                changes nothing.",
            )
            .who(Who::CampusOrganisers)
            .takes_session()
            .answers(&[200])
            .problems(&[Code::Conflict]),
        put("/v1/campuses/{id}/members/me", "join_campus", super::join_campus)
            .summary("Join a campus")
            .about(
                "\
                Makes the caller a member, which is their consent to be enrolled, appointed and seen by its staff. \
                Answers `204`, or `202` where the campus approves its members first; whoever was removed by its \
                staff needs their approval in any case. Repeating it changes nothing.",
            )
            .answers(&[202, 204])
            .problems(&[Code::CampusClosed]),
        get(
            "/v1/campuses/{id}/members/me",
            "get_own_membership",
            super::get_own_membership,
        )
        .summary("Show my membership")
        .about(
            "\
                Whether the caller is a member or waits for approval; `404` if neither.",
        ),
        delete("/v1/campuses/{id}/members/me", "leave_campus", super::leave_campus)
            .summary("Leave a campus")
            .about(
                "\
                Ends the caller's membership, and with it their role on the staff. It is `409 last_organiser` \
                for the only organiser, and `409 conflict` for a student of a planned or running cohort, whom \
                the staff must withdraw first so that no team loses a member unnoticed.",
            )
            .takes_session()
            .problems(&[Code::LastOrganiser, Code::Conflict]),
        get("/v1/campuses/{id}/members", "list_members", super::list_members)
            .summary("List members")
            .about(
                "\
                Members and those who have asked to join, in the order in which they joined or asked.",
            )
            .who(Who::CampusStaff),
        put(
            "/v1/campuses/{id}/members/{person_id}",
            "admit_member",
            super::admit_member,
        )
        .summary("Admit a member")
        .about(
            "\
                Approves somebody who has asked to join. It is `404` for anybody else: joining is a consent that \
                only the person can give.",
        )
        .who(Who::CampusStaff),
        delete(
            "/v1/campuses/{id}/members/{person_id}",
            "remove_member",
            super::remove_member,
        )
        .summary("Remove a member")
        .about(
            "\
                Ends a membership or turns down a request to join. Whoever was removed joins again only with the \
                staff's approval. It is `409 conflict` for students of a \
                planned or running cohort and for the staff, whom an organiser removes from the staff first. Only \
                organisers remove a pastoral carer.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get("/v1/campuses/{id}/staff", "list_staff", super::list_staff)
            .summary("List staff")
            .about(
                "\
                The organisers and facilitators of a campus, organisers first. Any account can read it. The list \
                is never paged.",
            ),
        put(
            "/v1/campuses/{id}/staff/{person_id}",
            "appoint_staff",
            super::appoint_staff,
        )
        .summary("Appoint staff")
        .about(
            "\
                Makes a member an organiser or facilitator, or changes their role. It is `404` for somebody who \
                is not a member, and `409 last_organiser` for making the only organiser a facilitator.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .problems(&[Code::LastOrganiser]),
        delete(
            "/v1/campuses/{id}/staff/{person_id}",
            "dismiss_staff",
            super::dismiss_staff,
        )
        .summary("Remove from staff")
        .about(
            "\
                Takes somebody off the staff; they stay a member. It is `409 last_organiser` for the only \
                organiser.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .problems(&[Code::LastOrganiser]),
        post(
            "/v1/campuses/{id}/staff-invitations",
            "invite_staff",
            super::invite_staff,
        )
        .summary("Invite to the staff")
        .about(
            "\
                Mails a code with which the account that has this address joins the campus and its staff, once and \
                within 14 days. The answer does not depend on whether there is such an account. To send it again, invite \
                the address again: the earlier code stops working. An address gets at most five a day.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .answers(&[202]),
        get(
            "/v1/campuses/{id}/staff-invitations",
            "list_staff_invitations",
            super::list_staff_invitations,
        )
        .summary("List staff invitations")
        .about("The invitations to the staff that were neither accepted nor withdrawn, oldest first.")
        .who(Who::CampusOrganisers),
        delete(
            "/v1/staff-invitations/{id}",
            "revoke_staff_invitation",
            super::revoke_staff_invitation,
        )
        .summary("Withdraw a staff invitation")
        .about("Takes an invitation back; its code stops working. Repeating it changes nothing.")
        .who(Who::CampusOrganisers)
        .takes_session()
        .problems(&[Code::InvitationUnusable]),
        post(
            "/v1/staff-invitations/acceptances",
            "accept_staff_invitation",
            super::accept_staff_invitation,
        )
        .summary("Join the staff")
        .about(
            "\
            Accepts an invitation with the code from its mail: the caller joins the campus and its staff. Their \
            account must have the address that the code was mailed to, which it also verifies. Whoever organises the \
            campus already still does.",
        )
        .takes_session()
        .answers(&[200])
        .problems(&[Code::InvitationUnusable]),
        get(
            "/v1/campuses/{id}/alumni-sources",
            "list_alumni_sources",
            super::list_alumni_sources,
        )
        .summary("List alumni sources")
        .about(
            "\
                The other campuses whose alumni may mentor here, by name. Alumni of the campus itself always \
                may. The list is never paged, and no account is needed.",
        )
        .who(Who::Anyone),
        put(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "admit_alumni",
            super::admit_alumni,
        )
        .summary("Admit alumni")
        .about(
            "\
                Lets the alumni of another campus mentor here. Repeating it changes nothing.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "refuse_alumni",
            super::refuse_alumni,
        )
        .summary("Stop admitting alumni")
        .about(
            "\
                Alumni of that campus can no longer sign up here. Places that they already have stay theirs.",
        )
        .who(Who::CampusOrganisers)
        .takes_session(),
        get("/v1/campuses/{id}/days-off", "list_days_off", super::list_days_off)
            .summary("List days off")
            .about(
                "\
                The dates on which a campus does not work, in order. The list is never paged, and no account is \
                needed.",
            )
            .who(Who::Anyone),
        put("/v1/campuses/{id}/days-off/{date}", "set_day_off", super::set_day_off)
            .summary("Set a day off")
            .about(
                "\
                Makes a date a day off, or renames one. Planned cohorts of the campus are dated again; it is \
                `409 conflict`, with `cohort_id`, if one would then start on a day off. A week of a running \
                cohort that begins or ends on that date becomes shorter, and what is due on its last day moves \
                along; it is `409 conflict` if nothing would be left of it. An impossible date is `404`.",
            )
            .who(Who::CampusStaff)
            .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/days-off/{date}",
            "remove_day_off",
            super::remove_day_off,
        )
        .summary("Remove a day off")
        .about(
            "\
                Makes a date an ordinary day again. Planned cohorts of the campus are dated again; a week of a \
                running cohort that the date is next to gets it back.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
    ])
}
