//! The log and the metrics.

use std::time::Duration;

use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Sends the log to standard error, in the form asked for. The first call counts.
pub fn start_log(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_target(false);
    // A second start in one process, as in tests, keeps the first log.
    let _ = if log.json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}

/// Counts requests by method, path pattern and status; never by anything a caller can choose.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    /// Empty counters.
    ///
    /// # Errors
    /// A sentence, if a name is used twice.
    pub fn new() -> Result<Self, String> {
        let labels = ["method", "path", "status"];
        let requests = IntCounterVec::new(Opts::new("http_requests_total", "Requests answered."), &labels);
        let seconds = HistogramVec::new(
            HistogramOpts::new("http_request_seconds", "Time to answer.").buckets(vec![
                0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
            ]),
            &["method", "path"],
        );
        let made = || -> prometheus::Result<Self> {
            let (registry, requests, seconds) = (Registry::new(), requests?, seconds?);
            registry.register(Box::new(requests.clone()))?;
            registry.register(Box::new(seconds.clone()))?;
            Ok(Self {
                registry,
                requests,
                seconds,
            })
        };
        made().map_err(|error| format!("cannot set up the metrics: {error}"))
    }

    /// One answered request.
    pub fn count(&self, method: &str, pattern: &str, status: u16, took: Duration) {
        self.requests
            .with_label_values(&[method, pattern, status.to_string().as_str()])
            .inc();
        self.seconds
            .with_label_values(&[method, pattern])
            .observe(took.as_secs_f64());
    }

    /// In the text format of Prometheus.
    pub fn text(&self) -> String {
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "the metrics cannot be written");
        }
        String::from_utf8(text).unwrap_or_default()
    }
}
