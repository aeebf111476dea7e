//! The parameters of operations, as the document declares them.

use schemars::{JsonSchema as _, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::Operation;
use crate::primitives::Limit;

/// The parameters in a place, from the schema of all of them.
pub(super) fn of(schema: &Schema, place: &str) -> Vec<Value> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema.get("properties").and_then(Value::as_object);
    let each = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let mut take = |key: &str| schema.as_object_mut().and_then(|schema| schema.remove(key));
        let (description, words) = (take("description").unwrap_or_default(), take("x-words"));
        let mut description = description.as_str().unwrap_or_default().to_owned();
        if let Some(words) = words.as_ref().and_then(Value::as_str) {
            description = format!("{description} One or several of {words}, separated by commas.");
        }
        json!({
            "name": name,
            "in": place,
            "required": place == "path" || required.contains(&name.as_str()),
            "description": description,
            "schema": without_null(schema),
        })
    };
    properties.into_iter().flatten().map(each).collect()
}

/// What a list that is never paged takes like any other.
pub(super) fn limit_of_whole_list(generator: &mut SchemaGenerator) -> Value {
    let mut schema = Limit::json_schema(generator);
    schema.remove("default");
    schema.remove("description");
    json!({
        "name": "limit",
        "in": "query",
        "required": false,
        "description": "Taken as by other lists; this one always comes whole.",
        "schema": schema,
    })
}

/// An optional parameter may be left out; it is never `null`.
fn without_null(mut schema: Value) -> Value {
    if let Some(object) = schema
        .as_object_mut()
        .filter(|object| object.get("default") == Some(&Value::Null))
    {
        object.remove("default");
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let mut kept = any.iter().filter(|one| one.get("type") != Some(&json!("null")));
        if let (Some(only), None) = (kept.next(), kept.next()) {
            return only.clone();
        }
    }
    if let Some(kinds) = schema.get("type").and_then(Value::as_array) {
        let kept: Vec<Value> = kinds.iter().filter(|kind| **kind != json!("null")).cloned().collect();
        if let ([only], Some(object)) = (kept.as_slice(), schema.as_object_mut()) {
            object.insert("type".into(), only.clone());
        }
    }
    schema
}

/// The headers that a request may have.
pub(super) fn headers(operation: &Operation) -> Vec<Value> {
    let mut headers = Vec::new();
    let mut add = |name: &str, required: bool, description: &str| {
        headers.push(json!({
            "name": name, "in": "header", "required": required, "description": description, "schema": { "type": "string" },
        }));
    };
    if operation.keeps_answers {
        add(
            "Idempotency-Key",
            false,
            "A key of your choice. Within 30 days, the same request with the same key is done once; within 24 hours it gets the same answer.",
        );
    }
    if operation.later.is_some() {
        add(
            "Prefer",
            false,
            "`respond-async` (RFC 7240): answer `202` at once with a job, and go on working.",
        );
    }
    if operation.method == "GET" {
        add(
            "If-None-Match",
            false,
            "The `ETag` of your copy: the answer is `304` if nothing has changed.",
        );
    }
    if operation.heeds_if_match() {
        add(
            "If-Match",
            operation.needs_if_match,
            "The `ETag` of your copy: the answer is `412` if the object has changed.",
        );
    }
    headers
}
