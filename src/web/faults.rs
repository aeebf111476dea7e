//! All that is wrong with the fields of a body, so that nobody has to mend them one request at a time.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    bounds::{out_of_bounds, resolved},
    json::Strict,
    wording::plain,
};
use crate::{
    error::{Error, FieldError},
    primitives::pointer::{escaped, unescaped},
};

/// Wrong fields that are named at the most: for each the body is parsed once more.
const MOST_NAMED: usize = 50;
/// So often a body is parsed at the most: also for what follows from a field that was taken out.
const MOST_PARSED: usize = 2 * MOST_NAMED;

type ShapeError = serde_path_to_error::Error<serde_json::Error>;

/// Names of fields and places in lists that lead to a value.
type Path = Vec<String>;

/// Every wrong field of a body.
///
/// A parse ends at its first error: what it names is taken out, wherever it stands, and the rest parsed again, until only
/// fields are left that were never sent, or enough have been named.
pub(super) fn every_field_error<T: DeserializeOwned + JsonSchema>(value: Value, first: &ShapeError) -> Error {
    let schema = Value::from(SchemaGenerator::default().into_root_schema_for::<T>());
    let mut found = Found {
        sent: value.clone(),
        rest: value,
        taken: BTreeMap::new(),
        errors: Vec::new(),
    };
    let mut goes_on = found.take(first, &schema);
    for _ in 0..MOST_PARSED {
        if !goes_on || found.errors.len() >= MOST_NAMED {
            break;
        }
        let next = serde_path_to_error::deserialize::<_, T>(Strict(&found.rest)).err();
        goes_on = next.is_some_and(|error| found.take(&error, &schema));
    }
    found.name_missing(&[], &schema);
    found.name_out_of_bounds(&schema);
    Error::fields(found.errors)
}

/// What was found so far.
struct Found {
    /// The body as it was sent.
    sent: Value,
    /// The same without what was named.
    rest: Value,
    /// Out of which objects and lists something was taken; of lists, from which places.
    taken: BTreeMap<Path, BTreeSet<usize>>,
    errors: Vec<FieldError>,
}

impl Found {
    /// Names what an error is about, and takes it out; whether there is something left to look at.
    fn take(&mut self, error: &ShapeError, schema: &Value) -> bool {
        let error = field_error(error);
        let mut path: Path = error.pointer.split('/').skip(1).map(unescaped).collect();
        let place = self.as_sent(&path);
        if error.code == "required" {
            // All that the object lacks is named at once; without it the rest of the body can be read.
            path.pop();
            if child(&self.sent, &place).is_none() {
                self.name(FieldError {
                    pointer: written(&place),
                    ..error
                });
            }
            let object = place.split_last().map(|(_, object)| object.to_vec());
            self.name_missing(&object.unwrap_or_default(), schema);
        } else if !self.taken.contains_key(&place) {
            // What something was taken out of may be wrong for that alone.
            self.name(FieldError {
                pointer: written(&place),
                ..error
            });
        }
        self.take_out(&path) || path.first().cloned().is_some_and(|field| self.take_out(&[field]))
    }

    fn name(&mut self, error: FieldError) {
        if !self.errors.iter().any(|one| one.pointer == error.pointer) {
            self.errors.push(error);
        }
    }

    /// Names the fields that an object must have and was sent without.
    fn name_missing(&mut self, object: &[String], schema: &Value) {
        for name in required(schema, object) {
            let field: Path = object.iter().cloned().chain([name.clone()]).collect();
            if child(&self.sent, &field).is_none() {
                self.name(missing_field(&written(object), &name));
            }
        }
    }

    /// Names the numbers and lists that have a type of their own but are smaller or larger than they may be, so that they are not
    /// found only once the rest is mended.
    fn name_out_of_bounds(&mut self, schema: &Value) {
        for fault in out_of_bounds(schema, &self.sent) {
            let is_within = |named: &FieldError| {
                let below = fault.pointer.strip_prefix(&named.pointer);
                below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
            };
            if self.errors.len() < MOST_NAMED && !self.errors.iter().any(is_within) {
                self.errors.push(fault);
            }
        }
    }

