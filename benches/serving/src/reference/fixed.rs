//! One answer for everything: what HTTP and the check of the token cost by themselves.

use std::net::SocketAddr;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::header, web};

use super::tokens::Checker;

struct Fixed {
    checker: Checker,
    body: web::Bytes,
}

/// Serves until it is told to stop.
pub fn serve(bind: SocketAddr, checker: Checker, size: usize) -> Result<(), String> {
    let body = web::Bytes::from(format!("\"{}\"", "x".repeat(size.saturating_sub(2))));
    let make = move || {
        let fixed = Fixed {
            checker: checker.clone(),
            body: body.clone(),
        };
        App::new()
            .app_data(web::Data::new(fixed))
            .route("/healthz", web::get().to(HttpResponse::Ok))
            .default_service(web::to(respond))
    };
    let server = HttpServer::new(make).workers(1).bind(bind);
    let server = server.map_err(|error| format!("{bind}: {error}"))?.run();
    actix_web::rt::System::new()
        .block_on(server)
        .map_err(|error| error.to_string())
}

async fn respond(request: HttpRequest, fixed: web::Data<Fixed>) -> HttpResponse {
    let header = request.headers().get(header::AUTHORIZATION);
    match fixed.checker.check(header.and_then(|value| value.to_str().ok())) {
        Some(_) => HttpResponse::Ok()
            .content_type("application/json")
            .body(fixed.body.clone()),
        None => HttpResponse::Unauthorized().finish(),
    }
}
