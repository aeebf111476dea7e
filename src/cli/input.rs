//! What the commands read.

use std::{io::Read as _, path::Path};

/// What a file holds; `-` is standard input.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let done = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    done.map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(bytes)
}
