//! The table of operations: each declared once. Routing, the OpenAPI document, the authorisation
//! matrix, rate limits and metric labels all follow from it.

use std::sync::Arc;

use crate::{
    accounts::http as accounts,
    campuses::http as campuses,
    cohorts::http as cohorts,
    error::Code,
    jobs::{JobView, http as jobs},
    mentoring::http as mentoring,
    programmes::http as programmes,
    students::http as students,
    teams::http as teams,
    web::{Operation, Rate, delete, get, patch, post, put},
};

/// Every operation of the API.
pub fn operations() -> Vec<Arc<Operation>> {
    let features = [
        people(),
        campuses(),
        programmes(),
        cohorts(),
        students(),
        mentors(),
        team_plans(),
        jobs(),
        published_teams(),
    ];
    features.into_iter().flatten().map(Arc::new).collect()
}

fn people() -> Vec<Operation> {
    vec![
        post("/v1/people", "open_account", accounts::register)
            .summary("Open an account")
            .by_body()
            .rate(Rate::Credentials)
            .problems(&[Code::EmailTaken, Code::RegistrationClosed]),
        post("/v1/auth/login", "log_in", accounts::log_in)
            .summary("Begin a session")
            .by_body()
            .rate(Rate::Credentials)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::InvalidCredentials]),
        post("/v1/auth/refresh", "refresh_session", accounts::refresh)
            .summary("Exchange a refresh token for the next pair of tokens")
            .by_body()
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
        post(
            "/v1/cohorts/{id}/enrolments/import",
            "import_enrolments",
            students::import,
        )
        .summary("Enrol or invite everybody in a table; nobody is removed")
        .who(staff)
        .answers(&[200])
        .problems(&[Code::InvalidRows, Code::Conflict]),
        get(
            "/v1/cohorts/{id}/enrolments/export",
            "export_enrolments",
            students::export,
        )
        .summary("The students of a cohort as a table, with their e-mail addresses")
        .who(staff)
        .also("text/csv"),
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

fn campuses() -> Vec<Operation> {
    let staff = "staff of the campus";
    let organiser = "an organiser of the campus";
    vec![
        post("/v1/campuses", "open_campus", campuses::open)
            .summary("Open a campus and become its organiser")
            .problems(&[Code::SlugTaken]),
        get("/v1/campuses", "list_campuses", campuses::list)
            .summary("The campuses, oldest first")
            .public(),
        get("/v1/campuses/{id}", "get_campus", campuses::show)
            .summary("A campus")
            .public(),
        patch("/v1/campuses/{id}", "change_campus", campuses::change)
            .summary("Change a campus; its planned cohorts are dated again")
            .who(organiser)
            .problems(&[Code::SlugTaken, Code::Conflict]),
        put("/v1/campuses/{id}/members/me", "join_campus", campuses::join)
            .summary("Join a campus, or ask to where its staff approve members")
            .answers(&[202, 204]),
        get(
            "/v1/campuses/{id}/members/me",
            "get_own_membership",
            campuses::own_membership,
        )
        .summary("Whether the caller has joined"),
        delete("/v1/campuses/{id}/members/me", "leave_campus", campuses::leave)
            .summary("Leave a campus, and its staff")
            .problems(&[Code::LastOrganiser, Code::Conflict]),
        get("/v1/campuses/{id}/members", "list_members", campuses::members)
            .summary("Who has joined or asked to")
            .who(staff),
        put("/v1/campuses/{id}/members/{person_id}", "admit_member", campuses::admit)
            .summary("Admit somebody who asked to join")
            .who(staff),
        delete(
            "/v1/campuses/{id}/members/{person_id}",
            "remove_member",
            campuses::remove_member,
        )
        .summary("Remove a member, or turn down who asked")
        .who(staff)
        .problems(&[Code::Conflict]),
        get("/v1/campuses/{id}/staff", "list_staff", campuses::staff).summary("Who runs a campus"),
        put(
            "/v1/campuses/{id}/staff/{person_id}",
            "appoint_staff",
            campuses::appoint,
        )
        .summary("Appoint a member, or give them another role")
        .who(organiser)
        .problems(&[Code::LastOrganiser]),
        delete(
            "/v1/campuses/{id}/staff/{person_id}",
            "dismiss_staff",
            campuses::dismiss,
        )
        .summary("Remove somebody from the staff; they stay a member")
        .who(organiser)
        .problems(&[Code::LastOrganiser]),
        get(
            "/v1/campuses/{id}/alumni-sources",
            "list_alumni_sources",
            campuses::alumni_sources,
        )
        .summary("The other campuses whose alumni may mentor here")
        .public(),
        put(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "admit_alumni",
            campuses::admit_alumni,
        )
        .summary("Let the alumni of another campus mentor here")
        .who("organisers of the campus")
        .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/alumni-sources/{campus_id}",
            "refuse_alumni",
            campuses::refuse_alumni,
        )
        .summary("Let them mentor here no longer; places that they have stay theirs")
        .who("organisers of the campus"),
        get("/v1/campuses/{id}/days-off", "list_days_off", campuses::days_off)
            .summary("The dates on which a campus does not work")
            .public(),
        put(
            "/v1/campuses/{id}/days-off/{date}",
            "set_day_off",
            campuses::set_day_off,
        )
        .summary("Make a date a day off; planned cohorts are dated again")
        .who(staff)
        .problems(&[Code::Conflict]),
        delete(
            "/v1/campuses/{id}/days-off/{date}",
            "remove_day_off",
            campuses::remove_day_off,
        )
        .summary("Make a date an ordinary day; planned cohorts are dated again")
        .who(staff)
        .problems(&[Code::Conflict]),
    ]
}

