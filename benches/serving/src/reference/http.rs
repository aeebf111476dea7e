//! The operations over HTTP, for whoever does them.

use std::net::SocketAddr;

use crate::statements::{Answer, Ask, Caller};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::StatusCode, http::header, web};
use peerled::primitives::Id;

use super::tokens::Checker;

/// Does what is asked.
pub trait Server: Clone + Send + 'static {
    fn answer(&self, caller: Caller, ask: Ask) -> impl Future<Output = diesel::QueryResult<Answer>>;
}

struct Shared<S> {
    checker: Checker,
    server: S,
}

/// Serves until it is told to stop.
pub fn serve<S: Server>(bind: SocketAddr, checker: Checker, server: S) -> Result<(), String> {
    let make = move || {
        let shared = Shared {
            checker: checker.clone(),
            server: server.clone(),
        };
        let students = web::get().to(|path: web::Path<String>, query: web::Query<Limit>, request, shared| {
            respond::<S>(id(&path).map(|id| Ask::Students(id, query.limit)), request, shared)
        });
        App::new()
            .app_data(web::Data::new(shared))
            .route("/healthz", web::get().to(HttpResponse::Ok))
            .route(
                "/v1/cohorts/{id}",
                web::get().to(|path: web::Path<String>, request, shared| {
                    respond::<S>(id(&path).map(Ask::Cohort), request, shared)
                }),
            )
            .route(
                "/v1/cohorts/{id}/weeks/{number}/teams",
                web::get().to(|path: web::Path<(String, i32)>, request, shared| {
                    respond::<S>(id(&path.0).map(|id| Ask::WeekTeams(id, path.1)), request, shared)
                }),
            )
            .route("/v1/cohorts/{id}/enrolments", students)
            .route(
                "/v1/mentor-slots/{id}/sign-ups",
                web::post().to(|path: web::Path<String>, request, shared| {
                    respond::<S>(id(&path).map(Ask::SignUp), request, shared)
                }),
            )
    };
    let server = HttpServer::new(make).workers(1).bind(bind);
    let server = server.map_err(|error| format!("{bind}: {error}"))?.run();
    actix_web::rt::System::new()
        .block_on(server)
        .map_err(|error| error.to_string())
}

#[derive(serde::Deserialize)]
struct Limit {
    #[serde(default = "twenty")]
    limit: i64,
}

fn twenty() -> i64 {
    20
}

fn id(text: &str) -> Option<Id> {
    Id::parse(text).ok()
}

async fn respond<S: Server>(ask: Option<Ask>, request: HttpRequest, shared: web::Data<Shared<S>>) -> HttpResponse {
    let header = request.headers().get(header::AUTHORIZATION);
    let header = header.and_then(|value| value.to_str().ok());
    let (Some(claims), Some(ask)) = (shared.checker.check(header), ask) else {
        return HttpResponse::Unauthorized().finish();
    };
    let caller = Caller {
        person: claims.person,
        session: claims.session,
    };
    let (status, body) = match shared.server.answer(caller, ask).await {
        Ok(answer) => answer,
        Err(diesel::result::Error::NotFound) => (404, String::new()),
        Err(error) => (503, error.to_string()),
    };
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or_default())
        .content_type("application/json")
        .body(body)
}
