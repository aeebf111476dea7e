//! An operation: routing, documentation, authorisation matrix, rate limits and metric labels all
//! follow from it.

use std::sync::{Arc, LazyLock};

use actix_web::{HttpRequest, http::Method};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{Rate, Who, call::Parsed, path::Parameters};
use crate::{
    authz::Scope,
    error::{Code, Result},
};

/// A feature's part of the document: a group of operations.
#[derive(Debug)]
pub struct Tag {
    /// One or two words.
    pub name: &'static str,
    /// One sentence on what the feature is for.
    pub about: &'static str,
}

impl Tag {
    /// The operations of this feature.
    pub fn operations<const N: usize>(&'static self, operations: [Operation; N]) -> Vec<Operation> {
        operations.map(|operation| Operation { tag: self, ..operation }).into()
    }
}

/// The tag of an operation that no feature has declared yet.
pub(super) static UNDECLARED: Tag = Tag { name: "", about: "" };

/// What a cache may do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cache {
    /// The caller's own may keep it, and asks each time whether it has changed.
    Revalidate,
    /// Nobody keeps it.
    NoStore,
}

/// One entry of a feature's `http::operations()`.
pub struct Operation {
    pub(super) id: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) tag: &'static Tag,
    pub(super) summary: &'static str,
    pub(super) about: &'static str,
    pub(super) who: Who,
    pub(super) rate: Rate,
    pub(super) cache: Cache,
    pub(super) statuses: Vec<u16>,
    pub(super) problems: Vec<Code>,
    pub(super) also: Vec<&'static str>,
    pub(super) is_file: bool,
    pub(super) keeps_answers: bool,
    pub(super) is_secret: bool,
    pub(super) needs_if_match: bool,
    pub(super) takes_if_match: bool,
    /// Whether it answers with a list that is never paged.
    pub(super) is_whole_list: WholeList,
    pub(super) located: bool,
    pub(super) keeps_body: bool,
    pub(super) open_to_programs: Option<bool>,
    pub(super) session_fields: &'static [&'static str],
    pub(super) uses_cookies: bool,
    pub(super) is_stream: bool,
    pub(super) later: Option<fn(&mut SchemaGenerator) -> Schema>,
    pub(super) shape: Shape,
    pub(super) parse: Parse,
}

/// Whether an operation answers with a list that is never paged.
pub(super) type WholeList = Arc<LazyLock<bool>>;

/// Reads path, query and body of a request, and holds them for the handler.
pub(super) type Parse = Box<dyn Fn(&HttpRequest, &Parameters, &[u8]) -> Result<Parsed> + Send + Sync>;

/// The types of an operation, as schemas.
pub(super) struct Shape {
    pub path: fn(&mut SchemaGenerator) -> Schema,
    pub query: fn(&mut SchemaGenerator) -> Schema,
    pub body: fn(&mut SchemaGenerator) -> Option<Schema>,
    pub body_type: Option<&'static str>,
    pub body_optional: bool,
    pub body_max: usize,
    pub answer: fn(&mut SchemaGenerator) -> Schema,
}

impl Operation {
    /// Its title, of a few words.
    pub fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// What a caller must know of it beyond the title and the conventions, in Markdown.
    pub fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// Who may call it, unless it is anybody with a session.
    pub fn who(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    /// No cache may keep what it answers.
    pub fn no_store(mut self) -> Self {
        self.cache = Cache::NoStore;
        self
    }

    /// The statuses of success, if not the usual one of the method.
    pub fn answers(mut self, statuses: &[u16]) -> Self {
        self.statuses = statuses.to_vec();
        self
    }

    /// The problems of its own, beyond those that follow from its shape.
    pub fn problems(mut self, problems: &[Code]) -> Self {
        self.problems = problems.to_vec();
        self
    }

    /// Another media type it can answer with, beside JSON.
    pub fn also(mut self, media_type: &'static str) -> Self {
        self.also.push(media_type);
        self
    }

    /// A browser saves what it answers under a name.
    pub fn file(mut self) -> Self {
        self.is_file = true;
        self
    }

    /// How often it may be called.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// Its answers are not kept for an `Idempotency-Key`: they hold secrets, or nothing is made.
    pub fn without_replay(mut self) -> Self {
        self.keeps_answers = false;
        self
    }

    /// Who did it to what is to be known to nobody: its answers are not kept, no campus's audit trail has it, and the
    /// person's own has its path without ids, and the day.
    pub fn secret(mut self) -> Self {
        self.is_secret = true;
        self.without_replay()
    }

    /// What it answers a caller is kept in memory for as long as nothing has changed in the cohort that its path
    /// begins with, nor in what the caller is anywhere. Only for what depends on these, and on time by no more than
    /// the date at the campus.
    pub fn kept_with_cohort(mut self) -> Self {
        self.keeps_body = true;
        self
    }

    /// Programs may call it with an API token, although it is about the caller's own account. The rule is that a token opens
    ///
    /// - what shows the caller's own part of what tokens read elsewhere, such as at a cohort, a campus or an application: their week,
    ///   what needs them as staff, what they mentor, their applications;
    /// - their notices, with the settings of these.
    ///
    /// Closed stays what keeps the account safe or tells who gets in to it, what holds all that is stored of somebody, and what they
    /// alone read or set: what they note for themself, what team mates tell them, and what they show of themselves.
    pub fn open_to_programs(mut self) -> Self {
        self.open_to_programs = Some(true);
        self
    }

    /// It takes a session, although it is not about the caller's own account. The rule is that whoever finds an API token must not
    /// gain with it what the token's deletion does not take away. So a session is taken by what
    ///
    /// - says who may do what: who governs a campus, is a carer, reads applications, looks after a client or acts for an employer, whose alumni come in,
    ///   whom its approval or its closing lets in or keeps out;
    /// - lets somebody back in to an account, or takes a second factor away;
    /// - shows a secret, or says where a secret is used or what is sent there, as webhooks do.
    ///
    /// Students, members and mentors come and go by what programs do too: that is what tokens of staff are for.
    pub fn takes_session(mut self) -> Self {
        self.open_to_programs = Some(false);
        self
    }

    /// The same for these fields of its body; programs may set the others.
    pub fn takes_session_for(mut self, fields: &'static [&'static str]) -> Self {
        self.session_fields = fields;
        self
    }

