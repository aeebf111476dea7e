//! The kinds of jobs there are, registered where the application is put together.

use futures_util::future::LocalBoxFuture;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::{
    execution::{Execution, execute},
    task::{JobRequest, Task},
};
use crate::error::Result;

/// A kind of job, without the types of its task.
pub(super) struct Kind {
    name: &'static str,
    pub execute: fn(Execution) -> LocalBoxFuture<'static, Result<()>>,
    progress: fn(&mut SchemaGenerator) -> Schema,
    result: fn(&mut SchemaGenerator) -> Schema,
}

/// Every kind of job that this process can do.
#[derive(Default)]
pub struct JobKinds(Vec<Kind>);

impl JobKinds {
    /// The same with the kind that a task does.
    #[must_use]
    pub fn with<T: Task>(mut self) -> Self {
        self.0.push(Kind {
            name: T::Request::KIND,
            execute: |execution| Box::pin(execute::<T>(execution)),
            progress: schema_of::<T::Progress>,
            result: schema_of::<T::Result>,
        });
        self
    }

    pub(super) fn find(&self, name: &str) -> Option<&Kind> {
        self.0.iter().find(|kind| kind.name == name)
    }

    /// Completes the schema of a job: which kinds there are, and what progress and result look like.
    pub fn describe(&self, schemas: &mut SchemaGenerator) {
        let names: Vec<&str> = self.0.iter().map(|kind| kind.name).collect();
        let progress = any_of(self.0.iter().map(|kind| (kind.progress)(schemas)));
        let result = any_of(self.0.iter().map(|kind| (kind.result)(schemas)));
        let job = schemas.definitions_mut().get_mut("Job");
        let Some(fields) = job.and_then(|job| job.get_mut("properties")?.as_object_mut()) else {
            return;
        };
        let kind = json!({ "type": "string", "enum": names });
        for (field, parts) in [("kind", kind), ("progress", progress), ("result", result)] {
            if let (Some(Value::Object(field)), Value::Object(parts)) = (fields.get_mut(field), parts) {
                field.extend(parts);
            }
        }
    }
}

fn schema_of<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<T>()
}

/// One of these, each named once, or null.
fn any_of(schemas: impl Iterator<Item = Schema>) -> Value {
    let mut parts: Vec<Value> = Vec::new();
    for schema in schemas.map(Value::from) {
        if !parts.contains(&schema) {
            parts.push(schema);
        }
    }
    parts.push(json!({ "type": "null" }));
    json!({ "anyOf": parts })
}
