//! What a schema says of how large numbers and how long lists may be.

use serde_json::Value;

use crate::{error::FieldError, primitives::pointer::escaped};

/// The definition that a schema refers to; of one or null, the one.
pub(super) fn resolved<'s>(whole: &'s Value, schema: &'s Value) -> Option<&'s Value> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return whole.pointer(reference.strip_prefix('#')?);
    }
    let options = schema.get("anyOf").and_then(Value::as_array);
    let one = options.and_then(|options| options.iter().find(|option| option.get("$ref").is_some()));
    match one {
        Some(one) => whole.pointer(one.get("$ref")?.as_str()?.strip_prefix('#')?),
        None => Some(schema),
    }
}

/// All numbers and lists in what was sent that are smaller or larger than the schema says.
pub(super) fn out_of_bounds(schema: &Value, sent: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    look(schema, schema, sent, "", &mut found);
    found
}

fn look(whole: &Value, schema: &Value, sent: &Value, at: &str, found: &mut Vec<FieldError>) {
    let Some(schema) = resolved(whole, schema) else {
        return;
    };
    let mut check = |size: f64, [least, most]: [&str; 2], form: fn(&str) -> String| {
        let (least, most) = (schema.get(least), schema.get(most));
        let is = |bound: Option<&Value>, broken: fn(f64, f64) -> bool| {
            bound.and_then(Value::as_f64).is_some_and(|bound| broken(size, bound))
        };
        if !is(least, |size, least| size < least) && !is(most, |size, most| size > most) {
            return;
        }
        let bounds = match (least, most) {
            (Some(least), Some(most)) => format!("from {least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, Some(most)) => format!("at most {most}"),
            (None, None) => return,
        };
        found.push(FieldError::at(at, "invalid", form(&bounds)));
    };
    match sent {
        Value::Number(number) => {
            let size = number.as_f64().unwrap_or_default();
            check(size, ["minimum", "maximum"], |bounds| format!("must be {bounds}"));
        }
        Value::Array(items) => {
            let size = u32::try_from(items.len()).map_or(f64::MAX, f64::from);
            check(size, ["minItems", "maxItems"], |bounds| {
                format!("must have {bounds} items")
            });
            let of_items = schema
                .get("items")
                .into_iter()
                .flat_map(|of| items.iter().map(move |item| (of, item)));
            for (index, (of, item)) in of_items.enumerate() {
                look(whole, of, item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            let described = |name: &str| schema.get("properties").and_then(|all| all.get(name));
            for (name, value) in fields {
                if let Some(of) = described(name).or_else(|| schema.get("additionalProperties")) {
                    look(whole, of, value, &format!("{at}/{}", escaped(name)), found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
