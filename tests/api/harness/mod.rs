//! A server and a database for each test, people who call it, and a check of every answer against
//! the OpenAPI document.

pub mod authenticator;
mod client;
mod database;
mod fixture;
mod people;
pub mod provider;
mod stored;

use std::sync::Arc;

use peerled::{
    app,
    config::Settings,
    mail::{self, Message},
    state::State,
};

pub use client::{Answer, Client};
pub use database::{Backend, Database};
pub use fixture::Fac;
pub use people::User;
pub use stored::stored_texts;

/// Runs a test on SQLite and, where `PEERLED_TEST_POSTGRES_URL` is set, on PostgreSQL.
#[macro_export]
macro_rules! on_every_database {
    ($($(#[$meta:meta])* fn $name:ident($world:ident: $type:ty) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            fn test($world: $type) $body

            #[test]
            fn sqlite() {
                test($crate::harness::World::start($crate::harness::Backend::Sqlite));
            }

            #[test]
            fn postgres() {
                if let Some(backend) = $crate::harness::Backend::postgres() {
                    test($crate::harness::World::start(backend));
                }
            }
        }
    )*};
}

/// For a test that starts its world by itself.
pub fn on_both(test: impl Fn(Backend)) {
    [Some(Backend::Sqlite), Backend::postgres()]
        .into_iter()
        .flatten()
        .for_each(test);
}

/// One running server with a database of its own.
pub struct World {
    /// What the server runs on; tests reach behind the API only for what it does not offer.
    pub state: Arc<State>,
    /// `http://127.0.0.1:port`
    pub url: String,
    /// Nothing is done besides requests.
    is_idle: bool,
    _folder: tempfile::TempDir,
    stop: Option<actix_web::dev::ServerHandle>,
    database: database::Database,
}

impl World {
    /// With rate limits off.
    pub fn start(backend: Backend) -> Self {
        Self::start_with(backend, |_| {})
    }

    /// With settings of its own.
    pub fn start_with(backend: Backend, set: impl FnOnce(&mut Settings)) -> Self {
        Self::start_as(backend, set, serve)
    }

    /// With nothing that is done besides requests, but while [`World::working`].
    pub fn start_idle(backend: Backend) -> Self {
        Self::start_idle_with(backend, authenticator::with_passkeys)
    }

    /// The same with settings of its own.
    pub fn start_idle_with(backend: Backend, set: impl FnOnce(&mut Settings)) -> Self {
        let mut world = Self::start_as(backend, set, |state| run(move || app::listen(state, 2)));
        world.is_idle = true;
        world
    }

    /// Sees to it that jobs and the like are done while `meanwhile` waits for them.
    pub fn working<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        if !self.is_idle {
            return meanwhile();
        }
        let (state, (ready, started)) = (self.state.clone(), std::sync::mpsc::channel());
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let worker = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                app::work(state).unwrap();
                ready.send(()).unwrap();
                let _ = stopped.await;
            });
        });
        started.recv().unwrap();
        let done = meanwhile();
        drop(stop);
        worker.join().unwrap();
        done
    }

    /// Where its database is.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    fn start_as(
        backend: Backend,
        set: impl FnOnce(&mut Settings),
        serve: impl FnOnce(Arc<State>) -> (actix_web::dev::ServerHandle, std::net::SocketAddr),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database::Database::copy(backend, folder.path());
        let mut settings = Settings {
            database_url: Some(database.url.clone()),
            bind: Some("127.0.0.1:0".into()),
            data_dir: Some(folder.path().display().to_string()),
            public_url: Some("http://peerled.test".into()),
            rate_limit: Some("off".into()),
            // Receivers are in this process.
            webhook_hosts: Some("127.0.0.1".into()),
            ..Settings::default()
        };
        provider::PROVIDER.set_up(&mut settings);
        set(&mut settings);
        let state = app::open(settings.load().unwrap()).unwrap();
        let (stop, address) = serve(state.clone());
        Self {
            state,
            url: format!("http://{address}"),
            is_idle: false,
            _folder: folder,
            stop: Some(stop),
            database,
        }
    }

    /// Stops the server and starts another on the same database and files, at another address.
    pub fn restart(&mut self) {
        if let Some(stop) = self.stop.take() {
            actix_web::rt::System::new().block_on(stop.stop(true));
        }
        self.state = app::open(self.state.config.clone()).unwrap();
        let (stop, address) = serve(self.state.clone());
        (self.stop, self.url) = (Some(stop), format!("http://{address}"));
    }

    /// Starts another server beside it, on the same database and files, for as long as the tests run: its address.
    pub fn beside(&self) -> String {
        let (_, address) = serve(app::open(self.state.config.clone()).unwrap());
        format!("http://{address}")
    }

    /// Hands everything that has happened so far to whoever is told of it.
    pub fn hand_out(&self) {
        let mut dispatcher = app::dispatcher(
            &self.state.db,
            &self.state.config,
            self.state.vault.secret(),
            Arc::default(),
            app::Woken::default(),
        );
        dispatcher.passed_over = Some(self.state.metrics.passed_over.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(dispatcher.dispatch());
    }

    /// All mail about what has happened so far, the oldest first.
    pub fn mail(&self) -> Vec<Message> {
        self.hand_out();
        let mut mail = self.db(|conn| mail::list(conn, 1000));
        mail.reverse();
        mail
    }

    /// A caller without an account.
    pub fn nobody(&self) -> Client {
        Client::new(&self.url, None)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Not awaited: the test is over, connections may break.
            drop(stop.stop(false));
            if !std::thread::panicking() {
                let passed_over = self.state.metrics.passed_over.get();
                assert_eq!(passed_over, 0, "somebody was not told of something; the log says why");
            }
        }
    }
}

fn serve(state: Arc<State>) -> (actix_web::dev::ServerHandle, std::net::SocketAddr) {
    run(move || app::serve(state, 2))
}

type Serving = (actix_web::dev::Server, std::net::SocketAddr);

fn run(
    serve: impl FnOnce() -> Result<Serving, String> + Send + 'static,
) -> (actix_web::dev::ServerHandle, std::net::SocketAddr) {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (server, address) = serve().unwrap();
            sender.send((server.handle(), address)).unwrap();
            server.await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// Says which half of the databases this run looked at.
#[test]
#[expect(clippy::print_stdout, reason = "it is what the test is for")]
fn says_which_databases_ran() {
    match Backend::postgres() {
        Some(_) => println!("databases: sqlite, postgres"),
        None => println!("databases: sqlite (set PEERLED_TEST_POSTGRES_URL, or use tests/run, for postgres too)"),
    }
}

/// Compares a checked-in document with what the code makes of it; `UPDATE_DOCS=1` writes it.
///
/// # Panics
/// If they differ.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the service")]
pub fn compare_with_file(path: &str, made: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{} is not what the code says; run the test with UPDATE_DOCS=1 and read the difference:\n{made}",
        path.display()
    );
}
