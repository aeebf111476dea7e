//! The log.

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
