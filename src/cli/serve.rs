//! `peerled serve`

use crate::{
    app::{self, State},
    config::Config,
    telemetry,
};

/// Serves until the process is told to stop.
pub fn run(config: Config) -> Result<(), String> {
    telemetry::start_log(&config.log);
    let state = State::open(config)?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async move {
        let (server, address) = app::serve(state, workers)?;
        tracing::info!(%address, "serving; the documentation is at /docs");
        server.await.map_err(|error| format!("the server stopped: {error}"))
    })
}
