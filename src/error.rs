//! What can go wrong, and how a caller sees it.
//!
//! An [`Error`] has two faces: the problem document of RFC 9457 that the caller gets, and the
//! cause that only the log gets.

mod code;
mod driver;
mod trouble;

use diesel::result::DatabaseErrorKind;
use schemars::JsonSchema;
use serde::Serialize;

pub use code::Code;
pub use trouble::Trouble;

/// The result of nearly everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

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
