//! From the table of operations to actix's routes, and what is answered where there is none.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, Resource, Route, guard,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web::{self, ServiceConfig},
};

use super::{
    Operation,
    answer::problem_response,
    dispatch::{count_stray, dispatch},
};
use crate::error::{Code, Error};

/// Routes every operation.
pub fn mount(config: &mut ServiceConfig, table: &[Arc<Operation>]) {
    let mut paths: Vec<&str> = table.iter().map(|operation| operation.path()).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let operations = table.iter().filter(|operation| operation.path() == path);
        let routes = operations.map(|operation| (operation.method().as_str(), route(operation)));
        config.service(resource(path, routes));
    }
}

fn route(operation: &Arc<Operation>) -> Route {
    let operation = operation.clone();
    route_for(operation.method().clone()).to(move |request, payload| dispatch(operation.clone(), request, payload))
}

/// What is read with GET is looked at with HEAD; actix leaves out the body then.
pub(super) fn route_for(method: Method) -> Route {
    match method == Method::GET {
        true => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        false => web::route().method(method),
    }
}

/// One path with its routes by method; any other method is told which there are.
pub(super) fn resource<'a>(path: &str, routes: impl IntoIterator<Item = (&'a str, Route)>) -> Resource {
    let mut allow = Vec::new();
    let mut resource = web::resource(path);
    for (method, route) in routes {
        resource = resource.route(route);
        allow.push(method);
        if method == "GET" {
            allow.push("HEAD");
        }
    }
    let allow = allow.join(", ");
    resource.default_service(web::to(move |request: HttpRequest| {
        let response = not_allowed(&request, &allow);
        async move { response }
    }))
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