    /// It answers with server-sent events, as long as the caller listens.
    pub fn streams(mut self) -> Self {
        self.also = vec!["text/event-stream"];
        self.is_stream = true;
        self
    }

    /// It sets the cookies of a session or takes them away, and goes on with a session by the cookie of its refresh token.
    pub fn uses_cookies(mut self) -> Self {
        self.uses_cookies = true;
        self
    }

    /// Whether an API token gets to it at all: whoever finds one must not be able to take over the account with it. What is
    /// about the caller's own account is closed unless it says otherwise.
    pub(super) fn admits_programs(&self) -> bool {
        let is_own = self.path.starts_with("/v1/auth/") || self.path == "/v1/me" || self.path.starts_with("/v1/me/");
        self.open_to_programs.unwrap_or(!is_own)
    }

    /// What an API token has to be for.
    pub(super) fn scope(&self) -> Scope {
        match self.method.is_safe() {
            true => Scope::Read,
            false => Scope::Write,
        }
    }

    /// Whether `If-Match` may refuse it: every change or removal of something that is there.
    pub fn heeds_if_match(&self) -> bool {
        [Method::PUT, Method::DELETE].contains(&self.method) || self.compares_versions()
    }

    /// Whether it compares the version that the caller has seen. What has none is never what they have seen.
    pub(super) fn compares_versions(&self) -> bool {
        self.method == Method::PATCH || self.needs_if_match || self.takes_if_match
    }

    /// It compares versions, and works without `If-Match`.
    pub fn takes_if_match(mut self) -> Self {
        self.takes_if_match = true;
        self
    }

    /// It changes nothing without `If-Match`.
    pub fn needs_if_match(mut self) -> Self {
        self.needs_if_match = true;
        self
    }

    /// Its `200` says in `Location` where the object is.
    pub fn located(mut self) -> Self {
        self.located = true;
        self
    }

    /// Its name, for clients and metrics.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Its method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Whether nobody is to know who did it to what.
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }

    /// Its path, with parameters in braces.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Who it is for.
    pub fn who_may(&self) -> Who {
        self.who
    }

    /// It may also answer `202` with an `L`, which tells of the work: always, if the caller sends
    /// `Prefer: respond-async`.
    pub fn or_later<L: JsonSchema>(mut self) -> Self {
        self.statuses.push(202);
        self.later = Some(|generator| generator.subschema_for::<L>());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_callers_own_is_in_no_cache() {
        for operation in crate::routes::operations() {
            let path = operation.path;
            let own = path.starts_with("/v1/auth/") || path == "/v1/me" || path.starts_with("/v1/me/");
            // A phone keeps the week of a student, to show it without a network.
            let is_kept = path == "/v1/me/week";
            // What else is not to be kept says so itself.
            if own {
                assert_eq!(!is_kept, operation.cache == Cache::NoStore, "{}", operation.id);
            }
        }
    }

    #[test]
    fn every_operation_is_declared_by_a_feature() {
        for operation in crate::routes::operations() {
            assert!(!operation.tag.name.is_empty(), "{}", operation.id);
        }
    }
}
