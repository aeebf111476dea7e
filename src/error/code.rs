//! The only table of codes, statuses and titles.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

macro_rules! codes {
    ($($name:ident = $status:literal $code:literal $title:literal;)*) => {
        /// Every problem a caller can meet: its stable code, status and title.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $title] $name,)* }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The HTTP status this code is answered with.
            pub fn status(self) -> u16 { match self { $(Code::$name => $status,)* } }
            /// The stable word that clients may match on.
            pub fn as_str(self) -> &'static str { match self { $(Code::$name => $code,)* } }

            /// A short sentence, the same for every occurrence.
            pub fn title(self) -> &'static str { match self { $(Code::$name => $title,)* } }
        }
    };
}

codes! {
    MalformedRequest = 400 "malformed_request" "The request cannot be read";
    InvalidParameter = 400 "invalid_parameter" "A query parameter is unknown or has an invalid value";
    InvalidCursor = 400 "invalid_cursor" "The cursor does not belong to this list";
    AuthenticationRequired = 401 "authentication_required" "An access token is required";
    InvalidToken = 401 "invalid_token" "The access token is invalid or has expired";
    InvalidCredentials = 401 "invalid_credentials" "The e-mail address or the password is wrong";
    InvalidRefreshToken = 401 "invalid_refresh_token" "The refresh token is invalid or has expired";
    OtpRequired = 401 "otp_required" "A code of the second factor is required";
    InvalidOtp = 401 "invalid_otp" "The code of the second factor is wrong or was used before";
    InvalidSignOn = 401 "invalid_sign_on" "The sign-on is unknown, was used before or has expired";
    InvalidPasskey = 401 "invalid_passkey" "The log-in with a passkey is not valid";
    Forbidden = 403 "forbidden" "You are not allowed to do this";
    InsufficientScope = 403 "insufficient_scope" "The API token may not be used for this";
    SessionRequired = 403 "session_required" "This takes a session, not an API token";
    FreshLogInRequired = 403 "fresh_log_in_required" "This takes a log-in of the last hour";
    SecondFactorRequired = 403 "second_factor_required" "Your role requires a second factor";
    CampusClosed = 403 "campus_closed" "The campus is closed";
    RegistrationClosed = 403 "registration_closed" "New accounts are opened by invitation only";
    AddressBanned = 403 "address_banned" "No account can be opened with this address";
    EmailNotVerified = 403 "email_not_verified" "The identity provider has not verified an e-mail address";
    AccountDisabled = 403 "account_disabled" "The account cannot be used";
    CrossSiteRequest = 403 "cross_site_request" "A request with session cookies must come from an allowed origin";
    OriginNotAllowed = 403 "origin_not_allowed" "This service does not allow requests from this origin";
    NotFound = 404 "not_found" "Not found, or not visible to you";
    NoCohort = 404 "no_cohort" "You study in no cohort";
    MethodNotAllowed = 405 "method_not_allowed" "This path does not support that method";
    NotAcceptable = 406 "not_acceptable" "None of the media types in Accept is available";
    RequestTimeout = 408 "request_timeout" "The request did not arrive in time";
    Conflict = 409 "conflict" "The current state does not allow this";
    ResetNotAllowed = 409 "reset_not_allowed" "Nobody but the person may set this password";
    EmailTaken = 409 "email_taken" "There is already an account with this e-mail address";
    SlugTaken = 409 "slug_taken" "This slug is already in use";
    LastOrganiser = 409 "last_organiser" "A campus keeps at least one organiser";
    SeveralCohorts = 409 "several_cohorts" "You study in several cohorts";
    AlreadyEnrolled = 409 "already_enrolled" "This person is already enrolled";
    InvalidTransition = 409 "invalid_transition" "The status cannot change in this way";
    WeeksPublished = 409 "weeks_published" "Teams are already published for these weeks";
    TooManyDrafts = 409 "too_many_drafts" "The cohort has as many drafts as it can have";
    PlanNotDraft = 409 "plan_not_draft" "Only a draft can be changed";
    RosterChanged = 409 "roster_changed" "The students or their rules have changed since the teams were formed";
    AlreadyApplied = 409 "already_applied" "You have already applied";
    ApplicationsClosed = 409 "applications_closed" "No applications are taken now";
    AlreadySignedUp = 409 "already_signed_up" "You have already signed up for this slot";
    SlotOver = 409 "slot_over" "The slot has begun or its week is over";
    SlotTaken = 409 "slot_taken" "Somebody else has booked this time";
    SlotFull = 409 "slot_full" "The capacity cannot be less than the places already taken";
    AllocationOutdated = 409 "allocation_outdated" "What the allocation was computed from has changed";
    RequestInProgress = 409 "request_in_progress" "The first request with this Idempotency-Key is still running";
    AlreadyDone = 409 "already_done" "The request was answered before, and the answer is not repeated";
    TooManyApiTokens = 409 "too_many_api_tokens" "You have as many API tokens as you can have";
    TooManyPasskeys = 409 "too_many_passkeys" "You have as many passkeys as you can have";
    PasskeyTaken = 409 "passkey_taken" "The passkey belongs to an account already";
    PasskeysUnavailable = 409 "passkeys_unavailable" "This service has no address that passkeys can be made for";
    InvitationUnusable = 409 "invitation_unusable" "The invitation was used or revoked, or has expired";
    ClaimUnusable = 409 "claim_unusable" "The claim link was used, or has expired";
    SignOnTaken = 409 "sign_on_taken" "The account at the identity provider is linked to another account here";
    LastWayIn = 409 "last_way_in" "Without it nobody could log in to the account";
    ResyncRequired = 410 "resync_required" "What changed since is no longer kept";
    PreconditionFailed = 412 "precondition_failed" "The object has changed since you read it";
    BodyTooLarge = 413 "body_too_large" "The body is too large";
    UnsupportedMediaType = 415 "unsupported_media_type" "The body has the wrong media type";
    InvalidFields = 422 "invalid_fields" "Some fields are invalid";
    InvalidRows = 422 "invalid_rows" "Some rows of the table are invalid";
    IdempotencyKeyReused = 422 "idempotency_key_reused" "This Idempotency-Key was used for a different request";
    PlanInfeasible = 422 "plan_infeasible" "No teams satisfy all demands";
    NotAlumni = 403 "not_alumni" "Only alumni and staff can mentor";
    PreconditionRequired = 428 "precondition_required" "If-Match is required";
    JobLimit = 429 "job_limit" "Too many jobs are waiting";
    TooManyRequests = 429 "too_many_requests" "Too many requests";
    Internal = 500 "internal" "Something went wrong on the server";
    ProviderFailed = 502 "provider_failed" "The identity provider's answer cannot be used";
    Unavailable = 503 "unavailable" "The service cannot answer right now";
    ProviderUnavailable = 503 "provider_unavailable" "The identity provider does not answer";
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        json_schema!({
            "type": "string",
            "enum": words,
            "description": "New codes may be added: treat one you do not know by its status.",
        })
    }
}
