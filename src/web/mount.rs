//! From the table of operations to what answers a request, and what is answered where there is no operation.

use std::sync::Arc;

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse, Resource, Route, guard,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web::{self, Data},
};

use super::{
    Operation,
    answer::problem_response,
    dispatch::{self, count_stray, dispatch, goes_out_unchanged},
    path::Parameters,
    titles,
};
use crate::error::{Code, Error};

/// All operations by their paths, in one tree: however many there are, finding one takes a walk along the path.
/// actix would try the pattern of each path, one after the other.
#[derive(Default)]
pub struct Routes(matchit::Router<Path>);

/// A path, and what can be done there.
struct Path {
    operations: Vec<Arc<Operation>>,
    allow: String,
}

/// The path of the operation that a request was for, with its parameters in braces.
#[derive(Clone, Copy)]
pub(super) struct Matched(pub &'static str);

impl Path {
    /// What is read with GET is looked at with HEAD; actix leaves out the body then.
    fn operation(&self, method: &Method) -> Option<&Arc<Operation>> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.operations.iter().find(|one| one.method() == method)
    }
}

impl Routes {
    /// By the path as it is decoded, but for what would change its parts.
    fn at<'r>(&'r self, request: &'r HttpRequest) -> Option<(&'r Path, matchit::Params<'r, 'r>)> {
        let found = self.0.at(request.match_info().as_str()).ok()?;
        Some((found.value, found.params))
    }

    /// # Errors
    /// A sentence, if two paths cannot be told apart.
    pub fn new(table: &[Arc<Operation>]) -> Result<Self, String> {
        titles::remember(table);
        let mut paths: Vec<&str> = table.iter().map(|operation| operation.path()).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut routes = Self::default();
        for path in paths {
            let at_path = table.iter().filter(|operation| operation.path() == path);
            let operations: Vec<_> = at_path.cloned().collect();
            let allow = allowed(operations.iter().map(|operation| operation.method().as_str()));
            let inserted = routes.0.insert(path, Path { operations, allow });
            inserted.map_err(|error| format!("{path}: {error}"))?;
        }
        Ok(routes)
    }
}

/// Answers every request that is for none of the documents.
pub async fn answer(request: HttpRequest, payload: web::Payload, routes: Data<Routes>) -> HttpResponse {
    let (operation, parameters) = {
        let Some((found, parameters)) = routes.at(&request) else {
            return unknown_path(request).await;
        };
        let Some(operation) = found.operation(request.method()) else {
            return not_allowed(&request, &found.allow);
        };
        (operation.clone(), Parameters::new(parameters.iter()))
    };
    request.extensions_mut().insert(Matched(operation.path()));
    dispatch(operation, request, parameters, payload).await
}

/// The answer that was kept for a request, if there is one, and if nothing on the way out changes answers to it.
pub(super) fn kept_answer(request: &HttpRequest) -> Option<HttpResponse> {
    let operation = match request.method() {
        get if *get == Method::GET && goes_out_unchanged(request) => {
            let (found, _) = request.app_data::<Data<Routes>>()?.at(request)?;
            found.operation(get)?
        }
        _ => return None,
    };
    let answer = dispatch::kept_answer(operation, request)?;
    request.extensions_mut().insert(Matched(operation.path()));
    Some(answer)
}

/// A document outside the table of operations, which is read with GET; any other method is told so.
pub(super) fn document(path: &str, route: Route) -> Resource {
    let get = route.guard(guard::Any(guard::Get()).or(guard::Head()));
    let others = web::to(|request: HttpRequest| async move { not_allowed(&request, "GET, HEAD") });
    web::resource(path).route(get).default_service(others)
}

/// The methods of a path, as `Allow` lists them.
fn allowed<'a>(methods: impl Iterator<Item = &'a str>) -> String {
    let with_head = methods.flat_map(|method| match method {
        "GET" => vec!["GET", "HEAD"],
        other => vec![other],
    });
    with_head.collect::<Vec<_>>().join(", ")
}

fn not_allowed(request: &HttpRequest, allow: &str) -> HttpResponse {
    let detail = format!("{} takes {allow}.", request.path());
    let error = stray(request, Error::new(Code::MethodNotAllowed, detail));
    let mut response = problem_response(&error, request);
    if let Ok(value) = HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// What a request that no operation takes is told, as long as it does not come too often.
fn stray(request: &HttpRequest, error: Error) -> Error {
    count_stray(request).err().unwrap_or(error)
}

/// For every path that is none of ours.
pub async fn unknown_path(request: HttpRequest) -> HttpResponse {
    let detail = "This path does not exist. The document at /openapi.json lists all paths.";
    let error = stray(&request, Error::new(Code::NotFound, detail));
    problem_response(&error, &request)
}