fn programmes() -> Vec<Operation> {
    vec![
        get("/v1/programmes", "list_programmes", programmes::list)
            .summary("The programmes, oldest first: the library's and those of the campuses")
            .public(),
        post("/v1/programmes", "make_programme", programmes::make)
            .summary("Make a programme for a campus")
            .who("staff of the campus")
            .problems(&[Code::SlugTaken]),
        get("/v1/programmes/{id}", "get_programme", programmes::show)
            .summary("A programme with its weeks")
            .public(),
        patch("/v1/programmes/{id}", "change_programme", programmes::change)
            .summary("Change a programme; cohorts keep the weeks they were made with")
            .who("staff of its campus")
            .problems(&[Code::SlugTaken]),
        post("/v1/programmes/{id}/forks", "fork_programme", programmes::fork)
            .summary("Copy a programme to a campus")
            .who("staff of the campus it goes to")
            .problems(&[Code::SlugTaken]),
    ]
}

fn cohorts() -> Vec<Operation> {
    let staff = "staff of the campus";
    vec![
        post("/v1/campuses/{id}/cohorts", "make_cohort", cohorts::make)
            .summary("Plan a cohort from a programme or from another cohort; its weeks are dated by the campus")
            .who(staff)
            .problems(&[Code::SlugTaken]),
        get("/v1/cohorts", "list_cohorts", cohorts::list)
            .summary("The cohorts, in the order in which they were made or start")
            .public(),
        get("/v1/cohorts/{id}", "get_cohort", cohorts::show)
            .summary("A cohort")
            .public(),
        patch("/v1/cohorts/{id}", "change_cohort", cohorts::change)
            .summary("Change a cohort, date a planned one again, or move it on")
            .who(staff)
            .problems(&[Code::SlugTaken, Code::InvalidTransition, Code::Conflict]),
        get("/v1/cohorts/{id}/weeks", "list_weeks", cohorts::weeks)
            .summary("The weeks of a cohort with their projects")
            .public(),
        get("/v1/cohorts/{id}/weeks/{number}", "get_week", cohorts::show_week)
            .summary("A week of a cohort with its project")
            .public(),
        patch("/v1/cohorts/{id}/weeks/{number}", "change_week", cohorts::change_week)
            .summary("Change what a week is about or builds, or move a reading week")
            .who(staff)
            .problems(&[Code::WeeksPublished, Code::Conflict]),
        get("/v1/projects/{id}", "get_project", cohorts::show_project)
            .summary("A project")
            .public(),
        patch("/v1/projects/{id}", "change_project", cohorts::change_project)
            .summary("Change a project")
            .who(staff),
    ]
}

