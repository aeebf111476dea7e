//! The metrics.

use std::time::Duration;

use prometheus::{
    Encoder, GaugeVec, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGaugeVec, Opts, Registry,
    TextEncoder, core::Collector,
};

use crate::queue::Depth;

/// What operators see, in numbers. Labels are methods, path patterns, statuses and names of ours; never anything that a
/// caller can choose.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    waiting: IntGaugeVec,
    longest_wait: GaugeVec,
    refused: IntCounterVec,
    /// Events that a consumer could not receive: somebody was not told of something.
    pub passed_over: IntCounter,
}

impl Metrics {
    /// Empty counters.
    ///
    /// # Errors
    /// A sentence, if a name is used twice.
    pub fn new() -> Result<Self, String> {
        let made = || -> prometheus::Result<Self> {
            let of_queues = ["queue"];
            Ok(Self {
                registry: Registry::new(),
                requests: IntCounterVec::new(
                    Opts::new("http_requests_total", "Requests answered."),
                    &["method", "path", "status"],
                )?,
                seconds: HistogramVec::new(
                    HistogramOpts::new("http_request_seconds", "Time to answer.").buckets(vec![
                        0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
                    ]),
                    &["method", "path"],
                )?,
                waiting: IntGaugeVec::new(Opts::new("queue_waiting", "Work that waits for a thread."), &of_queues)?,
                longest_wait: GaugeVec::new(
                    Opts::new("queue_longest_wait_seconds", "How long the first in line has waited."),
                    &of_queues,
                )?,
                refused: IntCounterVec::new(
                    Opts::new("queue_refused_total", "Work refused because too much waited."),
                    &of_queues,
                )?,
                passed_over: IntCounter::new(
                    "events_passed_over_total",
                    "Events of which somebody should have been told and was not; the log says why.",
                )?,
            })
        };
        let metrics = made().map_err(|error| not_set_up(&error))?;
        metrics.add(vec![
            Box::new(metrics.requests.clone()),
            Box::new(metrics.seconds.clone()),
            Box::new(metrics.waiting.clone()),
            Box::new(metrics.longest_wait.clone()),
            Box::new(metrics.refused.clone()),
            Box::new(metrics.passed_over.clone()),
        ])?;
        Ok(metrics)
    }

    /// Shows what a room counts itself: the database its commits, the solver its time.
    ///
    /// # Errors
    /// A sentence, if a name is used twice.
    pub fn add(&self, counted: Vec<Box<dyn Collector>>) -> Result<(), String> {
        let mut counted = counted.into_iter();
        counted.try_for_each(|counted| self.registry.register(counted).map_err(|error| not_set_up(&error)))
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

    /// In the text format of Prometheus, with the queues as they are.
    pub fn text(&self, queues: &[(&str, Depth)]) -> String {
        for (name, depth) in queues {
            let waiting = i64::try_from(depth.waiting).unwrap_or(i64::MAX);
            self.waiting.with_label_values(&[name]).set(waiting);
            let refused = self.refused.with_label_values(&[name]);
            refused.inc_by(depth.refused.saturating_sub(refused.get()));
            self.longest_wait
                .with_label_values(&[name])
                .set(depth.longest.as_secs_f64());
        }
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "the metrics cannot be written");
        }
        String::from_utf8(text).unwrap_or_default()
    }
}

/// A histogram for a room that counts by itself and shows it by [`Metrics::add`].
///
/// # Errors
/// A sentence, if the name or the buckets are wrong.
pub fn histogram(name: &str, help: &str, buckets: &[f64]) -> Result<Histogram, String> {
    let made = Histogram::with_opts(HistogramOpts::new(name, help).buckets(buckets.to_vec()));
    made.map_err(|error| not_set_up(&error))
}

/// A counter for [`Metrics::add`].
///
/// # Errors
/// A sentence, if the name is wrong.
pub fn counter(name: &str, help: &str) -> Result<IntCounter, String> {
    IntCounter::new(name, help).map_err(|error| not_set_up(&error))
}

fn not_set_up(error: &prometheus::Error) -> String {
    format!("cannot set up the metrics: {error}")
}
