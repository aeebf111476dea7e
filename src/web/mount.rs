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
    dispatch::{count_stray, dispatch},
    incoming::Parameters,
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

impl Routes {
    /// # Errors
    /// A sentence, if two paths cannot be told apart.
    pub fn new(table: &[Arc<Operation>]) -> Result<Self, String> {
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
        // Decoded, but for what would change its parts.
        let path = request.match_info().as_str();
        let Ok(found) = routes.0.at(path) else {
            return unknown_path(request).await;
        };
        let parameters = Parameters::new(found.params.iter());
        // What is read with GET is looked at with HEAD; actix leaves out the body then.
        let method = match *request.method() {
            Method::HEAD => &Method::GET,
            ref method => method,
        };
        let operation = found.value.operations.iter().find(|one| one.method() == method);
        let Some(operation) = operation else {
            return not_allowed(&request, &found.value.allow);
        };
        (operation.clone(), parameters)
    };
    request.extensions_mut().insert(Matched(operation.path()));
    dispatch(operation, request, parameters, payload).await
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
    let detail = "This path does not exist. GET /openapi.json lists all paths.";
    let error = stray(&request, Error::new(Code::NotFound, detail));
    problem_response(&error, &request)
}
