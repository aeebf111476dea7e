//! The texts of letters, in every language: `texts/*.ftl`, in the syntax of Project Fluent, which translators know.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::{
    error::{Error, Result},
    primitives::Language,
};

macro_rules! texts {
    ($($name:ident = $id:literal,)*) => {
        /// A text, by its id in the files. One that is in no file fails a test, one that nobody writes the build.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum Text { $($name,)* }

        impl Text {
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its id.
            pub(super) fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

texts! {
    Date = "date",
    Moment = "moment",
    Period = "period",
    ForPrograms = "for-programs",
    ForTheConsole = "for-the-console",
    CodeRegistration = "code-registration",
    CodeRegistrationKnown = "code-registration-known",
    CodeRegistrationUnproved = "code-registration-unproved",
    CodeVerification = "code-verification",
    CodePasswordReset = "code-password-reset",
    CodeEmailChange = "code-email-change",
    CodeEmailChangeConsent = "code-email-change-consent",
    AccountPasswordChanged = "account-password-changed",
    AccountPasswordReset = "account-password-reset",
    AccountPasswordResetFactor = "account-password-reset-factor",
    AccountPasskeyAdded = "account-passkey-added",
    AccountPasskeyRemoved = "account-passkey-removed",
    AccountApiTokenCreated = "account-api-token-created",
    AccountCalendarFeedCreated = "account-calendar-feed-created",
    AccountSecondFactorAdded = "account-second-factor-added",
    AccountSecondFactorRemoved = "account-second-factor-removed",
    AccountEmailChanged = "account-email-changed",
    AccountMerged = "account-merged",
    AccountMergedInto = "account-merged-into",
    AccountSessionReused = "account-session-reused",
    SignOnLinked = "sign-on-linked",
    SignOnClaimEnded = "sign-on-claim-ended",
    SignOnUnlinked = "sign-on-unlinked",
    CampusClosed = "campus-closed",
    CampusClosedOrganisers = "campus-closed-organisers",
    CampusReopened = "campus-reopened",
    StaffInvitation = "staff-invitation",
    StudentInvitation = "student-invitation",
    AlumniInvitation = "alumni-invitation",
    WebhookGone = "webhook-gone",
    WebhookFailing = "webhook-failing",
    ForYou = "for-you",
    AtPlace = "at-place",
    AtLink = "at-link",
    BeginsAt = "begins-at",
    ConfirmBy = "confirm-by",
    SlotPromoted = "slot-promoted",
    SlotSignUpCancelled = "slot-sign-up-cancelled",
    SlotRemoved = "slot-removed",
    SlotTimedRemoved = "slot-timed-removed",
    SlotCalledOff = "slot-called-off",
    SlotTakesPlace = "slot-takes-place",
    SlotMoved = "slot-moved",
    SlotTimedMoved = "slot-timed-moved",
    SlotReconfirmationAsked = "slot-reconfirmation-asked",
    SlotPlaceExpired = "slot-place-expired",
    SlotHandedOver = "slot-handed-over",
    SlotTakenOver = "slot-taken-over",
    SlotBooked = "slot-booked",
    SlotBookingCancelled = "slot-booking-cancelled",
    SlotBookingMoved = "slot-booking-moved",
    SlotBookingHandedOver = "slot-booking-handed-over",
    AllocationPlace = "allocation-place",
    AllocationNone = "allocation-none",
    ApplicationSubmitted = "application-submitted",
    ApplicationWaitlisted = "application-waitlisted",
    ApplicationOffered = "application-offered",
    ApplicationAccepted = "application-accepted",
    ApplicationDeclined = "application-declined",
    ApplicationExpired = "application-expired",
    ApplicationRejected = "application-rejected",
    ApplicationWithdrawn = "application-withdrawn",
    ApplicationTrialInvited = "application-trial-invited",
    ApplicationDeferred = "application-deferred",
    ApplicationInterviewBooked = "application-interview-booked",
    ApplicationInterviewCancelled = "application-interview-cancelled",
    ApplicationPanelJoined = "application-panel-joined",
    ClientStep = "client-step",
    ClientNote = "client-note",
    ClientAnswer = "client-answer",
    ClientReminder = "client-reminder",
    ClientWorkshopMoved = "client-workshop-moved",
    DemoDay = "demo-day",
    OwnerInvitation = "owner-invitation",
    NoticeTeamPublished = "notice-team-published",
    NoticeTeamPublishedWeeks = "notice-team-published-weeks",
    NoticeTeamChanged = "notice-team-changed",
    NoticeTeamChangedWeeks = "notice-team-changed-weeks",
    NoticeEnrolled = "notice-enrolled",
    NoticeCalledOff = "notice-called-off",
    NoticeTakesPlace = "notice-takes-place",
    NoticeAdmitted = "notice-admitted",
    NoticeAppointed = "notice-appointed",
    NoticeRequest = "notice-request",
    NoticeAllocation = "notice-allocation",
    NoticeDraw = "notice-draw",
    NoticeSwapForYours = "notice-swap-for-yours",
    NoticeSwapForWhoWaits = "notice-swap-for-who-waits",
    NoticeEventMoved = "notice-event-moved",
    NoticeEventElsewhere = "notice-event-elsewhere",
    NoticeEventCancelled = "notice-event-cancelled",
    NoticeEventReinstated = "notice-event-reinstated",
    NoticeTimetable = "notice-timetable",
    NoticeAction = "notice-action",
    NoticeReviewAssigned = "notice-review-assigned",
    NoticeReviewTakenOver = "notice-review-taken-over",
    NoticeIssueRaised = "notice-issue-raised",
    NoticeIssueAnswered = "notice-issue-answered",
    NoticeIssueClosed = "notice-issue-closed",
    NoticeCarers = "notice-carers",
    NoticeApplicationWithdrawn = "notice-application-withdrawn",
    NoticeApplicationAccepted = "notice-application-accepted",
    NoticeApplicationDeclined = "notice-application-declined",
    NoticeOffersExpired = "notice-offers-expired",
    NoticeIntakeOpened = "notice-intake-opened",
    NoticeTrialMoved = "notice-trial-moved",
    NoticeTrialRemoved = "notice-trial-removed",
    NoticeInterviewsOffered = "notice-interviews-offered",
    NoticeInterviewBooked = "notice-interview-booked",
    NoticeInterviewGivenUp = "notice-interview-given-up",
    NoticeDueMoved = "notice-due-moved",
    NoticeDueRemoved = "notice-due-removed",
    NoticeTeamDueMoved = "notice-team-due-moved",
    NoticeWalkMoved = "notice-walk-moved",
    NoticeWalkCalledOff = "notice-walk-called-off",
    NoticeCoverMissing = "notice-cover-missing",
    NoticeClientStep = "notice-client-step",
    NoticeClientNews = "notice-client-news",
    NoticeClientReminder = "notice-client-reminder",
    NoticeClientShared = "notice-client-shared",
    NoticeProductVote = "notice-product-vote",
    NoticeProductsChosen = "notice-products-chosen",
    NoticeProductTeam = "notice-product-team",
    NoticeHandOverReady = "notice-hand-over-ready",
    NoticeWorkshopMoved = "notice-workshop-moved",
    NoticeDemoDay = "notice-demo-day",
    NoticeOwnerJoined = "notice-owner-joined",
    NoticeClientOffered = "notice-client-offered",
    NoticeOwnClientOffered = "notice-own-client-offered",
    NoticeBriefRequest = "notice-brief-request",
    NoticeBriefNews = "notice-brief-news",
    NoticeBriefTeam = "notice-brief-team",
    NoticeBriefOpen = "notice-brief-open",
    NoticeRoleSubmitted = "notice-role-submitted",
    NoticeRolePublished = "notice-role-published",
    NoticeIntroductionAsked = "notice-introduction-asked",
    NoticeIntroductionRefused = "notice-introduction-refused",
    NoticeIntroductionAgreed = "notice-introduction-agreed",
    NoticeIntroductionWithdrawn = "notice-introduction-withdrawn",
    NoticeIntroductionStep = "notice-introduction-step",
    NoticeMail = "told-at-once",
    DailyMail = "told-daily",
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
static ARABIC: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Arabic));
static HEBREW: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Hebrew));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::French));

