//! The operations of this feature.

use super::{applications as app, decisions, intakes, interviews, reading};
use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "admissions",
    about: "How people come into a cohort: its intake, applications to it, and what becomes of them.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = of_intakes();
    all.extend(of_applications());
    all.extend(of_reading());
    all.extend(of_interviews());
    all.extend(of_decisions());
    all
}

fn of_intakes() -> Vec<Operation> {
    TAG.operations([
        get("/v1/intakes", "list_intakes", intakes::list_intakes)
            .summary("List intakes")
            .about(
                "\
                Intakes that are to come or open, at all campuses, by their cohorts. One that closed within the last day may \
                still be among them; `state` says so.",
            )
            .who(Who::Anyone),
        get("/v1/cohorts/{id}/intake", "get_intake", intakes::get_intake)
            .summary("Show an intake")
            .about(
                "\
                When people apply to a cohort, for how many places, and what they are asked. Each period begins with its first \
                moment and ends before its last.",
            )
            .who(Who::Anyone),
        put("/v1/cohorts/{id}/intake", "set_intake", intakes::set_intake)
            .summary("Set up an intake")
            .answers(&[200])
            .about(
                "\
                Sets up how people come into a cohort, or changes it. Times are by the clocks of the campus; a date closes at \
                its end. Offers that were made keep the time by which they are answered.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::ApplicationsClosed])
            .takes_if_match(),
        put(
            "/v1/cohorts/{id}/intake/form",
            "set_application_form",
            intakes::set_application_form,
        )
        .summary("Set what applicants are asked")
        .answers(&[200])
        .about(
            "\
            Makes a new version of the form, unless it is the same. Applications that were handed in keep the version that they \
            answer; drafts are saved again with the new one before they are handed in.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict])
        .takes_if_match(),
        put(
            "/v1/cohorts/{id}/intake/interest/me",
            "express_interest",
            intakes::express_interest,
        )
        .summary("Express interest")
        .about("The caller is told when applications open. Repeating it changes nothing.")
        .who(Who::Applicants)
        .problems(&[Code::ApplicationsClosed])
        .secret(),
        delete(
            "/v1/cohorts/{id}/intake/interest/me",
            "withdraw_interest",
            intakes::withdraw_interest,
        )
        .summary("Withdraw interest")
        .about("The caller is told nothing more about the intake.")
        .who(Who::Applicants)
        .secret(),
    ])
}

fn of_applications() -> Vec<Operation> {
    TAG.operations([
        post("/v1/cohorts/{id}/applications", "create_application", app::create_application)
            .summary("Begin an application")
            .about(
                "\
                Begins a draft, which nobody else sees. There is one application for each person and cohort, whatever became of it: a \
                second is refused with the `application_id` of the first.",
            )
            .who(Who::Applicants)
            .problems(&[Code::AlreadyApplied, Code::ApplicationsClosed, Code::Conflict]),
        get("/v1/cohorts/{id}/applications", "list_applications", app::list_applications)
            .summary("List applications")
            .about("The applications to a cohort that were handed in, in the order in which they were begun.")
            .who(Who::CohortStaff),
        get("/v1/me/applications", "list_own_applications", app::list_own_applications)
            .summary("List own applications")
            .about(
                "\
                The caller's applications to all cohorts, the latest first, with offers to answer, waiting lists, interviews and \
                trial weeks. The list is never paged.",
            )
            .open_to_programs()
            .no_store(),
        get("/v1/applications/{id}", "get_application", app::get_application)
            .summary("Show an application")
            .about("An application with the questions that it answers. Of a draft only the applicant sees that there is one.")
            .who(Who::ApplicationReaders),
        patch("/v1/applications/{id}", "change_application", app::change_application)
            .summary("Save a draft")
            .about(
                "\
                Saves answers of a draft, as many as there are; they are then answers to the newest version of the form. Whether \
                the application may be kept can be changed at any time.",
            )
            .who(Who::Applicants)
            .problems(&[Code::InvalidTransition, Code::ApplicationsClosed]),
        put("/v1/applications/{id}/submission", "submit_application", app::submit_application)
            .summary("Hand in an application")
            .answers(&[200])
            .about(
                "\
                Hands a draft in. Whether that is in time is decided by when the server receives it. Repeating it changes \
                nothing. Where the service sends mail, the address of the account must be proved.",
            )
            .who(Who::Applicants)
            .problems(&[Code::ApplicationsClosed, Code::Conflict, Code::InvalidTransition, Code::InvalidFields])
            .takes_if_match(),
        delete("/v1/applications/{id}/submission", "take_application_back", app::take_application_back)
            .summary("Take an application back")
            .answers(&[200])
            .about(
                "\
                While applications are open, makes a draft again of an application that was handed in or withdrawn, so that it can \
                be changed and handed in anew. Scores that it has are forgotten, and an interview that is booked is free for \
                others. Repeating it changes nothing.",
            )
            .who(Who::Applicants)
            .problems(&[Code::ApplicationsClosed, Code::InvalidTransition])
            .takes_if_match(),
        put("/v1/applications/{id}/withdrawal", "withdraw_application", app::withdraw_application)
            .summary("Withdraw an application")
            .answers(&[200])
            .about("The caller does not apply any more, in whatever state the application is. Both sides are told.")
            .who(Who::Applicants)
            .problems(&[Code::InvalidTransition])
            .takes_if_match(),
        post("/v1/applications/{id}/evidence", "note_evidence", app::note_evidence)
            .summary("Note evidence")
            .about(
                "\
                Notes how far an applicant has come with something that is asked: as they say themself, or as the staff saw it, \
                now or at an earlier time. What was seen when applications closed counts, the last by the staff before the last \
                by the applicant.",
            )
            .who(Who::ApplicationReaders)
            .problems(&[Code::Conflict]),
    ])
}

fn of_reading() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/intake/rubric", "get_rubric", reading::get_rubric)
            .summary("Show the rubric")
            .about("By what the applications to a cohort are read, for its staff and its panel.")
            .who(Who::AdmissionPanel),
        put("/v1/cohorts/{id}/intake/rubric", "set_rubric", reading::set_rubric)
            .summary("Set the rubric")
            .answers(&[200])
            .about(
                "\
                Applications are read by this from now on. Points that were given for a criterion that is gone count for nothing. \
                With `blind`, readers see no names before they have scored.",
            )
            .who(Who::CohortStaff)
            .takes_if_match(),
        get(
            "/v1/cohorts/{id}/admission-panel",
            "list_admission_panel",
            reading::list_admission_panel,
        )
        .summary("List the panel")
        .about("Who reads the applications to a cohort, by name. The list is never paged.")
        .who(Who::CohortStaff),
        put(
            "/v1/cohorts/{id}/admission-panel/{person_id}",
            "appoint_panel_member",
            reading::appoint_panel_member,
        )
        .summary("Put somebody on the panel")
        .about(
            "\
            Somebody of the campus's staff, or of the alumni whom it admits, reads applications from now on. They get a notice \
            and a mail.",
        )
        .who(Who::CohortStaff)
        .takes_session()
        .problems(&[Code::Conflict, Code::InvalidFields]),
        delete(
            "/v1/cohorts/{id}/admission-panel/{person_id}",
            "dismiss_panel_member",
            reading::dismiss_panel_member,
        )
        .summary("Take somebody off the panel")
        .about("Somebody reads no more applications. What they thought of those that they have read counts on.")
        .who(Who::CohortStaff)
        .takes_session(),
        get("/v1/me/admission-panels", "list_own_panels", reading::list_own_panels)
            .summary("List my panels")
            .about(
                "\
                The panels that the caller is on, of cohorts that are planned or running, each with how many applications there \
                are to read. Empty for whoever is on none; never paged.",
            )
            .open_to_programs()
            .no_store(),
        get(
            "/v1/cohorts/{id}/applications-to-read",
            "list_applications_to_read",
            reading::list_applications_to_read,
        )
        .summary("List applications to read")
        .about(
            "\
            The applications that wait for a decision and that the caller reads, with what they think of each. Those of people \
            whom they should not decide about are not among them. Staff who are not on the panel are refused.",
        )
        .who(Who::AdmissionPanel),
        get("/v1/applications/{id}/reading", "read_application", reading::read_application)
            .summary("Read an application")
            .about(
                "\
                An application as the panel reads it. Where reading is blind, the name is there once the caller has scored; so are \
                what the others think and the average, which whoever abstains does not see.",
            )
            .who(Who::AdmissionPanel),
        put("/v1/applications/{id}/scores/me", "score_application", reading::score_application)
            .summary("Score an application")
            .answers(&[200])
            .about(
                "\
                Says what the caller thinks: points for each criterion, or none to abstain. Whoever abstains counts in no \
                average, and may score later.",
            )
            .who(Who::AdmissionPanel)
            .problems(&[Code::InvalidTransition])
            .secret(),
        put("/v1/applications/{id}/recusals/me", "stand_aside", reading::stand_aside)
            .summary("Stand aside")
            .about(
                "\
                The caller has nothing to do with the application from now on, and what they thought of it does not count. They \
                cannot take this back themself.",
            )
            .who(Who::AdmissionPanel)
            .secret(),
        delete(
            "/v1/applications/{id}/recusals/{person_id}",
            "lift_recusal",
            reading::lift_recusal,
        )
        .summary("Lift a recusal")
        .about(
            "\
            Somebody may read an application again that they have stood aside from. It changes nothing about what the service \
            knows of the two, and does not say whether there is anything.",
        )
        .who(Who::CohortStaff)
        .takes_session(),
    ])
}

