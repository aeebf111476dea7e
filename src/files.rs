//! Files and folders of the service's own.

use std::path::Path;

/// Makes a folder, if it is not there, that nobody but the service's own user may look into: it will
/// hold addresses, password hashes and keys.
///
/// # Errors
/// What the file system says.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
