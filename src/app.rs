//! From a [`Config`] to a running server.

use std::{any::Any, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, middleware, web};
use futures_util::future::select;

use crate::{
    accounts, admissions, calendars, campuses,
    changes::{self, Channels, Doorkeeper, Hub, Reader},
    clients,
    config::{Config, is_localhost},
    db::{Conn, Db},
    error::Error,
    events,
    jobs::{self, JobKinds, Worker},
    mail::{self, CodePages, Letters, Mailroom, Sender},
    mentoring,
    notifications::{self, Digests, NoticeBoard, Notices, Unsubscribing},
    notifier::Notifier,
    outbox::{self, Dispatcher},
    pastoral,
    primitives::Instant,
    programmes, retros, routes,
    state::State,
    students, team_plans, teams,
    web::{
        Routes, answer, documents, forget_old_keys, frame, leave_small_answers, metrics_only, unknown_path,
        watch_this_thread,
    },
    webhooks::{self, Courier, Intake},
    work,
};

/// Who takes nothing of an answer for so long is cut off: what waits to be sent is memory.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Connections at once, for each of the threads that answer.
const CONNECTIONS: usize = 10_000;
/// How often an SQLite file is read as a whole.
const CHECKED: Duration = Duration::from_secs(24 * 60 * 60);

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
        job_kinds().describe(schemas)
    })
}

/// The kinds of jobs of all features.
fn job_kinds() -> JobKinds {
    JobKinds::default()
        .with::<team_plans::FormPlan>()
        .with::<team_plans::FormAgain>()
        .with::<team_plans::FindTradeOff>()
}

/// Who is woken when events have been received.
#[derive(Clone, Default)]
pub struct Woken {
    /// Sends mail.
    pub mail: Arc<Notifier>,
    /// Hands out what has changed.
    pub changes: Arc<Hub>,
    /// Sends webhooks.
    pub webhooks: Arc<Notifier>,
}

/// The types of objects about which mail goes to an address that nobody has proved: codes, which prove it; invitations, which are
/// for whoever has it and name nobody; and what was done with an account that has it, so that whoever really has it hears
/// of that. Nothing in these letters tells who the person is or what they do.
const TO_ANY_ADDRESS: &[&str] = &[
    "mailed_code",
    "invitation",
    "staff_invitation",
    "owner_invitation",
    "account",
    "sign_on",
];