fn mentors() -> Vec<Operation> {
    let viewers = "alumni, the cohort's students and mentors, and staff of the campus";
    let staff = "staff of the campus";
    vec![
        get("/v1/cohorts/{id}/mentor-slots", "list_mentor_slots", mentoring::list)
            .summary("When a cohort wants mentors, and how full each slot is")
            .who(viewers),
        post("/v1/cohorts/{id}/mentor-slots", "create_mentor_slot", mentoring::create)
            .summary("Ask for mentors in a week")
            .who(staff)
            .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/mentor-coverage",
            "get_mentor_coverage",
            mentoring::coverage,
        )
        .summary("Week by week: mentors wanted, confirmed and missing")
        .who(viewers),
        get("/v1/mentor-slots/{id}", "get_mentor_slot", mentoring::read)
            .summary("A mentor slot and how full it is")
            .who(viewers),
        patch("/v1/mentor-slots/{id}", "change_mentor_slot", mentoring::change)
            .summary("Change a mentor slot; more room goes to the waiting list")
            .who(staff)
            .problems(&[Code::Conflict, Code::SlotFull]),
        delete("/v1/mentor-slots/{id}", "delete_mentor_slot", mentoring::remove)
            .summary("Remove a mentor slot; whoever signed up gets a mail")
            .who(staff)
            .problems(&[Code::Conflict]),
        get(
            "/v1/mentor-slots/{id}/sign-ups",
            "list_sign_ups",
            mentoring::list_sign_ups,
        )
        .summary("Who signed up, in the order they did")
        .who(viewers),
        post("/v1/mentor-slots/{id}/sign-ups", "sign_up", mentoring::sign_up)
            .summary("Take a mentor's place, or get in line for one")
            .who("alumni of any campus and staff of this one")
            .problems(&[Code::NotAlumni, Code::AlreadySignedUp, Code::Conflict]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/me",
            "cancel_own_sign_up",
            mentoring::cancel_own,
        )
        .summary("Give up one's place; the next in line gets it at once")
        .who("whoever signed up")
        .problems(&[Code::InvalidTransition]),
        get(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "get_sign_up",
            mentoring::read_sign_up,
        )
        .summary("Somebody's sign-up")
        .who(viewers),
        patch(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "mark_sign_up",
            mentoring::mark,
        )
        .summary("Note whether a mentor came")
        .who(staff)
        .problems(&[Code::InvalidTransition, Code::Conflict]),
        delete(
            "/v1/mentor-slots/{id}/sign-ups/{person_id}",
            "cancel_sign_up",
            mentoring::cancel_of,
        )
        .summary("Cancel a mentor's sign-up; the next in line gets the place at once")
        .who(staff)
        .problems(&[Code::InvalidTransition]),
        get("/v1/me/sign-ups", "list_own_sign_ups", mentoring::list_own_sign_ups)
            .summary("What the caller gave and promised as a mentor"),
    ]
}

const COHORT_STAFF: &str = "staff of the campus";
const COHORT_INSIDERS: &str = "the cohort's students and mentors, and staff of the campus";

fn team_plans() -> Vec<Operation> {
    vec![
        post("/v1/cohorts/{id}/team-plans", "create_team_plan", teams::create)
            .summary("Form teams for some weeks: a draft that only staff see")
            .who(COHORT_STAFF)
            .rate(Rate::Solve)
            .or_later::<JobView>()
            .problems(&[
                Code::Conflict,
                Code::WeeksPublished,
                Code::RosterChanged,
                Code::PlanInfeasible,
                Code::JobLimit,
            ]),
        get("/v1/cohorts/{id}/team-plans", "list_team_plans", teams::list)
            .summary("The plans of a cohort, newest first")
            .who(COHORT_STAFF),
        get("/v1/team-plans/{id}", "get_team_plan", teams::show)
            .summary("A plan with its rounds and what it is worth, or as a picture")
            .who(COHORT_STAFF)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        delete("/v1/team-plans/{id}", "discard_team_plan", teams::discard)
            .summary("Discard a draft, or of a plan the rounds that are not published")
            .who(COHORT_STAFF)
            .needs_if_match()
            .problems(&[Code::PlanNotDraft]),
        post("/v1/team-plans/{id}/swap-previews", "preview_swap", teams::preview_swap)
            .summary("What a swap would change, without doing it")
            .who(COHORT_STAFF)
            .answers(&[200])
            .not_kept()
            .problems(&[Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/swaps", "swap_people", teams::swap)
            .summary("Let two people change places and roles in one round of a draft")
            .who(COHORT_STAFF)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/moves", "move_person", teams::move_person)
            .summary("Put somebody into another team in one round of a draft")
            .who(COHORT_STAFF)
            .answers(&[200])
            .needs_if_match()
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::WeeksPublished]),
        post("/v1/team-plans/{id}/reruns", "rerun_team_plan", teams::rerun)
            .summary("Keep some teams of a draft and form the others again; in their weeks roles are handed out anew")
            .who(COHORT_STAFF)
            .rate(Rate::Solve)
            .answers(&[200])
            .or_later::<JobView>()
            .needs_if_match()
            .problems(&[
                Code::Conflict,
                Code::PlanNotDraft,
                Code::RosterChanged,
                Code::PlanInfeasible,
                Code::JobLimit,
            ]),
        get("/v1/team-plans/{id}/trade-off", "get_trade_off", teams::trade_off)
            .summary("What better balance would cost a draft in repeats, in numbers or as a picture")
            .who(COHORT_STAFF)
            .also("image/svg+xml"),
        post("/v1/team-plans/{id}/trade-off", "find_trade_off", teams::find_trade_off)
            .summary("Find, in a job, what better balance would cost a draft in repeats")
            .who(COHORT_STAFF)
            .rate(Rate::Solve)
            .answers(&[202])
            .problems(&[Code::Conflict, Code::PlanNotDraft, Code::JobLimit]),
        post(
            "/v1/team-plans/{id}/trade-off/choice",
            "choose_trade_off",
            teams::choose_trade_off,
        )
        .summary("Make the teams of a point of the trade-off those of the draft")
        .who(COHORT_STAFF)
        .answers(&[200])
        .needs_if_match()
        .problems(&[Code::Conflict]),
        get("/v1/team-plans/{id}/explanation", "explain_team_plan", teams::explain)
            .summary("Why a student is where they are in each round of a plan")
            .who(COHORT_STAFF)
            .rate(Rate::Solve),
        post("/v1/team-plans/{id}/publication", "publish_team_plan", teams::publish)
            .summary("Let the students see the teams of some or all weeks")
            .who(COHORT_STAFF)
            .answers(&[200])
            .needs_if_match()
            .problems(&[
                Code::Conflict,
                Code::PlanNotDraft,
                Code::WeeksPublished,
                Code::RosterChanged,
            ]),
    ]
}

