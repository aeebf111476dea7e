//! Where signing keys lie: in files of the data folder, or in a variable.

use std::path::{Path, PathBuf};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes, spki::der::pem::LineEnding},
};

use crate::{
    config::Config,
    primitives::{Id, Instant},
};

/// A key, and where it is.
pub struct KeyFile {
    /// The key.
    pub key: SigningKey,
    /// Its file, if it lies in one.
    pub file: Option<PathBuf>,
    /// When the file was put there.
    pub put_there: Option<Instant>,
}

/// The keys of the settings, or of `DATA_DIR/keys`, in the order of their names. There may be none.
pub fn read(config: &Config) -> Result<Vec<KeyFile>, String> {
    match &config.signing_key {
        Some(pem) => read_variable(pem),
        None => read_folder(&folder(config)),
    }
}

/// The folder of the key files.
pub fn folder(config: &Config) -> PathBuf {
    config.data_dir.join("keys")
}

fn cannot(folder: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| {
        format!(
            "PEERLED_DATA_DIR: the keys in {} cannot be used: {error}",
            folder.display()
        )
    }
}

fn read_variable(text: &str) -> Result<Vec<KeyFile>, String> {
    // In an environment variable line ends are often written as `\n`.
    let text = text.replace("\\n", "\n");
    const END: &str = "-----END PRIVATE KEY-----";
    let blocks = text.split_inclusive(END).filter(|block| !block.trim().is_empty());
    let key = |block: &str| {
        Ok(KeyFile {
            key: parse("PEERLED_SIGNING_KEY", block.trim_start())?,
            file: None,
            put_there: None,
        })
    };
    blocks.map(key).collect()
}

fn read_folder(folder: &Path) -> Result<Vec<KeyFile>, String> {
    let say = cannot(folder);
    // Whoever can write to it can add a key, and log in as anybody with that.
    crate::files::own_folder(folder).map_err(&say)?;
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map_err(&say)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pem"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        check_private(&path, &name)?;
        let modified = std::fs::metadata(&path)
            .and_then(|file| file.modified())
            .map_err(&say)?;
        Ok(KeyFile {
            key: parse(&name, &std::fs::read_to_string(&path).map_err(&say)?)?,
            put_there: Some(Instant::from(chrono::DateTime::<chrono::Utc>::from(modified))),
            file: Some(path),
        })
    };
    files.into_iter().map(read).collect()
}

fn parse(name: &str, pem: &str) -> Result<SigningKey, String> {
    SigningKey::from_pkcs8_pem(pem)
        .map_err(|_| format!("{name}: must be an Ed25519 private key as PEM (PKCS #8), such as `openssl genpkey -algorithm ed25519` makes"))
}

/// Whoever can read a key can log in as anybody.
fn check_private(path: &Path, name: &str) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_err(|error| format!("{name}: {error}"))?;
    match mode.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(format!(
            "{name}: others than its owner may read this key. Run: chmod 600 {name}"
        )),
    }
}

/// Writes a new key, whose name comes behind all others.
pub fn write(folder: &Path) -> Result<PathBuf, String> {
    let last = read_folder(folder)?.pop().and_then(|last| last.file);
    write_behind(folder, last.as_deref()).map_err(cannot(folder))
}

fn write_behind(folder: &Path, last: Option<&Path>) -> std::io::Result<PathBuf> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let key = SigningKey::generate(&mut argon2::password_hash::rand_core::OsRng);
    // Without the public key, which OpenSSL before 3.0 does not expect in the file.
    let bytes = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    let pem = bytes.to_pkcs8_pem(LineEnding::LF).map_err(std::io::Error::other)?;
    let id = Id::new();
    let mut path = folder.join(format!("{id}.pem"));
    if let Some(last) = last.filter(|last| **last >= *path) {
        // Somebody has given keys names of their own.
        let stem = last.file_stem().unwrap_or_default().to_string_lossy();
        path = folder.join(format!("{stem}_{id}.pem"));
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::*;

    #[test]
    fn key_files_are_as_openssl_writes_them_and_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path()).unwrap();
        let pem = std::fs::read_to_string(&path).unwrap();
        // `openssl genpkey -algorithm ed25519` writes 48 bytes: version 0, the algorithm, 32 bytes of key.
        let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
        assert_eq!((der.len(), &der[..5]), (48, [0x30, 0x2e, 0x02, 0x01, 0x00].as_slice()));
        assert_eq!(read_folder(folder.path()).unwrap().len(), 1);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = read_folder(folder.path()).map(|keys| keys.len());
        assert!(refused.unwrap_err().contains("chmod 600"));
    }

    #[test]
    fn a_folder_of_keys_that_others_can_use_is_put_right() {
        use std::os::unix::fs::PermissionsExt as _;
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("keys");
        write(&folder).unwrap();
        for loose in [0o777, 0o755, 0o710] {
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(loose)).unwrap();
            assert_eq!(read_folder(&folder).unwrap().len(), 1);
            let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{loose:o}");
        }
    }

    #[test]
    fn a_new_key_comes_last_whatever_the_others_are_called() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path()).unwrap();
        let named = folder.path().join("zz-2027-01.pem");
        std::fs::rename(&first, &named).unwrap();
        let second = write(folder.path()).unwrap();
        let third = write(folder.path()).unwrap();
        let files: Vec<_> = read_folder(folder.path())
            .unwrap()
            .into_iter()
            .map(|key| key.file.unwrap())
            .collect();
        assert_eq!(files, [named, second, third]);
    }

    #[test]
    fn a_variable_holds_one_key_or_several() {
        let folder = tempfile::tempdir().unwrap();
        let pem = || std::fs::read_to_string(write(folder.path()).unwrap()).unwrap();
        let (one, two) = (pem(), pem());
        let publics = |text: &str| -> Vec<_> {
            let keys = read_variable(text).unwrap();
            keys.iter().map(|key| key.key.verifying_key()).collect()
        };
        let (first, second) = (publics(&one), publics(&two));
        assert_eq!(
            (first.len(), publics(&format!("{one}{two}"))),
            (1, [first.clone(), second.clone()].concat())
        );
        assert_eq!(
            publics(&format!("{one}\n{two}\n").replace('\n', "\\n")),
            [first, second].concat()
        );
        assert!(read_variable(&format!("{one}nonsense")).is_err());
    }
}
