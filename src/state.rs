//! What every request can reach.

use std::sync::Arc;

use crate::{
    accounts::{Hasher, Keys},
    config::Config,
    db::Db,
    notifier::Notifier,
    solver_pool::SolverPool,
    telemetry::Metrics,
    web::{Callers, KeptAnswers, Limiter, Running},
};

/// A service that is open: its settings, its data, and what its requests share.
pub struct State {
    /// The settings.
    pub config: Config,
    /// The data.
    pub db: Db,
    /// Signs and verifies access tokens.
    pub keys: Keys,
    /// Hashes passwords, off the threads that answer.
    pub hasher: Hasher,
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
    /// Counters for operators.
    pub metrics: Metrics,
    /// The OpenAPI document.
    pub openapi: String,
}

impl State {
    /// Opens what the settings name; `openapi` is the document to serve.
    ///
    /// # Errors
    /// A sentence that says what cannot be opened.
    pub fn open(config: Config, openapi: String) -> Result<Self, String> {
        Ok(Self {
            db: Db::open(&config.database_url)?,
            keys: Keys::open(&config)?,
            hasher: Hasher::start()?,
            limiter: Limiter::new(config.rate_limit),
            callers: Callers::default(),
            kept_answers: KeptAnswers::default(),
            running_keys: Arc::default(),
            solver_pool: Arc::default(),
            job_notifier: Arc::default(),
            outbox_notifier: Arc::default(),
            metrics: Metrics::new()?,
            openapi,
            config,
        })
    }
}