fn jobs() -> Vec<Operation> {
    vec![
        get("/v1/cohorts/{id}/jobs", "list_jobs", jobs::list)
            .summary("The jobs of a cohort, newest first")
            .who(COHORT_STAFF),
        get("/v1/jobs/{id}", "get_job", jobs::show)
            .summary("How far a job has come, and what came of it")
            .who(COHORT_STAFF),
        post("/v1/jobs/{id}/cancellation", "cancel_job", jobs::cancel)
            .summary("Cancel a job that has not come to its end")
            .who(COHORT_STAFF)
            .answers(&[200])
            .problems(&[Code::Conflict]),
    ]
}

fn published_teams() -> Vec<Operation> {
    vec![
        get(
            "/v1/cohorts/{id}/weeks/{number}/teams",
            "list_week_teams",
            teams::week_teams,
        )
        .summary("The published teams of a week, with its project")
        .who(COHORT_INSIDERS),
        get("/v1/teams/{id}", "get_team", teams::show_team)
            .summary("A team")
            .who(COHORT_INSIDERS),
        get("/v1/teams/{id}/explanation", "explain_team", teams::explain_team)
            .summary("Why somebody is in a team, as far as published teams tell")
            .who(COHORT_INSIDERS),
        patch("/v1/teams/{id}", "change_team", teams::change_team)
            .summary("Say where a team's work is; staff may also rename it")
            .who("the team's members and staff of the campus"),
        post(
            "/v1/teams/{id}/repair-proposals",
            "propose_repairs",
            teams::propose_repairs,
        )
        .summary("Ways to make a published round right when somebody has left or come")
        .who(COHORT_STAFF)
        .answers(&[200])
        .not_kept()
        .problems(&[Code::Conflict]),
        post("/v1/teams/{id}/repairs", "repair_teams", teams::repair)
            .summary("Move people between published teams of a round, on record")
            .who(COHORT_STAFF)
            .needs_if_match()
            .problems(&[Code::Conflict]),
        get("/v1/cohorts/{id}/team-repairs", "list_team_repairs", teams::repairs)
            .summary("What was changed in published teams, when, by whom and why")
            .who(COHORT_STAFF),
        get("/v1/cohorts/{id}/encounters", "list_encounters", teams::encounters)
            .summary("Who has worked with whom, in numbers or as a picture")
            .who(COHORT_INSIDERS)
            .also("image/svg+xml")
            .problems(&[Code::NotAcceptable]),
        get("/v1/cohorts/{id}/role-ledger", "list_roles", teams::role_ledger)
            .summary("Who has had which role how often in published teams")
            .who(COHORT_INSIDERS),
    ]
}
