//! The answers of an operation, as the document describes them. What many operations have in common, such as
//! problems, stands once among the document's components.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Operation, headers};
use crate::error::{Code, Problem};

/// Describes answers, and gathers what they have in common.
pub(super) struct Responses {
    problem: Schema,
    /// Answers, by names made of the codes that they can have.
    pub shared: Map<String, Value>,
    /// A problem document for each code.
    pub examples: Map<String, Value>,
}

impl Responses {
    pub fn new(given: &mut SchemaGenerator) -> Self {
        Self {
            problem: given.subschema_for::<Problem>(),
            shared: Map::new(),
            examples: Map::new(),
        }
    }

    /// By status.
    pub fn of(
        &mut self,
        operation: &Operation,
        has_path: bool,
        has_body: bool,
        given: &mut SchemaGenerator,
    ) -> Map<String, Value> {
        let mut responses = successes(operation, given);
        if operation.method == "GET" && !operation.is_stream {
            let unchanged = json!({
                "description": "Unchanged since the `ETag` in `If-None-Match`.", "headers": headers::of_unchanged(),
            });
            responses.insert("304".into(), self.share("unchanged".into(), unchanged));
        }
        let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
        for code in problems(operation, has_path, has_body) {
            by_status.entry(code.status()).or_default().push(code);
        }
        for (status, codes) in by_status {
            responses.insert(status.to_string(), self.problem_answer(operation, status, &codes));
        }
        responses
    }

    fn problem_answer(&mut self, operation: &Operation, status: u16, codes: &[Code]) -> Value {
        let lines: Vec<String> = codes
            .iter()
            .map(|code| format!("`{}`: {}.", code.as_str(), code.title()))
            .collect();
        let mut examples = Map::new();
        for code in codes {
            let word = code.as_str();
            let example = crate::error::Error::new(*code, code.title()).problem("", "/v1/…", "0ds8x2v4fmg00");
            self.examples.insert(word.into(), json!({ "value": example }));
            examples.insert(word.into(), json!({ "$ref": format!("#/components/examples/{word}") }));
        }
        let mut name: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        // Its headers say whether it is an answer that was kept.
        name.extend(operation.keeps_answers.then_some("replayable"));
        let answer = json!({
            "description": lines.join(" "),
            "headers": headers::of_problem(operation, status),
            "content": { "application/problem+json": { "schema": self.problem, "examples": examples } },
        });
        self.share(name.join("."), answer)
    }

    /// A reference to the answer of that name.
    fn share(&mut self, name: String, answer: Value) -> Value {
        let reference = json!({ "$ref": format!("#/components/responses/{name}") });
        self.shared.insert(name, answer);
        reference
    }
}

/// What comes of it where nothing is wrong.
fn successes(operation: &Operation, given: &mut SchemaGenerator) -> Map<String, Value> {
    let mut responses = Map::new();
    let answer = (operation.shape.answer)(given);
    let empty = answer.get("type") == Some(&json!("null"));
    let is_page = is_list(&answer, given);
    for status in &operation.statuses {
        let later = operation.later.filter(|_| *status == 202).map(|later| later(given));
        let shown = later.as_ref().unwrap_or(&answer);
        let mut response = json!({ "description": success_words(*status, shown, given) });
        let mut content = Map::new();
        if let Some(later) = later {
            content.insert("application/json".into(), json!({ "schema": later }));
        } else if !empty && *status != 204 {
            content.insert("application/json".into(), json!({ "schema": answer }));
        }
        for media_type in &operation.also {
            content.insert(
                (*media_type).into(),
                json!({ "schema": { "type": "string", "format": "binary" } }),
            );
        }
        if let Some(object) = response.as_object_mut() {
            let has_body = !content.is_empty();
            let sent = headers::of_success(
                operation,
                *status,
                has_body && !operation.is_stream,
                has_body && is_page,
            );
            object.insert("headers".into(), sent);
            if has_body {
                object.insert("content".into(), content.into());
            }
        }
        responses.insert(status.to_string(), response);
    }
    responses
}

/// The definition that a schema refers to.
fn named<'a>(schema: &Value, given: &'a SchemaGenerator) -> Option<&'a Value> {
    let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
    given.definitions().get(name)
}

/// Whether an answer is one page of a list.
fn is_list(answer: &Schema, given: &SchemaGenerator) -> bool {
    let whole = named(answer.as_value(), given);
    whole.is_some_and(|list| list.pointer("/properties/page").is_some())
}

/// What an answer holds, from the description of its type.
fn success_words(status: u16, answer: &Schema, given: &SchemaGenerator) -> String {
    match status {
        204 => return "Done. The answer has no body.".into(),
        202 if answer.get("type") == Some(&json!("null")) => {
            return "Accepted. The answer has no body.".into();
        }
        _ => {}
    }
    let text = |schema: &Value| Some(schema.get("description")?.as_str()?.to_owned());
    let whole = named(answer.as_value(), given);
    let item = whole.and_then(|list| named(list.pointer("/properties/data/items")?, given));
    let holds = match item.and_then(text).filter(|_| is_list(answer, given)) {
        Some(item) => format!("A page of a list. Each item: {item}"),
        None => whole.and_then(text).unwrap_or_else(|| "A file.".into()),
    };
    match status {
        201 => format!("{holds} `Location` has its path."),
        _ => holds,
    }
}

/// Every problem an operation can answer with: those of its own and those that follow from its shape.
fn problems(operation: &Operation, has_path: bool, has_body: bool) -> BTreeSet<Code> {
    let mut codes: BTreeSet<Code> = operation.problems.iter().copied().collect();
    codes.extend([
        Code::InvalidParameter,
        Code::RequestTimeout,
        Code::TooManyRequests,
        Code::Internal,
        Code::Unavailable,
        Code::BodyTooLarge,
    ]);
    codes.extend(operation.who.refusals());
    if operation.who.reads_token() {
        codes.insert(match operation.admits_programs() {
            true => Code::InsufficientScope,
            false => Code::SessionRequired,
        });
        codes.extend((!operation.session_fields.is_empty()).then_some(Code::SessionRequired));
        // A cookie that was sent from another site.
        codes.extend((operation.method != "GET").then_some(Code::CrossSiteRequest));
    }
    if has_path {
        codes.insert(Code::NotFound);
    }
    if has_body {
        codes.extend([Code::MalformedRequest, Code::UnsupportedMediaType, Code::InvalidFields]);
    }
    if operation.keeps_answers {
        codes.extend([
            Code::MalformedRequest,
            Code::AlreadyDone,
            Code::RequestInProgress,
            Code::IdempotencyKeyReused,
        ]);
    }
    if operation.heeds_if_match() {
        codes.insert(Code::PreconditionFailed);
    }
    if operation.needs_if_match {
        codes.insert(Code::PreconditionRequired);
    }
    if operation.method == "GET" {
        codes.insert(Code::InvalidCursor);
    }
    codes
}
