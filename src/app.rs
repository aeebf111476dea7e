//! From a [`Config`] to a running server.

mod background;

use std::{any::Any, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, middleware, web};
use futures_util::future::select;

pub use background::{Woken, digests, dispatcher, notice_keys, sweep, work};

use crate::{
    config::{Config, is_localhost},
    programmes, routes,
    state::State,
    web::{Routes, answer, documents, frame, leave_small_answers, metrics_only, unknown_path, watch_this_thread},
};

/// Who takes nothing of an answer for so long is cut off: what waits to be sent is memory.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Connections at once, for each of the threads that answer.
const CONNECTIONS: usize = 10_000;

/// Opens the database and everything else that a server or a command needs.
///
/// # Errors
/// A sentence that says what cannot be opened.
pub fn open(config: Config) -> Result<Arc<State>, String> {
    let public_url = config.public_url.clone();
    let state = State::open(config, move || openapi(&public_url).to_string())?;
    let filled = state.db.write_blocking(programmes::fill_library);
    filled.map_err(|error| error.to_string())?;
    Ok(Arc::new(state))
}

/// The OpenAPI document of all features.
pub fn openapi(public_url: &str) -> serde_json::Value {
    crate::web::document(&routes::operations(), public_url, |schemas| {
        background::job_kinds().describe(schemas)
    })
}

/// Binds the address and starts serving, and begins what is done besides; the future resolves when the server has
/// stopped. Must be called inside an actix system.
///
/// # Errors
/// A sentence, if the address cannot be bound.
pub fn serve(state: Arc<State>, workers: usize) -> Result<(Server, SocketAddr), String> {
    let listening = listen(state.clone(), workers)?;
    work(state)?;
    Ok(listening)
}

/// The API alone.
///
/// # Errors
/// A sentence, if the address cannot be bound.
pub fn listen(state: Arc<State>, workers: usize) -> Result<(Server, SocketAddr), String> {
    state.db.note_changes();
    allow_many_connections();
    let table = web::Data::new(Routes::new(&routes::operations())?);
    let shared = web::Data::from(state.clone());
    let bind = state.config.bind;
    let config = state.config.clone();
    let server = HttpServer::new(move || {
        watch_this_thread();
        App::new()
            .app_data(shared.clone())
            .wrap(middleware::from_fn(leave_small_answers))
            .wrap(middleware::Compress::default())
            .wrap(cors(&config))
            .wrap(middleware::from_fn(frame))
            .app_data(table.clone())
            .configure(|services| documents(services, config.console))
            .default_service(web::to(answer))
    })
    .on_connect(|connection, _| cut_off_who_does_not_read(connection))
    .workers(workers)
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(5))
    .keep_alive(Duration::from_secs(75))
    .max_connections(CONNECTIONS)
    .shutdown_signal(told_to_stop(state.clone()))
    .shutdown_timeout(state.config.stop_timeout.as_secs())
    .bind(bind)
    .map_err(|error| format!("PEERLED_BIND: cannot listen on {bind}: {error}"))?;
    if let Some(metrics) = state.config.metrics_bind {
        actix_web::rt::spawn(serve_metrics(state.clone(), metrics)?);
    }
    let address = server.addrs().first().copied().unwrap_or(bind);
    Ok((server.run(), address))
}

/// Until the process is told to stop (`SIGTERM`, `SIGINT`), and then for as long as it is to go on serving.
async fn told_to_stop(state: Arc<State>) {
    use actix_web::rt::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    let [Ok(mut terminate), Ok(mut interrupt)] = signals else {
        tracing::error!("signals cannot be listened for; only killing stops the service");
        return std::future::pending().await;
    };
    select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
    state.begin_stopping();
    tracing::info!(drain = ?state.config.drain, "told to stop");
    actix_web::rt::time::sleep(state.config.drain).await;
}

/// A connection takes an open file, of which most systems give a process few unless it asks for more.
fn allow_many_connections() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the number of open files cannot be raised");
    }
    if limit.maximum.is_some_and(|most| most < CONNECTIONS as u64) {
        tracing::warn!(
            most = limit.maximum,
            "fewer files may be open than connections are allowed; see LimitNOFILE"
        );
    }
}

/// The metrics, on an address of their own: whom they concern is not who calls the API.
fn serve_metrics(state: Arc<State>, bind: SocketAddr) -> Result<Server, String> {
    let shared = web::Data::from(state);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(shared.clone())
            .configure(metrics_only)
            .default_service(web::to(unknown_path))
    })
    .workers(1)
    // The server of the API listens for signals; when it stops, so does the process.
    .disable_signals()
    .max_connections(100)
    .bind(bind);
    let server = server.map_err(|error| format!("PEERLED_METRICS_BIND: cannot listen on {bind}: {error}"))?;
    Ok(server.run())
}

/// The server waits for ever for room to write into. So the system gives up a connection on which nothing that was
/// sent has been taken for a while; other systems than Linux have no such option.
fn cut_off_who_does_not_read(connection: &dyn Any) {
    #[cfg(target_os = "linux")]
    if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
        let limited = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(WRITE_TIME));
        if let Err(error) = limited {
            tracing::warn!(%error, "a connection has no time limit for writing");
        }
    }
}

fn cors(config: &Config) -> actix_cors::Cors {
    let exposed = [
        "ETag",
        "Link",
        "Location",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "X-Request-Id",
        "Idempotent-Replayed",
    ];
    let cors = actix_cors::Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        // Also those that tracing libraries add to what a page sends, whatever they are called.
        .allow_any_header()
        .expose_headers(exposed)
        .max_age(3600);
    let cors = config
        .cors_origins
        .iter()
        .fold(cors, |cors, origin| cors.allowed_origin(origin));
    // With cookies, but not from whatever happens to run on this machine.
    match config.cors_localhost {
        true => cors.allowed_origin_fn(|origin, _| origin.to_str().is_ok_and(is_localhost)),
        false => cors.supports_credentials(),
    }
}
