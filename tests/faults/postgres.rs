//! A PostgreSQL server of a test's own, as durable as one that is used, which may be killed and started again.

use std::{
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use tempfile::TempDir;

pub struct Cluster {
    folder: TempDir,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// A running server with an empty database, if PostgreSQL is installed.
    ///
    /// # Panics
    /// If it must be and is not.
    #[expect(
        clippy::disallowed_methods,
        reason = "which databases to test is no setting of the service"
    )]
    pub fn start() -> Option<Self> {
        let Some(bin) = find() else {
            assert!(
                std::env::var_os("PEERLED_TEST_REQUIRE_POSTGRES").is_none(),
                "PEERLED_TEST_REQUIRE_POSTGRES is set, but there is no initdb"
            );
            return None;
        };
        // Under /tmp whatever TMPDIR says: the path of a unix socket has about 100 characters.
        let folder = tempfile::Builder::new()
            .prefix("peerled-faults.")
            .tempdir_in("/tmp")
            .unwrap();
        if is_root() {
            let owned = Command::new("chown").arg("postgres").arg(folder.path()).status();
            assert!(owned.unwrap().success());
        }
        let cluster = Self {
            folder,
            bin,
            port: free_port(),
        };
        let data = cluster.folder.path().join("data").display().to_string();
        cluster.run("initdb", &["-D", &data, "-A", "trust", "-U", "peerled", "--no-sync"]);
        cluster.launch();
        Some(cluster)
    }

    pub fn url(&self) -> String {
        format!("postgres://peerled@127.0.0.1:{}/postgres", self.port)
    }

    /// An empty database beside the first.
    pub fn another(&self, name: &str) -> String {
        let port = self.port.to_string();
        self.run("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "peerled", name]);
        format!("postgres://peerled@127.0.0.1:{port}/{name}")
    }

    /// Starts the server, after a crash as well.
    pub fn launch(&self) {
        let folder = self.folder.path().display().to_string();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -k {folder}", self.port);
        let (data, log) = (format!("{folder}/data"), format!("{folder}/log"));
        self.run("pg_ctl", &["-D", &data, "-w", "-l", &log, "-o", &options, "start"]);
    }

    /// Ends the server at once, as a crash does: whatever is not durable is lost.
    pub fn crash(&self) {
        let data = self.folder.path().join("data").display().to_string();
        self.run("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = self.command(program);
        // What it starts must not hold our pipes open.
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.path().join("commands"));
        let log = log.unwrap();
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        let ran = command.status().unwrap();
        let said = || std::fs::read_to_string(self.folder.path().join("commands"));
        assert!(ran.success(), "{program} {arguments:?}: {:?}", said());
    }

    /// PostgreSQL refuses to be run by root.
    fn command(&self, program: &str) -> Command {
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(self.bin.join(program));
                command
            }
            false => Command::new(self.bin.join(program)),
        };
        command.current_dir(self.folder.path()).process_group(0);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        let mut stop = self.command("pg_ctl");
        let _ = stop
            .args(["-D", &data, "-m", "immediate", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

/// Where initdb and pg_ctl are.
pub fn find() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    let usual = ["/usr/bin", "/usr/local/bin", "/usr/pgsql/bin", "/opt/homebrew/bin"].map(PathBuf::from);
    debian.chain(usual).find(|bin| bin.join("initdb").exists())
}

pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// A port that nobody listens on, for what must come back on the same.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
