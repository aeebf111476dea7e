//! The `peerled` binary: all it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    peerled::cli::run()
}
