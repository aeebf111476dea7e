//! Who an operation is for.

use serde_json::{Value, json};

use crate::error::Code;

/// Who may call an operation. The words in the document, the problems of those who may not and
/// the need for an access token follow from it; what is decided about one caller and one object is
/// decided in the operation's action, and `docs/authz.md` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Also without an access token.
    Anyone,
    /// The body proves who calls; a token sent along, which may have ended, is not looked at.
    CredentialsInBody,
    /// Anybody with a session.
    SignedIn,
    /// Whoever runs the whole service.
    Administrators,
    /// Organisers and facilitators of the campus.
    CampusStaff,
    /// Organisers of the campus.
    CampusOrganisers,
    /// Organisers and facilitators of the campus that the cohort belongs to.
    CohortStaff,
    /// Whoever sees inside the cohort.
    CohortInsiders,
    /// The cohort's staff, and students as far as it concerns themselves.
    CohortStaffAndSelf,
    /// The members of the team, and the cohort's staff.
    TeamMembers,
    /// Whoever sees when the cohort wants mentors.
    MentorSlotViewers,
    /// The cohort's staff, and whoever holds office hours that a mentor offered.
    SlotKeepers,
    /// Whoever may take a mentor's place.
    Mentors,
    /// Whoever has or had a mentor's place in the cohort, and its staff.
    CohortMentors,
    /// Members of the reviewing team, and the week's mentors.
    CodeReviewers,
    /// Members of the reviewed team, and whoever raised the issue.
    IssueParties,
    /// Whoever shared it, and the cohort's staff if they remove it.
    DiscoverySharers,
    /// The cohort's students and staff.
    CohortMembers,
    /// Whoever takes part in the retro, and the cohort's staff.
    RetroHolders,
    /// Whoever takes part in the retro.
    RetroVoters,
    /// Whoever wrote it, and the cohort's staff if they remove it.
    RetroItemAuthors,
    /// The pastoral carers of the campus.
    PastoralCarers,
    /// Whoever sees inside the cohort, and the pastoral carers of its campus.
    RosterReaders,
    /// Whoever belongs to the campus.
    CampusPeople,
    /// The cohort's students.
    CohortStudents,
    /// Staff of the campus, and of campuses whose alumni it admits.
    TemplateReaders,
    /// The members of the team.
    TeamMates,
    /// Whoever applies.
    Applicants,
    /// Whoever applies, and the staff of the campus.
    ApplicationReaders,
    /// The panel that reads the applications to the cohort.
    AdmissionPanel,
    /// The client's product owners, and the staff of the campus.
    ClientReaders,
    /// The client's product owners.
    ProductOwners,
    /// The team of the product, the client's product owners, and the staff of the campus.
    ProductParties,
    /// Whoever sees inside the cohort, and product owners who are invited.
    DemoDayReaders,
    /// Graduates who are members of the campus, those who have built for a client, and the staff of the campus.
    BriefCandidates,
    /// The client's product owners, those to whom the brief is open, its team, and the staff of the campuses that have or had it.
    BriefReaders,
    /// The employer's contacts, and the staff of the campus.
    EmployerReaders,
    /// The graduate, the staff of the campus, and the employer's contacts once the graduate has agreed.
    IntroductionReaders,
    /// The graduate whom an introduction is about.
    IntroducedGraduates,
}

