//! An operation, declared once: routing, documentation, authorisation matrix, rate limits and
//! metric labels all follow from it. What it takes and gives is read off its handler's type.

use std::{future::Future, sync::Arc};

use actix_web::{guard, http::Method};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::{Body, Call, Rate, Reply, dispatch};
use crate::error::{Code, Result};

/// Who may call an operation at all; what they may do with it is decided in its action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Also without an access token.
    Anyone,
    /// Only with one.
    SignedIn,
    /// The body proves who calls; a token sent along, which may have ended, is not looked at.
    ByBody,
}

/// One row of the table in `routes.rs`.
pub struct Operation {
    pub(super) id: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) summary: &'static str,
    pub(super) access: Access,
    pub(super) who: &'static str,
    pub(super) rate: Rate,
    pub(super) statuses: Vec<u16>,
    pub(super) problems: Vec<Code>,
    pub(super) also: Vec<&'static str>,
    pub(super) keeps_answers: bool,
    pub(super) needs_if_match: bool,
    pub(super) later: Option<fn(&mut SchemaGenerator) -> Schema>,
    pub(super) shape: Shape,
    register: Register,
}

type Register = Arc<dyn Fn(Arc<Operation>) -> actix_web::Route + Send + Sync>;

/// The types of an operation, as schemas.
pub(super) struct Shape {
    pub path: fn(&mut SchemaGenerator) -> Schema,
    pub query: fn(&mut SchemaGenerator) -> Schema,
    pub body: fn(&mut SchemaGenerator) -> Option<Schema>,
    pub body_type: Option<&'static str>,
    pub body_optional: bool,
    pub answer: fn(&mut SchemaGenerator) -> Schema,
}

macro_rules! methods {
    ($($(#[$meta:meta])* $name:ident = $method:ident, $status:literal, $rate:ident;)*) => {$(
        $(#[$meta])*
        pub fn $name<P, Q, B, T, F, Fut>(path: &'static str, id: &'static str, handler: F) -> Operation
        where
            P: DeserializeOwned + JsonSchema + Send + Sync + 'static,
            Q: DeserializeOwned + JsonSchema + Send + Sync + 'static,
            B: Body,
            T: JsonSchema + 'static,
            F: Fn(Call<P, Q, B>) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = Result<Reply<T>>> + 'static,
        {
            Operation::new(Method::$method, $status, Rate::$rate, path, id, handler)
        }
    )*};
}

methods! {
    /// Reads; answers 200.
    get = GET, 200, Read;
    /// Makes something; answers 201.
    post = POST, 201, Write;
    /// Puts something in its place; answers 204.
    put = PUT, 204, Write;
    /// Changes what is named; answers 200.
    patch = PATCH, 200, Write;
    /// Removes; answers 204.
    delete = DELETE, 204, Write;
}

/// What is read with GET is looked at with HEAD; actix leaves out the body then.
pub(super) fn route_for(method: Method) -> actix_web::Route {
    let route = actix_web::web::route();
    if method == Method::GET {
        route.guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        route.method(method)
    }
}

impl Operation {
    fn new<P, Q, B, T, F, Fut>(
        method: Method,
        status: u16,
        rate: Rate,
        path: &'static str,
        id: &'static str,
        handler: F,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + Sync + 'static,
        Q: DeserializeOwned + JsonSchema + Send + Sync + 'static,
        B: Body,
        T: JsonSchema + 'static,
        F: Fn(Call<P, Q, B>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply<T>>> + 'static,
    {
        let route_method = method.clone();
        let register = move |operation: Arc<Operation>| {
            let handler = handler.clone();
            route_for(route_method.clone()).to(move |request, payload| {
                dispatch::dispatch::<P, Q, B, T, F, Fut>(operation.clone(), handler.clone(), request, payload)
            })
        };
        Self {
            id,
            keeps_answers: method == Method::POST,
            method,
            path,
            summary: "",
            access: Access::SignedIn,
            who: "anyone with an account",
            rate,
            statuses: vec![status],
            problems: Vec::new(),
            also: Vec::new(),
            needs_if_match: false,
            later: None,
            shape: Shape {
                path: |generator| P::json_schema(generator),
                query: |generator| Q::json_schema(generator),
                body: B::schema,
                body_type: B::MEDIA_TYPE,
                body_optional: B::OPTIONAL,
                answer: |generator| generator.subschema_for::<T>(),
            },
            register: Arc::new(register),
        }
    }

    /// One line on what it is for.
    pub fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Also for callers without an access token.
    pub fn public(mut self) -> Self {
        self.access = Access::Anyone;
        self.who = "anyone";
        self
    }

    /// For callers who prove themselves by the body, whatever token they may still send along.
    pub fn by_body(mut self) -> Self {
        self.access = Access::ByBody;
        self.who = "anyone";
        self
    }

    /// Who may, in words, for the documentation. The matrix in `docs/authz.md` shows who really may.
    pub fn who(mut self, who: &'static str) -> Self {
        self.who = who;
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

    /// How often it may be called.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// Its answers hold secrets and are not kept for an `Idempotency-Key`.
    pub fn not_kept(mut self) -> Self {
        self.keeps_answers = false;
        self
    }

    /// It changes nothing without `If-Match`.
    pub fn needs_if_match(mut self) -> Self {
        self.needs_if_match = true;
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

    /// Its path, with parameters in braces.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Who may call it at all.
    pub fn access(&self) -> Access {
        self.access
    }

    /// It may also answer `202` with an `L`, which tells of the work: always, if the caller sends
    /// `Prefer: respond-async`.
    pub fn or_later<L: JsonSchema>(mut self) -> Self {
        self.statuses.push(202);
        self.later = Some(|generator| generator.subschema_for::<L>());
        self
    }

    /// The route for actix.
    pub fn route(self: &Arc<Self>) -> actix_web::Route {
        (self.register)(self.clone())
    }
}
