//! The OpenAPI document, for whoever generates a client from it.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::{Map, Value};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| peerled::app::openapi("http://peerled.test"));

/// Method, path and description of each operation.
fn operations() -> Vec<(String, &'static Map<String, Value>)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let each = item.as_object().unwrap().iter();
            each.map(move |(method, operation)| (format!("{method} {path}"), operation.as_object().unwrap()))
        })
        .collect()
}

/// Every value in the document under this key.
fn all<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get(key));
            object.values().for_each(|inner| all(inner, key, found));
        }
        Value::Array(array) => array.iter().for_each(|inner| all(inner, key, found)),
        _ => {}
    }
}

fn resolve(reference: &str) -> Option<&'static Value> {
    DOCUMENT.pointer(reference.strip_prefix('#')?)
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_is_for() {
    let mut names = BTreeSet::new();
    for (operation, described) in operations() {
        let name = described["operationId"].as_str().unwrap();
        assert!(names.insert(name), "{operation}: another operation is called {name}");
        assert!(
            name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "{operation}: {name}"
        );
        let summary = described["summary"].as_str().unwrap();
        assert!(summary.len() > 5 && !summary.ends_with('.'), "{operation}: {summary:?}");
        for word in ["description", "x-access"] {
            assert!(
                !described[word].as_str().unwrap().is_empty(),
                "{operation} has no {word}"
            );
        }
    }
    assert_eq!(names.len(), peerled::routes::operations().len());
}

#[test]
fn every_parameter_of_a_path_is_described() {
    for (operation, described) in operations() {
        let (_, path) = operation.split_once(' ').unwrap();
        let named: BTreeSet<&str> = path
            .split('/')
            .filter_map(|part| Some(part.strip_prefix('{')?.split_once('}')?.0))
            .collect();
        let parameters = described["parameters"].as_array().unwrap();
        let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
        let described: BTreeSet<&str> = in_path.map(|parameter| parameter["name"].as_str().unwrap()).collect();
        assert_eq!(named, described, "{operation}");
    }
}

#[test]
fn every_body_has_an_example_that_fits() {
    for (operation, described) in operations() {
        let Some(body) = described.get("requestBody") else {
            continue;
        };
        let Some(schema) = body.pointer("/content/application~1json/schema") else {
            continue;
        };
        let schema = match schema["$ref"].as_str() {
            Some(reference) => resolve(reference).unwrap(),
            None => schema,
        };
        let example = schema["examples"]
            .get(0)
            .unwrap_or_else(|| panic!("{operation}: the body has no example"));
        let (example, properties) = (example.as_object().unwrap(), schema["properties"].as_object().unwrap());
        for name in example.keys() {
            assert!(properties.contains_key(name), "{operation}: there is no field {name}");
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap();
            assert!(
                example.contains_key(name),
                "{operation}: {name} is required, the example lacks it"
            );
        }
    }
}

#[test]
fn every_reference_leads_somewhere_and_nothing_lies_about_unused() {
    let mut references = Vec::new();
    all(&DOCUMENT, "$ref", &mut references);
    let references: BTreeSet<&str> = references.into_iter().filter_map(Value::as_str).collect();
    for reference in &references {
        assert!(resolve(reference).is_some(), "{reference} leads nowhere");
    }
    for kind in ["schemas", "responses", "examples", "headers"] {
        for name in DOCUMENT["components"][kind].as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(references.contains(reference.as_str()), "{name} is not used");
        }
    }
    for name in DOCUMENT["components"]["schemas"].as_object().unwrap().keys() {
        assert!(
            !name.ends_with(|c: char| c.is_ascii_digit()),
            "{name}: two types have one name"
        );
    }
}

