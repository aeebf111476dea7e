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

/// The same, also of a folder that is there already: what others could do with it before, they cannot any more.
///
/// # Errors
/// What the file system says, if the folder is somebody else's and not this user's alone to write to.
pub fn own_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    private_folder(folder)?;
    let mode = std::fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    match std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)) {
        Ok(()) => {
            let folder = folder.display();
            tracing::warn!(%folder, mode = format!("{:o}", mode & 0o777), "others could use this folder; it is its owner's alone now");
            Ok(())
        }
        // It may be mounted to be read only. Its files are looked at one by one.
        Err(_) if mode & 0o022 == 0 => Ok(()),
        Err(error) => Err(error),
    }
}
