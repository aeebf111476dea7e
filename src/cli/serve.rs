//! `peerled serve`

use std::{pin::pin, sync::Arc};

use futures_util::future::{Either, join, select};

use super::demo::{self, Demo};
use crate::{
    app,
    config::{Config, unknown_variables},
    state::State,
    telemetry,
};

/// Serves until the process is told to stop.
pub fn run(config: Config) -> Result<(), String> {
    telemetry::start_log(&config.log);
    let state = app::open(config)?;
    actix_web::rt::System::new().block_on(serve(state, None))
}

/// Serves a demonstration until the process is told to stop, and leaves nothing of it behind.
pub fn run_demo(config: Config) -> Result<(), String> {
    telemetry::start_log(&config.log);
    for name in demo::ignored(&config) {
        tracing::warn!(
            "{name} is ignored: the demonstration keeps everything in a folder of its own, and removes it when it stops"
        );
    }
    let (config, folder) = demo::apart(config)?;
    let state = app::open(config)?;
    actix_web::rt::System::new().block_on(async move {
        let begun = pin!(Demo::begin(&state, folder));
        // Once it serves, the server listens for this itself, and returns.
        let stopped = pin!(actix_web::rt::signal::ctrl_c());
        let demo = match select(begun, stopped).await {
            Either::Left((demo, _)) => demo.map_err(|error| format!("the demonstration cannot be set up: {error}"))?,
            Either::Right(_) => return Ok(()),
        };
        serve(state.clone(), Some(&demo)).await
    })
}

async fn serve(state: Arc<State>, demo: Option<&Demo>) -> Result<(), String> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    for name in unknown_variables() {
        tracing::warn!("{name} is no setting, and is ignored; `peerled serve --help` lists them");
    }
    let (server, address) = app::serve(state.clone(), workers)?;
    let announced = async {
        tracing::info!(%address, "serving; the documentation is at /docs");
        if let Some(demo) = demo {
            demo.introduce(&format!("http://{address}"));
        }
    };
    // The server starts its workers and listens for signals when it is first polled: whoever reads
    // that it serves may also tell it to stop.
    let (stopped, ()) = join(server, announced).await;
    state.db.tidy_up();
    stopped.map_err(|error| format!("the server stopped: {error}"))
}