#[test]
fn every_problem_stands_where_its_status_stands() {
    for (operation, described) in operations() {
        let responses = described["responses"].as_object().unwrap();
        for status in ["400", "413", "429", "500", "503"] {
            assert!(responses.contains_key(status), "{operation} lacks {status}");
        }
        let ways = described["security"].as_array().unwrap();
        let signed_in = !ways.is_empty() && !ways.contains(&serde_json::json!({}));
        assert!(!signed_in || responses.contains_key("401"), "{operation} lacks 401");
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let response = resolve(response["$ref"].as_str().unwrap()).unwrap();
            let examples = response["content"]["application/problem+json"]["examples"]
                .as_object()
                .unwrap();
            for (code, example) in examples {
                let example = resolve(example["$ref"].as_str().unwrap()).unwrap();
                assert_eq!(example["value"]["status"].to_string(), *status, "{operation}: {code}");
                assert_eq!(example["value"]["code"].as_str(), Some(code.as_str()), "{operation}");
            }
        }
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{operation} cannot succeed"
        );
    }
}

#[test]
fn every_enumeration_is_a_string_with_a_list_of_values() {
    let (mut choices, mut constants) = (Vec::new(), Vec::new());
    for key in ["oneOf", "anyOf"] {
        all(&DOCUMENT["components"], key, &mut choices);
    }
    for options in choices {
        let of_values = |one: &Value| one.get("const").is_some() || one.get("enum").is_some();
        let options = options.as_array().unwrap();
        assert!(!options.iter().all(of_values), "a choice between values: {options:?}");
    }
    all(&DOCUMENT["components"]["schemas"], "enum", &mut constants);
    assert!(constants.len() > 10 && constants.iter().all(|values| values.is_array()));
}

/// Every schema with a default: of parameters and of components.
fn with_defaults<'a>(value: &'a Value, found: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("default") && ["type", "$ref", "anyOf"].iter().any(|key| object.contains_key(*key)) {
                found.push(object);
            }
            object.values().for_each(|inner| with_defaults(inner, found));
        }
        Value::Array(array) => array.iter().for_each(|inner| with_defaults(inner, found)),
        _ => {}
    }
}

#[test]
fn every_default_is_of_the_type_of_its_schema() {
    let mut schemas = Vec::new();
    with_defaults(&DOCUMENT, &mut schemas);
    assert!(!schemas.is_empty());
    for schema in schemas {
        let kind = match &schema["default"] {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let Some(types) = schema.get("type") else {
            let choices = schema.get("anyOf").and_then(Value::as_array);
            let nullable = choices.is_some_and(|choices| choices.iter().any(|one| one["type"] == "null"));
            assert!(kind != "null" || nullable, "{schema:?}");
            continue;
        };
        let named = |one: &Value| one == kind || (kind == "integer" && one == "number");
        let fits = named(types) || types.as_array().is_some_and(|types| types.iter().any(named));
        assert!(fits, "a default of another type: {schema:?}");
    }
}

#[test]
fn every_tag_and_operation_says_what_it_is_about() {
    let tags = DOCUMENT["tags"].as_array().unwrap();
    let named = |name: &Value| tags.iter().find(|tag| tag["name"] == *name);
    for (operation, described) in operations() {
        let tag = named(&described["tags"][0]).unwrap_or_else(|| panic!("{operation}: no such tag"));
        assert!(tag["description"].as_str().unwrap().ends_with('.'), "{tag}");
        let (own, who) = described["description"]
            .as_str()
            .unwrap()
            .split_once("\n\nFor ")
            .unwrap_or_else(|| panic!("{operation} has no description of its own"));
        assert!(own.len() > 20 && who.len() > 5, "{operation}: {own:?}");
    }
}

fn takes_if_match(operation: &Value) -> bool {
    let parameters = operation["parameters"].as_array().unwrap();
    parameters.iter().any(|parameter| parameter["name"] == "If-Match")
}

#[test]
fn whatever_changes_or_removes_something_takes_if_match() {
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for method in ["put", "patch", "delete"] {
            if let Some(operation) = item.get(method) {
                assert!(takes_if_match(operation), "{method} {path}");
                assert!(operation["responses"].get("412").is_some(), "{method} {path}");
            }
        }
    }
}
