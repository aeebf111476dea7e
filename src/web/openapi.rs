//! The OpenAPI 3.1 document, made from the table of operations and the types of their handlers.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Map, Value, json};

use super::{Operation, Tag, cookies::SessionCookie, headers, parameters, responses::Responses};

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
what you may see but not do is `403`.

The guides are in the folder `docs` of the source: `tour.md` to begin with, `api.md` for all rules that hold everywhere, and one \
for each subject, such as `sessions.md`, `changes.md` or `week.md`.";

/// The whole document; `complete` may add to the schemas of answers. Requests and answers are described by separate generators: a field with a
/// default may be left out of a request but is always there in an answer.
pub fn document(
    operations: &[std::sync::Arc<Operation>],
    public_url: &str,
    complete: impl FnOnce(&mut SchemaGenerator),
) -> Value {
    let (mut asked, mut given) = generators();
    let mut responses = Responses::new(&mut given);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in operations {
        let described = describe(operation, &mut asked, &mut given, &mut responses);
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
            "responses": responses.shared,
            "examples": responses.examples,
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
    responses: &mut Responses,
) -> Value {
    let path = (operation.shape.path)(asked);
    let query = (operation.shape.query)(asked);
    let mut parameters = parameters::of(&path, "path");
    let has_path = !parameters.is_empty();
    parameters.extend(parameters::of(&query, "query"));
    parameters.extend((**operation.is_whole_list).then(|| parameters::limit_of_whole_list(asked)));
    parameters.extend(parameters::headers(operation));
    let body = (operation.shape.body)(asked);
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag.name],
        "summary": operation.summary,
        "description": format!("{}\n\nFor {}.", operation.about, operation.who.words()).trim_start(),
        "x-access": operation.who.words(),
        "parameters": parameters,
        "responses": responses.of(operation, has_path, body.is_some(), given),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The definitions of both generators go into one namespace: a type that looks different to
    /// those who ask and to those who are answered needs two names.
    #[test]
    fn one_name_means_one_thing() {
        let (mut asked, mut given) = generators();
        let mut responses = Responses::new(&mut given);
        for operation in crate::routes::operations() {
            describe(&operation, &mut asked, &mut given, &mut responses);
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