fn of_interviews() -> Vec<Operation> {
    TAG.operations([
        post(
            "/v1/cohorts/{id}/interview-slots",
            "create_interview_slots",
            interviews::create_interview_slots,
        )
        .summary("Offer times for interviews")
        .about("Offers times that applicants book themselves, each for one. An interviewer is somebody of the panel.")
        .who(Who::CohortStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/cohorts/{id}/interview-slots",
            "list_interview_slots",
            interviews::list_interview_slots,
        )
        .summary("List times for interviews")
        .about(
            "\
            For the staff all times, with whose they are; for an applicant their own and those that they can book. The list is \
            never paged.",
        )
        .who(Who::ApplicationReaders),
        delete(
            "/v1/interview-slots/{id}",
            "delete_interview_slot",
            interviews::delete_interview_slot,
        )
        .summary("Take a time for interviews away")
        .about("Takes a time away. Whoever has booked it is told, and books another.")
        .who(Who::CohortStaff),
        put(
            "/v1/interview-slots/{id}/booking/me",
            "book_interview",
            interviews::book_interview,
        )
        .summary("Book an interview")
        .answers(&[200])
        .about(
            "\
            Books a time. There is one interview for each person and cohort, and none that overlaps another, at whichever campus. \
            Repeating it changes nothing.",
        )
        .who(Who::Applicants)
        .problems(&[Code::Conflict, Code::SlotTaken, Code::SlotOver, Code::InvalidTransition]),
        delete(
            "/v1/interview-slots/{id}/booking/me",
            "cancel_interview",
            interviews::cancel_interview,
        )
        .summary("Cancel an interview")
        .about("Gives a time up, so that others can book it.")
        .who(Who::Applicants)
        .problems(&[Code::SlotOver]),
    ])
}

