//! What can go wrong, and the only table that says how a caller sees it.
//!
//! An [`Error`] has two faces: the problem document of RFC 9457 that the caller gets, and the
//! cause that only the log gets.

mod driver;
mod trouble;

use diesel::result::DatabaseErrorKind;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

pub use trouble::Trouble;

/// The result of nearly everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

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

/// One field that is not right.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the request body, or `?name` for a query parameter.
    pub pointer: String,
    /// A stable word such as `unknown`, `required`, `invalid`, `read_only`, `taken` or `not_found`.
    pub code: String,
    /// What is wrong and what to do.
    pub detail: String,
}

impl FieldError {
    /// A field error at a JSON pointer such as `/email`.
    pub fn at(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.into(),
            detail: detail.into(),
        }
    }
}

/// Why something was not done.
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    detail: String,
    fields: Vec<FieldError>,
    extra: serde_json::Map<String, serde_json::Value>,
    retry_after: Option<u32>,
    cause: Option<String>,
    kind: Option<DatabaseErrorKind>,
    trouble: Option<Trouble>,
}

impl Error {
    /// A problem with a sentence for the person who meets it.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: detail.into(),
            fields: Vec::new(),
            extra: serde_json::Map::new(),
            retry_after: None,
            cause: None,
            kind: None,
            trouble: None,
        }))
    }

    /// One field of the body is not right: `422 invalid_fields`.
    pub fn field(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::at(pointer, code, detail)])
    }

    /// Refuses a request some of whose fields are not right.
    ///
    /// # Errors
    /// `422 invalid_fields` with all of them, if there are any.
    pub fn check_fields(errors: Vec<FieldError>) -> Result<()> {
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Self::fields(errors)),
        }
    }

    /// Several fields of the body are not right: `422 invalid_fields`.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let detail = match fields.as_slice() {
            [one] if one.pointer.is_empty() => one.detail.clone(),
            [one] => format!("{}: {}", one.pointer, one.detail),
            many => format!("{} fields are invalid; see errors.", many.len()),
        };
        Self::new(Code::InvalidFields, detail).with_fields(fields)
    }

    /// A query parameter is not right: `400 invalid_parameter`.
    pub fn parameter(name: &str, code: &str, detail: &str) -> Self {
        let field = FieldError::at(format!("?{name}"), code, detail);
        let detail = format!("The query parameter `{name}` {detail}.");
        Self::new(Code::InvalidParameter, detail).with_fields(vec![field])
    }

    /// The thing is absent, or not the caller's to see.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "It does not exist, or you may not see it.")
    }

    /// Visible to the caller, but not theirs to do. Says who may.
    pub fn forbidden(who_may: &str) -> Self {
        Self::new(Code::Forbidden, format!("Only {who_may} may do this."))
    }

    /// A slug that something else has at the place where it must be the only one.
    pub fn slug_taken() -> Self {
        let field = FieldError::at("/slug", "taken", "is already in use; choose another");
        Self::new(Code::SlugTaken, "Choose another slug.").with_fields(vec![field])
    }

    /// A failure of ours: the caller learns nothing, the log everything.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let mut error = Self::new(
            Code::Internal,
            "Your request was not the cause. Try again; if it keeps happening, give the request_id to whoever runs this service.",
        );
        error.0.cause = Some(cause.to_string());
        error
    }

    /// Cut off from the database; worth another try after `seconds`, or later if there is [`Trouble`].
    pub fn unavailable(cause: impl std::fmt::Display, seconds: u32) -> Self {
        let cause = cause.to_string();
        let trouble = Trouble::told(&cause);
        let detail = trouble.map_or("Nothing was changed. Try again shortly.", Trouble::detail);
        let mut error = Self::new(Code::Unavailable, detail);
        error.0.cause = Some(cause);
        error.0.retry_after = Some(trouble.map_or(seconds, Trouble::retry_after));
        error.0.trouble = trouble;
        error
    }

    /// Cut off at the moment of a commit: nobody knows whether it counts.
    pub fn uncertain(cause: impl std::fmt::Display) -> Self {
        let mut error = Self::unavailable(cause, 1);
        error.0.detail =
            "The connection to the database was lost while the change was being made, so it may have been \
                          made or not. Send it again with the same `Idempotency-Key`, or look first."
                .into();
        error
    }

    /// The database is not what it was.
    pub fn damaged(cause: &str) -> Self {
        let trouble = Trouble::Damaged;
        let mut error = Self::new(Code::Unavailable, trouble.detail()).retry_after(trouble.retry_after());
        error.0.cause = Some(cause.into());
        error.0.trouble = Some(trouble);
        error
    }

    /// More is asked than can be answered: told at once, before any work was done.
    pub fn overloaded() -> Self {
        let detail = "More is asked of this service than it can answer. Nothing was changed. Try again shortly.";
        Self::new(Code::Unavailable, detail).retry_after(1)
    }

    /// With these field errors.
    pub fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.0.fields = fields;
        self
    }

    /// With one more member in the problem document.
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.0.extra.insert(name.into(), value);
        self
    }

    /// With what the log should hold of it.
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// With a `Retry-After` in seconds.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The code, which decides the status.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The sentence for the person who meets it.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The fields that are not right.
    pub fn field_errors(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// Seconds to wait before trying again, if that helps.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.0.retry_after
    }

    /// What the log should hold; never shown to a caller.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// What kind of failure the database's driver reported, if it was one.
    pub fn database_kind(&self) -> Option<DatabaseErrorKind> {
        self.0.kind
    }

    /// What is wrong with the place where the data lies, if that is the reason.
    pub fn trouble(&self) -> Option<Trouble> {
        self.0.trouble
    }

    /// The problem document of RFC 9457 for the request at `path`, with `base` before it.
    pub fn problem(&self, base: &str, path: &str, request_id: &str) -> serde_json::Value {
        let mut document = self.0.extra.clone();
        let problem = Problem {
            kind: format!("{base}/docs/errors#{}", self.0.code.as_str()),
            title: self.0.code.title().into(),
            status: self.0.code.status(),
            detail: self.0.detail.clone(),
            instance: format!("{base}{path}"),
            code: self.0.code,
            request_id: request_id.into(),
            errors: self.0.fields.clone(),
        };
        if let Ok(serde_json::Value::Object(fixed)) = serde_json::to_value(problem) {
            document.extend(fixed);
        }
        document.into()
    }
}

/// A problem document (RFC 9457). Some codes add members of their own: `plan_infeasible` has `conflict`,
/// `week` and `relaxations`; `roster_changed` has `without_team`, `gone` and `breaks`; an edit that breaks
/// a demand `breaks`; `weeks_published` has `weeks`; `allocation_outdated` has `changed`; `too_many_drafts` has `drafts`; `invalid_rows` has `rows` and
/// `summary`.
#[derive(Serialize, JsonSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// The same for every occurrence of the code.
    title: String,
    /// The HTTP status, repeated.
    status: u16,
    /// What happened this time and what to do next.
    detail: String,
    /// The path of the request.
    instance: String,
    /// A stable word to match on.
    code: Code,
    /// Identifies the request in the server's log.
    request_id: String,
    /// The invalid fields, if the problem is in fields.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    errors: Vec<FieldError>,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.code.as_str(), self.0.detail)?;
        match &self.0.cause {
            Some(cause) => write!(f, " ({cause})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
