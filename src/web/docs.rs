//! The documents that describe the service itself: made at the start, served as they are.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};

use super::{answer::problem_response, console, mount::document, request::base_path, served::CSP};
use crate::{
    error::{Code, Error},
    state::State,
};

/// Routes outside `/v1`. Without the console, whoever opens the service in a browser is led to its documentation.
pub fn documents(config: &mut ServiceConfig, has_console: bool) {
    let get = web::route;
    let to_docs = |request: HttpRequest| async move { web::Redirect::to(format!("{}/docs", base_path(&request))) };
    let html = || page("text/html; charset=utf-8", include_str!("docs.html"));
    let script = || page("text/javascript; charset=utf-8", include_str!("docs.js"));
    let examples = || page("text/javascript; charset=utf-8", include_str!("examples.js"));
    let style = || page("text/css; charset=utf-8", include_str!("docs.css"));
    if has_console {
        console::documents(config);
    } else {
        config.service(document("/", get().to(to_docs)));
    }
    for (path, route) in [
        ("/openapi.json", get().to(openapi)),
        ("/docs", get().to(html)),
        ("/docs/", get().to(to_docs)),
        ("/docs/docs.js", get().to(script)),
        ("/docs/examples.js", get().to(examples)),
        ("/docs/docs.css", get().to(style)),
        ("/docs/errors", get().to(errors)),
        ("/.well-known/jwks.json", get().to(jwks)),
        ("/healthz", get().to(healthy)),
        ("/readyz", get().to(ready)),
    ] {
        config.service(document(path, route));
    }
}

async fn openapi(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let answer = state.openapi.answer(&request).await;
    answer.unwrap_or_else(|error| problem_response(&error, &request))
}

async fn jwks(state: Data<State>) -> HttpResponse {
    // A new key signs only after everybody has read it here.
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(state.keys.jwks())
}

async fn page(content_type: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP))
        .body(text)
}

/// The table of problem codes, to which the `type` of every problem document leads.
async fn errors() -> HttpResponse {
    let rows: String = Code::ALL
        .iter()
        .map(|code| {
            let (word, status, title) = (code.as_str(), code.status(), code.title());
            format!("<tr id=\"{word}\"><td><code>{word}</code></td><td>{status}</td><td>{title}</td></tr>\n")
        })
        .collect();
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>peerled: problems</title>\
         <link rel=\"stylesheet\" href=\"docs.css\"><main><h1>Problems</h1>\
         <table><thead><tr><th>code</th><th>status</th><th>title</th></tr></thead><tbody>\n{rows}</tbody></table></main></html>"
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP))
        .body(body)
}

async fn healthy() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "ok" }))
}

/// Ready when the database can be read and written, and the service is not about to stop.
async fn ready(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let is_ready = match state.is_stopping() {
        true => Err(Error::new(Code::Unavailable, "The service is about to stop.").retry_after(5)),
        false => state.db.probe().await,
    };
    match is_ready {
        Ok(()) => HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })),
        Err(error) => problem_response(&error, &request),
    }
}

/// Routes of the address that is for operators alone.
pub fn metrics_only(config: &mut ServiceConfig) {
    config.service(document("/metrics", web::route().to(metrics)));
}

async fn metrics(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(state.metrics.text(&[
            ("database", state.db.depth()),
            ("passwords", state.hasher.depth()),
            ("solver", state.solver_pool.depth()),
        ]))
}