    /// Where a value of what is left stood in what was sent.
    fn as_sent(&self, path: &[String]) -> Path {
        let mut place = Path::new();
        for part in path {
            let gone = self.taken.get(&place).filter(|gone| !gone.is_empty());
            let kept = |gone: &BTreeSet<usize>| {
                let at: usize = part.parse().ok()?;
                (0..).filter(|one| !gone.contains(one)).nth(at)
            };
            let part = gone.and_then(kept).map_or_else(|| part.clone(), |at| at.to_string());
            place.push(part);
        }
        place
    }

    /// Takes a value out of what is left, if it is there.
    fn take_out(&mut self, path: &[String]) -> bool {
        let Some((last, parent)) = path.split_last() else {
            return false;
        };
        let place = self.as_sent(path);
        let Some(holder) = self.rest.pointer_mut(&written(parent)) else {
            return false;
        };
        let mut from_list = None;
        let is_gone = match holder {
            Value::Object(object) => object.remove(last).is_some(),
            Value::Array(items) => match last.parse::<usize>() {
                Ok(at) if at < items.len() => {
                    items.remove(at);
                    from_list = place.last().and_then(|at| at.parse::<usize>().ok());
                    true
                }
                _ => false,
            },
            _ => false,
        };
        if !is_gone {
            return false;
        }
        let holder = place
            .split_last()
            .map(|(_, holder)| holder.to_vec())
            .unwrap_or_default();
        self.taken.entry(holder).or_default().extend(from_list);
        true
    }
}

fn child<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    value.pointer(&written(path))
}

/// A path as a JSON pointer (RFC 6901).
fn written(path: &[String]) -> String {
    path.iter().map(|part| format!("/{}", escaped(part))).collect()
}

/// The fields that the object at a path must have, by the schema of the whole.
fn required(schema: &Value, path: &[String]) -> Vec<String> {
    let mut node = resolved(schema, schema);
    for part in path {
        let below = node.and_then(|node| {
            let field = node.get("properties").and_then(|fields| fields.get(part));
            field
                .or_else(|| node.get("items"))
                .or_else(|| node.get("additionalProperties"))
        });
        node = below.and_then(|below| resolved(schema, below));
    }
    let names = node.and_then(|node| node.get("required")?.as_array());
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(ToOwned::to_owned).collect()
}

fn missing_field(parent: &str, name: &str) -> FieldError {
    FieldError::at(format!("{parent}/{name}"), "required", "is required")
}

fn field_error(error: &ShapeError) -> FieldError {
    let pointer = pointer(error.path());
    let message = error.inner().to_string();
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let (field, allowed) = rest.split_once("`, ").unwrap_or((rest, ""));
        let part = format!("/{}", escaped(field));
        let pointer = if pointer.ends_with(&part) {
            pointer
        } else {
            pointer + &part
        };
        return FieldError::at(
            pointer,
            "unknown",
            format!("is not a field that you can set here: {allowed}"),
        );
    }
    if message.starts_with("missing field") {
        return missing_field(&pointer, &quoted());
    }
    FieldError::at(pointer, "invalid", plain(&message))
}