impl Who {
    /// In words, as they follow "For".
    pub fn words(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::CredentialsInBody => "anyone; the body proves who they are",
            Self::SignedIn => "anyone with an account",
            Self::Administrators => "administrators of the service",
            Self::CampusStaff => "staff of the campus",
            Self::CampusOrganisers => "organisers of the campus",
            Self::CohortStaff => "staff of the cohort's campus",
            Self::CohortInsiders => "the cohort's students, graduates and mentors, and staff of its campus",
            Self::CohortStaffAndSelf => "staff of the cohort's campus, and students for themselves",
            Self::TeamMembers => "the team's members, and staff of the cohort's campus",
            Self::MentorSlotViewers => {
                "alumni whom the campus admits, the cohort's students and mentors, and staff of its campus"
            }
            Self::SlotKeepers => "staff of the cohort's campus, and mentors for office hours that they offer",
            Self::Mentors => "alumni whom the campus admits, and its staff",
            Self::CohortMentors => "mentors with a place in the cohort, and staff of its campus",
            Self::CodeReviewers => {
                "members of the reviewing team, and mentors of the week who are not in the reviewed team"
            }
            Self::IssueParties => "members of the reviewed team, and whoever raised the issue",
            Self::PastoralCarers => "pastoral carers of the campus",
            Self::RosterReaders => {
                "the cohort's students, graduates and mentors, and staff and pastoral carers of its campus"
            }
            Self::CampusPeople => "members of the campus, students of its cohorts, and its staff",
            Self::CohortStudents => "the cohort's students",
            Self::TemplateReaders => "staff of the campus, and of campuses whose alumni it admits",
            Self::DiscoverySharers => "whoever shared it; staff of the cohort's campus may remove it too",
            Self::CohortMembers => "the cohort's students, and staff of its campus",
            Self::RetroHolders => "the team's members, of a cohort's retro its students, and staff of its campus",
            Self::RetroVoters => "the team's members, of a cohort's retro its students",
            Self::RetroItemAuthors => "whoever wrote it; staff of the cohort's campus may remove it too",
            Self::TeamMates => "the team's members",
            Self::Applicants => "the applicant",
            Self::ApplicationReaders => "the applicant, and staff of the cohort's campus",
            Self::AdmissionPanel => "the panel that reads the cohort's applications",
            Self::ClientReaders => "the client's product owners, and staff of the campus",
            Self::ProductOwners => "the client's product owners",
            Self::ProductParties => "the product's team, the client's product owners, and staff of the campus",
            Self::BriefCandidates => {
                "graduates who are members of the campus, whoever has built for a client, and staff of the campus"
            }
            Self::BriefReaders => {
                "the client's product owners, those to whom the brief is open, its team, and staff of the campus"
            }
            Self::DemoDayReaders => {
                "the cohort's students, graduates and mentors, staff of its campus, and product owners who are invited"
            }
            Self::EmployerReaders => "the employer's contacts, and staff of the campus",
            Self::IntroductionReaders => {
                "the graduate, the employer's contacts once the graduate has agreed, and staff of the campus"
            }
            Self::IntroducedGraduates => "the graduate whom it is about",
        }
    }

    /// Whether an access token that is sent along is looked at.
    pub(super) fn reads_token(self) -> bool {
        self != Self::CredentialsInBody
    }

    /// Whether nothing is done without an access token.
    pub(super) fn needs_token(self) -> bool {
        !matches!(self, Self::Anyone | Self::CredentialsInBody)
    }

    /// What those who may not are answered.
    pub(super) fn refusals(self) -> &'static [Code] {
        match self {
            Self::CredentialsInBody => &[],
            Self::Anyone => &[Code::InvalidToken],
            Self::SignedIn => &[Code::InvalidToken, Code::AuthenticationRequired],
            Self::Administrators => &[
                Code::InvalidToken,
                Code::AuthenticationRequired,
                Code::Forbidden,
                Code::SecondFactorRequired,
            ],
            Self::CampusStaff
            | Self::CampusOrganisers
            | Self::CohortStaff
            | Self::CohortInsiders
            | Self::CohortStaffAndSelf
            | Self::TeamMembers
            | Self::MentorSlotViewers
            | Self::SlotKeepers
            | Self::Mentors
            | Self::CohortMentors
            | Self::CodeReviewers
            | Self::IssueParties
            | Self::DiscoverySharers
            | Self::CohortMembers
            | Self::RetroHolders
            | Self::RetroVoters
            | Self::RetroItemAuthors
            | Self::PastoralCarers
            | Self::RosterReaders
            | Self::CampusPeople
            | Self::CohortStudents
            | Self::TemplateReaders
            | Self::TeamMates
            | Self::Applicants
            | Self::ApplicationReaders
            | Self::AdmissionPanel
            | Self::ClientReaders
            | Self::ProductOwners
            | Self::ProductParties
            | Self::DemoDayReaders
            | Self::BriefCandidates
            | Self::BriefReaders
            | Self::EmployerReaders
            | Self::IntroductionReaders
            | Self::IntroducedGraduates => &[
                Code::InvalidToken,
                Code::AuthenticationRequired,
                Code::Forbidden,
                Code::SecondFactorRequired,
                Code::CampusClosed,
            ],
        }
    }

    /// The security requirement of the OpenAPI document.
    pub(super) fn security(self) -> Value {
        match (self.reads_token(), self.needs_token()) {
            (_, true) => json!([{ "token": [] }, { "cookie": [] }]),
            (true, false) => json!([{}, { "token": [] }, { "cookie": [] }]),
            (false, false) => json!([]),
        }
    }
}
