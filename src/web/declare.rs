//! Declaring operations: each begins with its method and its handler, off whose type it is read what it
//! takes and gives.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use actix_web::{HttpRequest, http::Method};
use futures_util::{FutureExt as _, TryFutureExt as _};
use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::{
    Body, Call, Operation, Rate, Reply, Who,
    call::Parsed,
    incoming::parse_query,
    operation::{Cache, Shape, UNDECLARED, WholeList},
    path::Parameters,
    request::header_text,
};
use crate::error::Result;

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
            declare(Method::$method, $status, Rate::$rate, path, id, handler)
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

/// The charset that the `Content-Type` names.
fn charset(request: &HttpRequest) -> Option<&str> {
    let parameters = header_text(request, "content-type")?.split(';').skip(1);
    let mut named = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches('"'))
}

/// Whether a type has a field of this name.
fn has<T: JsonSchema>(field: &str) -> bool {
    let schema = T::json_schema(&mut SchemaGenerator::default());
    schema
        .get("properties")
        .is_some_and(|fields| fields.get(field).is_some())
}

fn declare<P, Q, B, T, F, Fut>(
    method: Method,
    status: u16,
    rate: Rate,
    path: &'static str,
    id: &'static str,
    handler: F,
) -> Operation
where
    P: DeserializeOwned + JsonSchema + Send + Sync + 'static,
    Q: DeserializeOwned + JsonSchema + Send + Sync + 'static,
    B: Body,
    T: JsonSchema + 'static,
    F: Fn(Call<P, Q, B>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Reply<T>>> + 'static,
{
    // Only once somebody asks: to know it takes the schemas of everything in the answer, and a server starts with all operations.
    let is_whole_list: WholeList = Arc::new(LazyLock::new(match method {
        Method::GET => || !has::<Q>("limit") && has::<T>("data") && has::<T>("page"),
        _ => || false,
    }));
    let takes_limit_anyway = is_whole_list.clone();
    let parse = move |request: &HttpRequest, path: &Parameters, bytes: &[u8]| {
        let (path, query) = (path.parse::<P>()?, parse_query::<Q>(request, &takes_limit_anyway)?);
        let (body, handler) = (B::parse_in(bytes, charset(request))?, handler.clone());
        let parsed: Parsed = Box::new(move |rest| {
            let answer = handler(rest.with(path, query, body));
            answer.map_ok(|reply| reply.raw).boxed_local()
        });
        Ok(parsed)
    };
    Operation {
        id,
        keeps_answers: !method.is_safe(),
        is_secret: false,
        method,
        path,
        tag: &UNDECLARED,
        summary: "",
        about: "",
        who: Who::SignedIn,
        rate,
        cache: Cache::Revalidate,
        statuses: vec![status],
        problems: Vec::new(),
        also: Vec::new(),
        is_file: false,
        needs_if_match: false,
        takes_if_match: false,
        is_whole_list,
        located: false,
        keeps_body: false,
        open_to_programs: None,
        session_fields: &[],
        uses_cookies: false,
        is_stream: false,
        later: None,
        shape: Shape {
            path: |generator| P::json_schema(generator),
            query: |generator| Q::json_schema(generator),
            body: B::schema,
            body_type: B::MEDIA_TYPE,
            body_optional: B::OPTIONAL,
            body_max: B::MAX,
            answer: |generator| generator.subschema_for::<T>(),
        },
        parse: Box::new(parse),
    }
}
