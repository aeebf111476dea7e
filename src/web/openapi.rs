//! The OpenAPI 3.1 document, made from the table of operations and the types of their handlers.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Map, Value, json};

use super::{Operation, Tag, cookies::SessionCookie, headers, parameters};
use crate::error::{Code, Problem};

/// The rules that hold everywhere, in short.
const DESCRIPTION: &str = "\
The system a peer-led bootcamp runs on: campuses, programmes, cohorts, weekly teams, mentors.

Open an account with `POST /v1/people`, log in with `POST /v1/auth/login`, and send the access token as \
`Authorization: Bearer`. It is good for 15 minutes; `POST /v1/auth/refresh` gives the next.

Lists have `data` and `page`; send `page.next_cursor` as `cursor` to get the next page. Objects have a `version` and an \
`ETag`: send it as `If-None-Match` to save an unchanged answer, and as `If-Match` so that nobody's change is overwritten. \
With an `Idempotency-Key`, whatever changes something can be repeated safely. `PATCH` is a JSON merge patch: a field that is left out stays, \
`null` clears it.

Errors are problem documents with a stable `code`; invalid fields are named in `errors`. What you may not see is `404`, \
what you may see but not do is `403`.";

/// The whole document; `complete` may add to the schemas of answers. Requests and answers are described by separate generators: a field with a
/// default may be left out of a request but is always there in an answer.
pub fn document(
    operations: &[std::sync::Arc<Operation>],
    public_url: &str,
    complete: impl FnOnce(&mut SchemaGenerator),
) -> Value {
    let (mut asked, mut given) = generators();
    let problem = given.subschema_for::<Problem>();

    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in operations {
        let described = describe(operation, &mut asked, &mut given, &problem);
        paths
            .entry(operation.path)
            .or_default()
            .insert(operation.method.as_str().to_lowercase(), described);
    }
    complete(&mut given);
    let mut schemas = asked.take_definitions(true);
    schemas.extend(given.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "peerled",
            "version": env!("CARGO_PKG_VERSION"),
            "description": DESCRIPTION,
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": public_url }],
        "tags": tags(operations),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": headers::components(),
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": SessionCookie::Access.name(public_url.starts_with("https://")), "description": "From `POST /v1/auth/login` with `\"transport\": \"cookie\"`. Requests other than `GET` also need an allowed `Origin`." },
                "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From `POST /v1/auth/login`." },
            },
        },
    })
}

fn generators() -> (SchemaGenerator, SchemaGenerator) {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let settings = settings.with_transform(RecursiveTransform(string_enums));
    let asked = settings.clone().for_deserialize();
    let asked = asked.with_transform(RecursiveTransform(spell_out_defaults));
    (asked.into_generator(), settings.for_serialize().into_generator())
}

/// Makes one string with a list of values of a choice between constants, as which variants with doc comments come:
/// many generators of clients take a choice for a union of types. What the variants mean joins the description.
fn string_enums(schema: &mut Schema) {
    let Some(options) = schema.get("oneOf").and_then(Value::as_array) else {
        return;
    };
    let (mut values, mut meanings) = (Vec::new(), Vec::new());
    for option in options {
        match (option.get("const"), option.get("enum").and_then(Value::as_array)) {
            (Some(Value::String(value)), _) => {
                let meaning = option.get("description").and_then(Value::as_str).unwrap_or_default();
                meanings.push(format!("- `{value}`: {meaning}"));
                values.push(Value::from(value.as_str()));
            }
            (None, Some(several)) if several.iter().all(Value::is_string) => values.extend(several.iter().cloned()),
            _ => return,
        }
    }
    let about = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let about = format!("{about}\n\n{}", meanings.join("\n"));
    schema.remove("oneOf");
    schema.insert("type".into(), "string".into());
    schema.insert("enum".into(), values.into());
    schema.insert("description".into(), about.trim().into());
}

/// Says in words what a field is that is left out of a request: generators of typed clients demand
/// every field that has a `default`.
fn spell_out_defaults(schema: &mut Schema) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        let Some(default) = property.remove("default") else {
            continue;
        };
        let says_nothing = default.is_null() || default == json!([]) || default == json!({});
        if !says_nothing {
            let before = property.get("description").and_then(Value::as_str).unwrap_or_default();
            let text = format!("{before} Default: `{default}`.");
            property.insert("description".into(), text.trim_start().into());
        }
    }
}