/// Hands events to every consumer there is. `secret` is the installation's; `notifier` wakes it.
pub fn dispatcher(db: &Db, config: &Config, secret: &[u8], notifier: Arc<Notifier>, woken: Woken) -> Dispatcher {
    let links = Unsubscribing::new(secret, &config.public_url);
    let notices = Notices::default()
        .with("round", teams::round_notices)
        .with("team", teams::team_notices)
        .with("enrolment", students::notices)
        .with("cohort", students::cohort_notices)
        .with("mentor_slot", mentoring::notices)
        .with("mentor_allocation", mentoring::allocation_notices)
        .with("mentor_cover", mentoring::cover_notices)
        .with("mentor_draw", mentoring::draw_notices)
        .with("mentor_swap_offer", mentoring::swap_offer_notices)
        .with("event", events::event_notices)
        .with("timetable", events::timetable_notices)
        .with("action", retros::notices)
        .with("week", work::rotation_notices)
        .with("code_review", work::review_notices)
        .with("review_issue", work::issue_notices)
        .with("project", work::project_notices)
        .with("due_time", work::due_notices)
        .with("pastoral_carer", pastoral::notices)
        .with("walk", pastoral::walk_notices)
        .with("application", admissions::application_notices)
        .with("intake", admissions::intake_notices)
        .with("admission_offers", admissions::offer_notices)
        .with("admission_panel", admissions::panel_notices)
        .with("client", clients::notices)
        .with("client", clients::owner_notices)
        .with("owner_invitation", clients::joining_notices)
        .with("member", campuses::member_notices)
        .with("staff", campuses::staff_notices);
    let code_pages = CodePages::of(config);
    let letters = Letters::default()
        .with(students::letters(code_pages.clone()))
        .with(mentoring::letters(links.clone()))
        .with(mentoring::allocation_letters(links.clone()))
        .with(accounts::sign_on_letters)
        .with(accounts::code_letters(code_pages.clone()))
        .with(accounts::account_letters)
        .with(campuses::letters(code_pages.clone()))
        .with(campuses::closing_letters(config.public_url.clone()))
        .with(admissions::letters)
        .with(admissions::panel_letters)
        .with(clients::letters(config.public_url.clone()))
        .with(clients::invitation_letters(code_pages))
        .with(webhooks::letters(config.public_url.clone()));
    Dispatcher {
        db: db.clone(),
        consumers: vec![
            Arc::new(Channels::new(woken.changes)),
            Arc::new(NoticeBoard::new(notices, links)),
            Arc::new(Mailroom::new(letters, woken.mail)),
            Arc::new(Intake::new(woken.webhooks)),
        ],
        notifier,
    }
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

/// Begins what is done besides requests: jobs, events, mail, and forgetting. It goes on until the actix system ends.
///
/// # Errors
/// A sentence, if the mail server's settings cannot be used.
pub fn work(state: Arc<State>) -> Result<(), String> {
    let worker = Worker {
        db: state.db.clone(),
        required: state.config.require_second_factor,
        pool: state.solver_pool.clone(),
        notifier: state.job_notifier.clone(),
        kinds: job_kinds(),
    };
    actix_web::rt::spawn(worker.work());
    let mail_notifier = Arc::new(Notifier::default());
    let sender = Sender::open(state.db.clone(), &state.config, mail_notifier.clone(), TO_ANY_ADDRESS)?;
    actix_web::rt::spawn(sender.run());
    let woken = Woken {
        mail: mail_notifier,
        changes: state.changes.clone(),
        webhooks: Arc::default(),
    };
    let courier = Courier::new(
        state.db.clone(),
        state.vault.clone(),
        state.config.webhook_hosts.clone(),
        woken.webhooks.clone(),
    );
    actix_web::rt::spawn(courier.run());
    let dispatcher = dispatcher(
        &state.db,
        &state.config,
        state.vault.secret(),
        state.outbox_notifier.clone(),
        woken,
    );
    actix_web::rt::spawn(dispatcher.run());
    let reader = Reader {
        db: state.db.clone(),
        hub: state.changes.clone(),
    };
    actix_web::rt::spawn(reader.run());
    let doorkeeper = Doorkeeper {
        db: state.db.clone(),
        hub: state.changes.clone(),
    };
    actix_web::rt::spawn(doorkeeper.run());
    actix_web::rt::spawn(digests(&state).run());
    actix_web::rt::spawn(housekeeping(state.clone()));
    actix_web::rt::spawn(remind_mentors(state.clone()));
    actix_web::rt::spawn(tell_gaps(state.clone()));
    actix_web::rt::spawn(keep_time_of_admissions(state.clone()));
    actix_web::rt::spawn(remind_clients(state.clone()));
    actix_web::rt::spawn(check_database(state.db.clone()));
    actix_web::rt::spawn(watch_keys(state.clone()));
    actix_web::rt::spawn(forget_idle_callers(state));
    Ok(())
}

/// What writes the daily mail.
pub fn digests(state: &State) -> Digests {
    Digests {
        db: state.db.clone(),
        unsubscribing: Unsubscribing::new(state.vault.secret(), &state.config.public_url),
        public_url: state.config.public_url.clone(),
    }
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

/// Looks for damage as long as the server runs: at the start, which may be the one after a power cut, and daily.
async fn check_database(db: Db) {
    loop {
        db.check().await;
        actix_web::rt::time::sleep(CHECKED).await;
    }
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

/// Removes what may be forgotten, as long as the server runs.
async fn housekeeping(state: Arc<State>) {
    loop {
        if let Err(error) = sweep(&state.db, Instant::now()).await {
            tracing::warn!(%error, "what may be forgotten was not removed");
        }
        actix_web::rt::time::sleep(Duration::from_secs(20 * 60)).await;
    }
}

/// Asks mentors whether they still come, and passes on places that nobody confirmed, as long as the server runs.
async fn remind_mentors(state: Arc<State>) {
    loop {
        match mentoring::ask_and_expire(&state.db, Instant::now()).await {
            Ok(true) => state.outbox_notifier.notify(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "mentors were not asked whether they still come"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Tells organisers which weeks begin soon without enough mentors, as long as the server runs.
async fn tell_gaps(state: Arc<State>) {
    loop {
        match mentoring::tell_gaps(&state.db, Instant::now()).await {
            Ok(true) => state.outbox_notifier.notify(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "organisers were not told which weeks lack mentors"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(20 * 60)).await;
    }
}

/// Tells that applications are open, and lets offers run out, as long as the server runs.
async fn keep_time_of_admissions(state: Arc<State>) {
    loop {
        match admissions::keep_time(&state.db, Instant::now()).await {
            Ok(true) => state.outbox_notifier.notify(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what was due in admissions was not done"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Asks product owners again for a step that is awaited of them, as long as the server runs.
async fn remind_clients(state: Arc<State>) {
    loop {
        match clients::send_reminders(&state.db, Instant::now()).await {
            Ok(true) => state.outbox_notifier.notify(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "product owners were not reminded"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Removes what nobody needs any more: kept answers, sessions long over, refresh tokens spent long ago, old events and
/// mail, finished jobs. A little at a time, so that others can write in between.
///
/// # Errors
/// `503`
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Error> {
    while db.write(move |conn| forget(conn, now)).await? > 0 {}
    Ok(())
}

/// Looks for keys that came or went, as long as the server runs.
async fn watch_keys(state: Arc<State>) {
    loop {
        actix_web::rt::time::sleep(Duration::from_secs(accounts::LOOKED_FOR)).await;
        if let Err(why) = notice_keys(&state, Instant::now()).await {
            tracing::error!(why, "the signing keys were not read again; those from before stay");
        }
    }
}

/// Reads the signing keys again.
///
/// # Errors
/// A sentence, if one cannot be read, or the database cannot be written.
pub async fn notice_keys(state: &Arc<State>, now: Instant) -> Result<(), String> {
    let noticed = state.keys.read_again(&state.config, now)?;
    if noticed.went {
        state.callers.forget();
    }
    if noticed.came {
        let (wrapping, sharing) = (state.keys.wrapping()?, state.clone());
        let shared = state.db.write(move |conn| sharing.vault.share(conn, &wrapping));
        shared.await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Keeps the limiter's memory short, however many addresses somebody has.
async fn forget_idle_callers(state: Arc<State>) {
    loop {
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
        state.limiter.forget_idle();
    }
}

/// How many rows were removed.
fn forget(conn: &mut Conn, now: Instant) -> Result<usize, Error> {
    let long_ago = now.plus(-chrono::TimeDelta::days(30));
    Ok(forget_old_keys(conn, now)?
        + accounts::store::forget_sessions(conn, long_ago)?
        + accounts::store::forget_spent_tokens(conn, long_ago)?
        + accounts::store::forget_api_tokens(conn, long_ago.date())?
        + accounts::store::forget_attempts(conn, now)?
        + accounts::store::forget_passkey_challenges(conn, now)?
        + accounts::actions::forget_tries(conn, now)?
        + accounts::store::forget_codes(conn, now.plus(-chrono::TimeDelta::hours(1)))?
        + mail::delete_old(conn, long_ago)?
        + outbox::delete_old(conn, long_ago)?
        + changes::delete_old(conn)?
        + calendars::revisions::delete_old(conn, now)?
        + events::delete_left_out(conn, long_ago)?
        + webhooks::delete_old(conn, long_ago)?
        + pastoral::delete_old(conn, now.plus(-chrono::TimeDelta::days(366)))?
        + work::store::read_words_again(conn)?
        + notifications::delete_old(conn, now.plus(-chrono::TimeDelta::days(90)))?
        + admissions::forget(conn, now)?
        + campuses::actions::forget_former_staff(conn, now)?
        + jobs::forget_finished(conn, now)?)
}