fn of_decisions() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/cohorts/{id}/admission-ranking",
            "get_admission_ranking",
            decisions::get_admission_ranking,
        )
        .summary("Show the ranking")
        .about(
            "\
            The applications that wait for a decision, the best first: those who meet what is asked, then the others, each by the \
            panel's average with the points of what was chosen, as the form says; of equals, whoever handed in first. The list is \
            never paged.",
        )
        .who(Who::CohortStaff),
        post(
            "/v1/cohorts/{id}/admission-rounds",
            "decide_admission_round",
            decisions::decide_admission_round,
        )
        .summary("Decide by the ranking")
        .about(
            "\
            Offers places to the best, puts the next on the waiting list, and rejects the others if that is asked. Each number is how \
            many more. Whoever lacks evidence that is required is left out, unless `include_unmet` is sent. While anybody waits, \
            newcomers join the end of the list. With `trial`, invites the best to the trial week instead; where there is one, places \
            are for those who took part in it. With `dry_run` it is only shown what would be decided (`200`).",
        )
        .who(Who::CohortStaff)
        .answers(&[201, 200])
        .problems(&[Code::ApplicationsClosed, Code::InvalidTransition, Code::Conflict]),
        put(
            "/v1/applications/{id}/decision",
            "decide_application",
            decisions::decide_application,
        )
        .summary("Decide on an application")
        .answers(&[200])
        .about(
            "\
            Offers a place, which becomes one at the end of the waiting list while anybody waits or all places are given; or puts \
            on the waiting list; or rejects. The time by which an offer is answered stays as it is then.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::ApplicationsClosed])
            .takes_if_match(),
        put("/v1/applications/{id}/trial", "note_trial", decisions::note_trial)
            .summary("Note what became of an applicant in the trial week")
            .answers(&[200])
            .about(
                "\
                Invites them, up to its last day, of which they are told by mail; or notes from its first day on whether they came. \
                Where there is a trial week, a round of decisions offers places only to those who took part in it.",
            )
            .who(Who::CohortStaff)
            .problems(&[Code::InvalidTransition, Code::Conflict])
            .takes_if_match(),
        put(
            "/v1/applications/{id}/deferral",
            "defer_application",
            decisions::defer_application,
        )
        .summary("Defer an application")
        .answers(&[200])
        .about(
            "\
            Lets an application go on in another cohort of the campus. Whoever had an offer is given a place there, or one at the end \
            of its waiting list.",
        )
        .who(Who::CohortStaff)
        .problems(&[Code::InvalidTransition, Code::ApplicationsClosed, Code::AlreadyApplied])
            .takes_if_match(),
        put("/v1/applications/{id}/acceptance", "accept_offer", decisions::accept_offer)
            .summary("Accept an offer")
            .answers(&[200])
            .about(
                "\
                The caller becomes a student of the cohort and a member of its campus, declines all other offers and withdraws \
                every other application. Repeating it changes nothing.",
            )
            .who(Who::Applicants)
            .problems(&[
                Code::InvalidTransition,
                Code::ApplicationsClosed,
                Code::AlreadyEnrolled,
                Code::Conflict,
            ])
            .takes_if_match(),
        put("/v1/applications/{id}/refusal", "decline_offer", decisions::decline_offer)
            .summary("Decline an offer")
            .answers(&[200])
            .about("The place goes to the next in line. Repeating it changes nothing.")
            .who(Who::Applicants)
            .problems(&[Code::InvalidTransition])
            .takes_if_match(),
        get(
            "/v1/cohorts/{id}/admission-figures",
            "get_admission_figures",
            decisions::get_admission_figures,
        )
        .summary("Show figures")
        .about("How many applications to a cohort are in each state, as far as that tells of nobody.")
        .who(Who::CohortStaff),
    ])
}