/// The features, in the order in which `routes.rs` lists them.
fn tags(operations: &[std::sync::Arc<Operation>]) -> Vec<Value> {
    let mut tags: Vec<&Tag> = Vec::new();
    for operation in operations {
        if !tags.iter().any(|tag| tag.name == operation.tag.name) {
            tags.push(operation.tag);
        }
    }
    let each = |tag: &Tag| json!({ "name": tag.name, "description": tag.about });
    tags.into_iter().map(each).collect()
}

fn describe(
    operation: &Operation,
    asked: &mut SchemaGenerator,
    given: &mut SchemaGenerator,
    problem: &Schema,
) -> Value {
    let path = (operation.shape.path)(asked);
    let query = (operation.shape.query)(asked);
    let mut parameters = parameters::of(&path, "path");
    let has_path = !parameters.is_empty();
    parameters.extend(parameters::of(&query, "query"));
    parameters.extend(parameters::headers(operation));
    let body = (operation.shape.body)(asked);
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag.name],
        "summary": operation.summary,
        "description": format!("{}\n\nFor {}.", operation.about, operation.who.words()).trim_start(),
        "x-access": operation.who.words(),
        "parameters": parameters,
        "responses": responses(operation, has_path, body.is_some(), given, problem),
        "security": operation.who.security(),
    });
    if let (Some(body), Some(media_type), Some(object)) = (body, operation.shape.body_type, described.as_object_mut()) {
        let mut content = Map::new();
        content.insert(media_type.into(), json!({ "schema": body }));
        object.insert(
            "requestBody".into(),
            json!({ "required": !operation.shape.body_optional, "content": content }),
        );
    }
    described
}

fn responses(
    operation: &Operation,
    has_path: bool,
    has_body: bool,
    given: &mut SchemaGenerator,
    problem: &Schema,
) -> Map<String, Value> {
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
    if operation.method == "GET" && !operation.is_stream {
        responses.insert(
            "304".into(),
            json!({
                "description": "Unchanged since the `ETag` in `If-None-Match`.", "headers": headers::of_unchanged(),
            }),
        );
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in problems(operation, has_path, has_body) {
        by_status.entry(code.status()).or_default().push(code);
    }
    for (status, codes) in by_status {
        let mut answer = problem_answer(&codes, problem);
        if let Some(object) = answer.as_object_mut() {
            object.insert("headers".into(), headers::of_problem(operation, status));
        }
        responses.insert(status.to_string(), answer);
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

fn problem_answer(codes: &[Code], problem: &Schema) -> Value {
    let lines: Vec<String> = codes
        .iter()
        .map(|code| format!("`{}`: {}.", code.as_str(), code.title()))
        .collect();
    let examples: Map<String, Value> = codes
        .iter()
        .map(|code| {
            let example = crate::error::Error::new(*code, code.title()).problem("", "/v1/…", "0ds8x2v4fmg00");
            (code.as_str().to_owned(), json!({ "value": example }))
        })
        .collect();
    json!({
        "description": lines.join(" "),
        "content": { "application/problem+json": { "schema": problem, "examples": examples } },
    })
}

/// Every problem an operation can answer with: those of its own and those that follow from its shape.
pub(super) fn problems(operation: &Operation, has_path: bool, has_body: bool) -> BTreeSet<Code> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The definitions of both generators go into one namespace: a type that looks different to
    /// those who ask and to those who are answered needs two names.
    #[test]
    fn one_name_means_one_thing() {
        let (mut asked, mut given) = generators();
        let problem = given.subschema_for::<Problem>();
        for operation in crate::routes::operations() {
            describe(&operation, &mut asked, &mut given, &problem);
        }
        let (asked, given) = (asked.take_definitions(true), given.take_definitions(true));
        let both = asked
            .iter()
            .filter_map(|(name, asked)| Some((name, asked, given.get(name)?)));
        let torn: Vec<&String> = both
            .filter(|(_, asked, given)| asked != given)
            .map(|(name, ..)| name)
            .collect();
        assert!(
            torn.is_empty(),
            "{torn:?} mean one thing in requests and another in answers"
        );
    }

    #[test]
    fn fields_of_requests_have_no_default_but_words_for_it() {
        let (mut asked, _) = generators();
        for operation in crate::routes::operations() {
            (operation.shape.body)(&mut asked);
        }
        let text = Value::from(asked.take_definitions(true)).to_string();
        assert!(!text.contains("\"default\":"), "{text}");
        assert!(text.contains("Default: `"), "{text}");
    }
}
