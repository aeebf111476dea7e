//! What every request can reach.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    accounts::{Hasher, Keys, Vault},
    changes::Hub,
    config::Config,
    db::Db,
    metrics::Metrics,
    notifier::Notifier,
    providers::Providers,
    solver_pool::SolverPool,
    web::{Callers, KeptAnswers, Limiter, Running, Served},
};

/// A service that is open: its settings, its data, and what its requests share.
pub struct State {
    /// The settings.
    pub config: Config,
    /// The data.
    pub db: Db,
    /// Signs and verifies access tokens.
    pub keys: Keys,
    /// What this installation keeps to itself.
    pub vault: Arc<Vault>,
    /// Hashes passwords, off the threads that answer.
    pub hasher: Hasher,
    /// Asks identity providers who somebody is.
    pub providers: Providers,
    /// Counts requests.
    pub limiter: Limiter,
    /// Access tokens that were verified.
    pub callers: Callers,
    /// What was answered and still holds.
    pub kept_answers: KeptAnswers,
    /// The `Idempotency-Key`s at work in this process.
    pub running_keys: Arc<Running>,
    /// Threads for long computing.
    pub solver_pool: Arc<SolverPool>,
    /// Wakes the worker that does jobs.
    pub job_notifier: Arc<Notifier>,
    /// Wakes the task that hands events to their consumers.
    pub outbox_notifier: Arc<Notifier>,
    /// Where those who listen to changes wait.
    pub changes: Arc<Hub>,
    /// Counters for operators.
    pub metrics: Metrics,
    /// The OpenAPI document, made when somebody first asks for it.
    pub openapi: LazyLock<Served, Box<dyn FnOnce() -> Served + Send + Sync>>,
    is_stopping: AtomicBool,
}

impl State {
    /// Opens what the settings name; `openapi` makes the document to serve.
    ///
    /// # Errors
    /// A sentence that says what cannot be opened.
    pub fn open(config: Config, openapi: impl FnOnce() -> String + Send + Sync + 'static) -> Result<Self, String> {
        let db = Db::open(&config.database_url)?;
        let (metrics, solver_pool) = (Metrics::new()?, SolverPool::new()?);
        metrics.add(db.counted())?;
        metrics.add(solver_pool.counted())?;
        let kept_answers = KeptAnswers::new()?;
        metrics.add(kept_answers.counted())?;
        let keys = Keys::open(&config)?;
        Ok(Self {
            vault: Arc::new(Vault::open(&db, &keys)?),
            db,
            keys,
            hasher: Hasher::start()?,
            providers: Providers::new(&config.providers),
            limiter: Limiter::new(config.rate_limit),
            callers: Callers::default(),
            kept_answers,
            running_keys: Arc::default(),
            solver_pool: Arc::new(solver_pool),
            job_notifier: Arc::default(),
            outbox_notifier: Arc::default(),
            changes: Arc::default(),
            metrics,
            openapi: LazyLock::new(Box::new(|| Served::new(openapi()))),
            config,
            is_stopping: AtomicBool::new(false),
        })
    }

    /// From now on `/readyz` says that the service is about to stop, and connections are closed after their answers.
    pub fn begin_stopping(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        self.changes.stop();
    }

    /// Whether the service is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }
}