/// The file of a language.
pub(super) fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("texts/en.ftl"),
        Language::Arabic => include_str!("texts/ar.ftl"),
        Language::Hebrew => include_str!("texts/he.ftl"),
        Language::French => include_str!("texts/fr.ftl"),
    }
}

fn bundle(language: Language) -> Bundle {
    // What of a file cannot be read is missing in it then, and told as that; a test reads them all.
    let texts = FluentResource::try_new(source(language).into()).unwrap_or_else(|(texts, _)| texts);
    let mut bundle = Bundle::new_concurrent(vec![language.as_str().parse().unwrap_or_default()]);
    // Marks beside a code or a link would be copied with it. `values` isolates what has to be.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(texts);
    bundle
}

/// What a text is in a language; its subject, if it is that of a letter; and what a notice says besides, if it does.
pub(super) struct Written {
    pub body: String,
    pub subject: Option<String>,
    pub detail: Option<String>,
}

/// Writes a text in a language, with these values for its variables.
///
/// # Errors
/// One for the log, if the language lacks the text, or the text a value.
pub(super) fn fill(language: Language, text: Text, values: &FluentArgs<'_>) -> Result<Written> {
    let bundle: &Bundle = match language {
        Language::English => &ENGLISH,
        Language::Arabic => &ARABIC,
        Language::Hebrew => &HEBREW,
        Language::French => &FRENCH,
    };
    let missing = || Error::internal(format!("no text `{}` in `{}`", text.id(), language.as_str()));
    let message = bundle.get_message(text.id()).ok_or_else(missing)?;
    let mut faults = Vec::new();
    let mut filled = |pattern| -> String { Cow::into_owned(bundle.format_pattern(pattern, Some(values), &mut faults)) };
    let written = Written {
        body: filled(message.value().ok_or_else(missing)?),
        subject: message.get_attribute("subject").map(|subject| filled(subject.value())),
        detail: message.get_attribute("detail").map(|detail| filled(detail.value())),
    };
    match faults.first() {
        None => Ok(written),
        Some(fault) => Err(Error::internal(format!("text `{}`: {fault}", text.id()))),
    }
}
