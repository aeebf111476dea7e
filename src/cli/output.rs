//! What the commands say: answers to standard output, everything else to standard error.

use std::io::Write as _;

use indicatif::{ProgressBar, ProgressStyle};

/// An answer. A reader that has gone, as in `peerled … | head`, is no error.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// An answer that ends its own lines.
pub fn say_raw(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Something to read beside the answer, out of the way of whoever reads that.
pub fn say_aside(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Why a command failed.
pub fn say_error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "peerled: {text}");
}

/// A bar on standard error while something takes long; nothing where no terminal is.
pub fn progress(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
