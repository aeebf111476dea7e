//! A server that is measured: started on a core of its own, and watched from outside.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The core that servers run on; the load runs on another.
pub const CORE: &str = "0";
/// How long a server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a server may be busy with itself before it is measured all the same.
const SETTLING: Duration = Duration::from_secs(120);

/// A running server.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From its start until it answered.
    pub ready: Duration,
}

impl Server {
    /// Starts a program on the core, with what it says in a file, and waits until it answers.
    pub fn start(
        program: &Path,
        arguments: &[String],
        environment: &[(&str, String)],
        (address, log): (SocketAddr, &Path),
    ) -> Result<Self, String> {
        let said = |error: std::io::Error| format!("{}: {error}", program.display());
        let file = File::create(log).map_err(said)?;
        let began = Instant::now();
        let child = Command::new("taskset")
            .args(["-c", CORE])
            .arg(program)
            .args(arguments)
            .envs(environment.iter().map(|(name, value)| (*name, value.as_str())))
            .stdin(Stdio::null())
            .stdout(file.try_clone().map_err(said)?)
            .stderr(file)
            .spawn()
            .map_err(said)?;
        let mut server = Self {
            child,
            address,
            ready: Duration::ZERO,
        };
        while !server.answers() {
            if let Ok(Some(status)) = server.child.try_wait() {
                let told = fs::read_to_string(log).unwrap_or_default();
                return Err(format!("{} ended with {status}: {told}", program.display()));
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("{} does not answer; see {}", program.display(), log.display()));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.ready = began.elapsed();
        server.settle();
        Ok(server)
    }

    /// Waits until it has done what it does at its start, such as reading its database as a whole.
    fn settle(&self) {
        let spent = || self.threads().values().sum::<u64>();
        let began = Instant::now();
        let mut before = spent();
        while began.elapsed() < SETTLING {
            std::thread::sleep(Duration::from_millis(500));
            let now = spent();
            if now.saturating_sub(before) < 25_000_000 {
                return;
            }
            before = now;
        }
    }

    fn answers(&self) -> bool {
        use std::io::{Read as _, Write as _};
        let asked = TcpStream::connect(self.address).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(1)))?;
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: peerled.test\r\nConnection: close\r\n\r\n")?;
            let mut begin = [0; 4];
            stream.read_exact(&mut begin)?;
            Ok(begin == *b"HTTP")
        });
        asked.unwrap_or(false)
    }

    /// Nanoseconds on the processor of each of its threads.
    pub fn threads(&self) -> BTreeMap<String, u64> {
        let folder = format!("/proc/{}/task", self.child.id());
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let spent = |entry: fs::DirEntry| {
            let text = fs::read_to_string(entry.path().join("schedstat")).ok()?;
            let spent = text.split_whitespace().next()?.parse().ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), spent))
        };
        entries.filter_map(spent).collect()
    }

    /// Memory of its own, without mapped files, in MiB.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        let began = Instant::now();
        while asked.is_ok() && began.elapsed() < Duration::from_secs(15) {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What threads have spent since, in microseconds.
pub fn spent(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> f64 {
    let since = |(thread, now): (&String, &u64)| now.saturating_sub(before.get(thread).copied().unwrap_or(0));
    after.iter().map(since).sum::<u64>() as f64 / 1000.0
}

/// An address at which nobody listens.
pub fn free_address() -> Result<SocketAddr, String> {
    let found = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    found.map_err(|error| error.to_string())
}
