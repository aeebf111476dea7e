//! Intakes, and applications to them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::campus,
    rows::{LeftOut, person, rows},
};
use crate::{
    admissions::model::ApplicationStatus,
    db::schema::{
        admission_interests, admission_panels, application_forms, application_recusals, application_scores,
        applications, evidence_readings, intakes, interview_slots,
    },
    primitives::{Id, Instant, Json, Line, LocalTime, Text, TimeOfDay, Url, Word},
};

rows! {
    /// A cohort that the person is interested in.
    ExportedInterest from admission_interests {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// An application.
    ApplicationRow from applications {
        /// The application's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Who applies.
        person_id: Id,
        /// The version of the form that it answers.
        form_id: Id,
        /// By the keys of the questions.
        answers: Json,
        /// Where it is on its way.
        status: String,
        /// Whether the applicant agrees that it is kept when it has led nowhere.
        may_be_kept: bool,
        /// When it was handed in.
        submitted_at: Option<Instant>,
        /// When it came to an end.
        ended_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was begun.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// Until when an offer is answered, by the clocks of the campus.
        reply_by_local: Option<LocalTime>,
        /// The place in the waiting list.
        turn: Option<i64>,
        /// The application with which it goes on in another cohort.
        deferred_to: Option<Id>,
        /// How far the applicant is with the trial week.
        trial: Option<String>,
    }

    /// An application, without what was answered.
    CampusApplicationRow from applications {
        /// The application's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Who applies.
        person_id: Id,
        /// The version of the form that it answers.
        form_id: Id,
        /// Where it is on its way.
        status: String,
        /// Whether the applicant agrees that it is kept when it has led nowhere.
        may_be_kept: bool,
        /// When it was handed in.
        submitted_at: Option<Instant>,
        /// When it came to an end.
        ended_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was begun.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// Until when an offer is answered, by the clocks of the campus.
        reply_by_local: Option<LocalTime>,
        /// The place in the waiting list.
        turn: Option<i64>,
        /// The application with which it goes on in another cohort.
        deferred_to: Option<Id>,
        /// How far the applicant is with the trial week.
        trial: Option<String>,
    }

    /// A time for an interview.
    InterviewSlotRow from interview_slots {
        /// The time's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// When it begins, by the clocks of the campus.
        starts_local: LocalTime,
        /// When it ends.
        ends_local: LocalTime,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Who asks.
        interviewer_id: Option<Id>,
        /// Whose it is.
        application_id: Option<Id>,
        /// When it was booked.
        booked_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// How far an applicant had come.
    EvidenceRow from evidence_readings {
        /// The reading's id.
        id: Id,
        /// The application.
        application_id: Id,
        /// The key of the question.
        question: Word,
        /// How far.
        value: i32,
        /// When that was seen.
        seen_at: Instant,
        /// Whether the staff looked.
        is_checked: bool,
        /// Who noted it.
        noted_by: Option<Id>,
        /// When it was noted.
        created_at: Instant,
    }

    /// A panel that the person is on, or somebody on a panel of the campus.
    PanelMemberRow from admission_panels {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// What the person thinks of an application.
    ExportedScore from application_scores {
        /// The application.
        application_id: Id,
        /// The person.
        person_id: Id,
        /// By the keys of the criteria; none if they abstain.
        points: Option<Json>,
        /// Why.
        note: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was given.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// An application that the person has stood aside from.
    ExportedRecusal from application_recusals {
        /// The application.
        application_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// How people come into a cohort.
    IntakeRow from intakes {
        /// The cohort.
        cohort_id: Id,
        /// From this day on people can say that they are interested.
        interest_from: Option<NaiveDate>,
        /// When it opens, by the clocks of the campus.
        opens_local: LocalTime,
        /// When it is closed.
        closes_local: LocalTime,
        /// The first day of interviews.
        interviews_from: Option<NaiveDate>,
        /// The last day of interviews.
        interviews_to: Option<NaiveDate>,
        /// The first day of the trial week.
        trial_from: Option<NaiveDate>,
        /// Its last day.
        trial_to: Option<NaiveDate>,
        /// Where people come to in it.
        trial_place: Option<Line>,
        /// Where they meet online or read more.
        trial_url: Option<Url>,
        /// When it begins on its first day.
        trial_starts: Option<TimeOfDay>,
        /// How many are taken.
        places: i32,
        /// When the campus will have decided.
        decide_by: Option<NaiveDate>,
        /// In how many working days an offer is answered.
        reply_days: i32,
        /// The last day of the waiting list.
        waiting_list_until: Option<NaiveDate>,
        /// What is done before the cohort begins.
        precourse: Option<Text>,
        /// Where that is.
        precourse_url: Option<Url>,
        /// For how many months applications that led nowhere are kept.
        keep_months: i32,
        /// When those who are interested were told that it is open.
        opening_told_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was set up.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// What applications are read for.
        rubric: Json,
        /// Whether readers see no names before they have scored.
        is_blind: bool,
    }

    /// A version of what applicants are asked.
    ApplicationFormRow from application_forms {
        /// The version's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its number.
        number: i32,
        /// What is asked.
        questions: Json,
        /// When it was made.
        created_at: Instant,
    }
}

person! {
    Admissions {
        /// Cohorts that the person is interested in.
        admission_interests: ExportedInterest in admission_interests of person_id by cohort_id;
        /// The person's applications.
        applications: ApplicationRow in applications of person_id by id;
        /// How far the person had come with what is asked of applicants.
        evidence: EvidenceRow = |whose| evidence_readings::table
            .inner_join(applications::table)
            .filter(applications::person_id.eq(whose.person))
            .order(evidence_readings::id);
        /// How far applicants had come, as the person noted.
        noted_evidence: EvidenceRow in evidence_readings of noted_by by id;
        /// Interviews that the person has booked.
        interviews: InterviewSlotRow = |whose| interview_slots::table
            .inner_join(applications::table)
            .filter(applications::person_id.eq(whose.person))
            .order(interview_slots::id);
        /// Interviews in which the person asks.
        given_interviews: InterviewSlotRow in interview_slots of interviewer_id by id;
        /// Panels that the person is on.
        admission_panels: PanelMemberRow in admission_panels of person_id by cohort_id;
        /// What the person thinks of applications.
        given_scores: ExportedScore in application_scores of person_id by application_id;
        /// Applications that the person has stood aside from.
        recusals: ExportedRecusal in application_recusals of person_id by application_id;
    }
}

campus! {
    CampusAdmissions {
        /// How people come into its cohorts.
        intakes: IntakeRow in intakes of cohorts by cohort_id;
        /// What applicants are asked.
        application_forms: ApplicationFormRow in application_forms of cohorts by id;
        /// Applications that were handed in and that whoever takes the copy may read.
        applications: CampusApplicationRow = |scope| applications::table
            .filter(applications::cohort_id.eq_any(&scope.cohorts))
            .filter(applications::status.ne(ApplicationStatus::Draft))
            .filter(applications::id.ne_all(&scope.recused))
            .order(applications::id);
        /// Times for interviews.
        interview_slots: InterviewSlotRow = |scope| interview_slots::table
            .filter(interview_slots::cohort_id.eq_any(&scope.cohorts))
            .filter(interview_slots::application_id.is_null().or(interview_slots::application_id.ne_all(&scope.recused)))
            .order((interview_slots::cohort_id, interview_slots::id));
        /// Who reads applications.
        admission_panels: PanelMemberRow in admission_panels of cohorts by person_id;
        /// How far applicants had come.
        evidence_readings: EvidenceRow = |scope| evidence_readings::table
            .inner_join(applications::table)
            .filter(applications::cohort_id.eq_any(&scope.cohorts))
            .filter(applications::status.ne(ApplicationStatus::Draft))
            .filter(applications::id.ne_all(&scope.recused))
            .order(evidence_readings::id);
    }
}

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (
        "who is interested in a cohort: that is told to them alone when applications open",
        &["admission_interests.*"],
    ),
    (
        "what applicants answered: some of it counts by the campus's published rule and is shown to nobody",
        &["applications.answers"],
    ),
    (
        "what single people on a panel think of applications, and which they have stood aside from: what came of it is there",
        &["application_scores.*", "application_recusals.*"],
    ),
];