/// The JSON pointer (RFC 6901) of a serde path.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push_str(&escaped(key));
            }
            Segment::Unknown => pointer.push('?'),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::super::body::{Body as _, Json};
    use super::*;

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its parsing is looked at")]
    struct Form {
        name: String,
        age: u8,
        city: String,
        zip: Option<u32>,
    }

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its parsing is looked at")]
    struct Team {
        name: Option<String>,
        members: Vec<Form>,
        lead: Option<Form>,
        pair: Option<[u8; 2]>,
    }

    fn named<T: DeserializeOwned + JsonSchema + Send + Sync + std::fmt::Debug + 'static>(
        text: &str,
    ) -> Vec<(String, String)> {
        let error = Json::<T>::parse(text.as_bytes()).unwrap_err();
        let named = error.field_errors().iter();
        let mut named: Vec<_> = named
            .map(|field| (field.pointer.clone(), field.code.to_string()))
            .collect();
        named.sort_unstable();
        named
    }

    fn expected(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut expected: Vec<_> = fields
            .iter()
            .map(|(at, code)| ((*at).to_owned(), (*code).to_owned()))
            .collect();
        expected.sort_unstable();
        expected
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let all = [
            ("/age", "required"),
            ("/city", "required"),
            ("/name", "invalid"),
            ("/shoe", "unknown"),
            ("/zip", "invalid"),
        ];
        assert_eq!(named::<Form>(r#"{"name":1,"zip":"x","shoe":43}"#), expected(&all));
    }

    #[test]
    fn fields_within_fields_and_lists_are_named_too() {
        let whole = r#"{"name":"a","age":1,"city":"b"}"#;
        for (text, all) in [
            // Two wrong fields of one object, and others behind a right one.
            (
                format!(r#"{{"members":[{{"name":1,"age":"x","city":"b"}},{whole},{{"name":"a","city":2}}]}}"#),
                &[
                    ("/members/0/name", "invalid"),
                    ("/members/0/age", "invalid"),
                    ("/members/2/age", "required"),
                    ("/members/2/city", "invalid"),
                ][..],
            ),
            // All that an object lacks, and what is wrong elsewhere.
            (
                format!(r#"{{"name":7,"members":[{{}},{whole},{{"shoe":1}}],"lead":{{"city":"x"}}}}"#),
                &[
                    ("/name", "invalid"),
                    ("/members/0/name", "required"),
                    ("/members/0/age", "required"),
                    ("/members/0/city", "required"),
                    ("/members/2/shoe", "unknown"),
                    ("/members/2/name", "required"),
                    ("/members/2/age", "required"),
                    ("/members/2/city", "required"),
                    ("/lead/name", "required"),
                    ("/lead/age", "required"),
                ],
            ),
            // A list is not told to be too short because of what was taken out of it.
            (
                r#"{"members":[],"pair":[300,"x"]}"#.to_owned(),
                &[("/pair/0", "invalid"), ("/pair/1", "invalid")],
            ),
            (
                format!(r#"{{"members":[7,{whole},[]],"pair":[1]}}"#),
                &[
                    ("/members/0", "invalid"),
                    ("/members/2", "invalid"),
                    ("/pair", "invalid"),
                ],
            ),
        ] {
            assert_eq!(named::<Team>(&text), expected(all), "{text}");
        }
    }

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its parsing is looked at")]
    struct Wishes {
        #[schemars(length(min = 1, max = 2))]
        ranked: Vec<u8>,
        #[schemars(range(min = 1, max = 100))]
        at_most: Option<i32>,
    }

    #[test]
    fn what_is_too_small_or_too_large_is_named_with_what_has_another_fault() {
        for (text, all) in [
            (
                r#"{"ranked":[1],"at_most":0,"foo":1}"#,
                &[("/at_most", "invalid"), ("/foo", "unknown")][..],
            ),
            (
                r#"{"ranked":[],"at_most":101,"foo":1}"#,
                &[("/at_most", "invalid"), ("/foo", "unknown"), ("/ranked", "invalid")],
            ),
            (r#"{"ranked":[1,2],"at_most":100,"foo":1}"#, &[("/foo", "unknown")]),
            (
                r#"{"ranked":"x","at_most":null,"foo":1}"#,
                &[("/foo", "unknown"), ("/ranked", "invalid")],
            ),
        ] {
            assert_eq!(named::<Wishes>(text), expected(all), "{text}");
        }
        let error = Json::<Wishes>::parse(br#"{"ranked":[1,2,3],"at_most":0,"foo":1}"#).unwrap_err();
        let details: Vec<&str> = error.field_errors().iter().map(|field| field.detail.as_str()).collect();
        assert_eq!(details[1..], ["must be from 1 to 100", "must have from 1 to 2 items"]);
        // By itself it is left to the rules of the operation, which know more.
        assert!(Json::<Wishes>::parse(br#"{"ranked":[1],"at_most":0}"#).is_ok());
    }

    #[test]
    fn so_many_wrong_fields_are_named_and_no_more() {
        let unknown: Vec<String> = (0..5000).map(|at| format!("\"z{at}\":1")).collect();
        let error = Json::<Form>::parse(format!("{{{}}}", unknown.join(",")).as_bytes()).unwrap_err();
        // Those that are missing come on top.
        assert_eq!(error.field_errors().len(), MOST_NAMED + 3);
        let wrong = vec!["{}"; 2000].join(",");
        let error = Json::<Team>::parse(format!("{{\"members\":[{wrong}]}}").as_bytes()).unwrap_err();
        assert!(
            error.field_errors().len() < MOST_NAMED + 3,
            "{}",
            error.field_errors().len()
        );
    }
}
