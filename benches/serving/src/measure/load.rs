//! The load: so many connections that each send a request, wait for the whole answer, and send the next.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    net::SocketAddr,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{net::TcpStream, task::LocalSet};

/// A request, but for its token.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    /// Which token it is sent with.
    pub token: usize,
    pub body: Option<String>,
    /// To be read from the database, whatever is kept in memory.
    pub fresh: bool,
}

impl Ask {
    pub fn get(path: String, token: usize) -> Self {
        Self {
            method: "GET",
            path,
            token,
            body: None,
            fresh: false,
        }
    }

    pub fn post(path: String, token: usize, body: Option<String>) -> Self {
        Self {
            method: "POST",
            path,
            token,
            body,
            fresh: false,
        }
    }

    fn write(&self, tokens: &[String], into: &mut Vec<u8>) {
        into.clear();
        let token = tokens.get(self.token).map_or("", String::as_str);
        for part in [
            self.method,
            " ",
            &self.path,
            " HTTP/1.1\r\nHost: peerled.test\r\nAuthorization: Bearer ",
            token,
        ] {
            into.extend_from_slice(part.as_bytes());
        }
        if self.fresh {
            into.extend_from_slice(b"\r\nCache-Control: no-cache");
        }
        match &self.body {
            None if self.method == "GET" => into.extend_from_slice(b"\r\n\r\n"),
            body => {
                let body = body.as_deref().unwrap_or_default();
                let kind = if body.is_empty() {
                    ""
                } else {
                    "Content-Type: application/json\r\n"
                };
                let rest = format!("\r\n{kind}Content-Length: {}\r\n\r\n{body}", body.len());
                into.extend_from_slice(rest.as_bytes());
            }
        }
    }
}

/// How to load a server.
#[derive(Clone)]
pub struct Load {
    pub address: SocketAddr,
    pub tokens: Arc<[String]>,
    pub asks: Arc<[Ask]>,
    /// With which of them to begin.
    pub from: usize,
    /// Begin again after the last, or stop.
    pub again: bool,
    pub connections: usize,
    pub time: Duration,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How often each status was answered.
    pub statuses: BTreeMap<u16, u64>,
    pub seconds: f64,
    /// Of each answer.
    pub microseconds: Vec<u32>,
    /// The place behind the last that was sent.
    pub next: usize,
    /// The bytes of the last answer.
    pub size: usize,
    /// Connections that broke.
    pub broken: u64,
}

impl Outcome {
    /// Answers that are a success.
    pub fn good(&self) -> u64 {
        let good = self.statuses.iter().filter(|(status, _)| (200..400).contains(*status));
        good.map(|(_, count)| count).sum()
    }

    pub fn per_second(&self) -> f64 {
        self.good() as f64 / self.seconds.max(1e-9)
    }

    /// The time within which this share of the answers came, in microseconds.
    pub fn within(&self, share: f64) -> u32 {
        let mut sorted = self.microseconds.clone();
        sorted.sort_unstable();
        let place = (sorted.len().saturating_sub(1)) as f64 * share;
        sorted.get(place as usize).copied().unwrap_or(0)
    }

    /// Statuses that are none.
    pub fn refusals(&self) -> String {
        let bad = self.statuses.iter().filter(|(status, _)| !(200..400).contains(*status));
        let mut told: Vec<String> = bad.map(|(status, count)| format!("{count} × {status}")).collect();
        if self.broken > 0 {
            told.push(format!("{} broken", self.broken));
        }
        told.join(", ")
    }
}

struct Running {
    load: Load,
    next: Cell<usize>,
    end: Instant,
    outcome: RefCell<Outcome>,
}

/// Loads the server.
pub fn run(load: Load) -> Result<Outcome, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(|error| error.to_string())?;
    let began = Instant::now();
    let running = Rc::new(Running {
        next: Cell::new(load.from),
        end: began + load.time,
        outcome: RefCell::default(),
        load,
    });
    let tasks = LocalSet::new();
    for _ in 0..running.load.connections {
        tasks.spawn_local(connection(running.clone()));
    }
    runtime.block_on(tasks);
    let mut outcome = running.outcome.take();
    outcome.seconds = began.elapsed().as_secs_f64();
    outcome.next = running.next.get();
    Ok(outcome)
}

/// The body of one answer.
pub fn get(address: SocketAddr, tokens: &[String], ask: &Ask) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let (mut request, mut answer) = (Vec::new(), vec![0; 1 << 16]);
    ask.write(tokens, &mut request);
    let asked = async {
        let stream = TcpStream::connect(address).await?;
        exchange(&stream, &request, &mut answer).await
    };
    let done = runtime.and_then(|runtime| runtime.block_on(asked));
    let Exchanged { status, body, .. } = done.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(answer.get(body).unwrap_or_default()).into_owned();
    match status {
        200 => Ok(text),
        _ => Err(format!("{}: {status} {text}", ask.path)),
    }
}

async fn connection(running: Rc<Running>) {
    let mut stream: Option<TcpStream> = None;
    let (mut request, mut answer) = (Vec::new(), vec![0; 1 << 16]);
    while Instant::now() < running.end {
        let Some(ask) = running.take() else { return };
        ask.write(&running.load.tokens, &mut request);
        let open = match stream.take() {
            Some(open) => open,
            None => match TcpStream::connect(running.load.address).await {
                Ok(open) => {
                    let _ = open.set_nodelay(true);
                    open
                }
                Err(_) => {
                    running.outcome.borrow_mut().broken += 1;
                    return;
                }
            },
        };
        let began = Instant::now();
        match exchange(&open, &request, &mut answer).await {
            Ok(Exchanged { status, body, keeps }) => {
                let mut outcome = running.outcome.borrow_mut();
                *outcome.statuses.entry(status).or_default() += 1;
                let took = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
                outcome.microseconds.push(took);
                outcome.size = body.len();
                stream = keeps.then_some(open);
            }
            Err(_) => running.outcome.borrow_mut().broken += 1,
        }
    }
}

impl Running {
    fn take(&self) -> Option<&Ask> {
        let next = self.next.get();
        let count = self.load.asks.len();
        let place = if self.load.again { next % count.max(1) } else { next };
        let ask = self.load.asks.get(place)?;
        self.next.set(next + 1);
        Some(ask)
    }
}

/// An answer that has come.
struct Exchanged {
    status: u16,
    /// Where its body is.
    body: std::ops::Range<usize>,
    /// Whether the connection stays.
    keeps: bool,
}

/// Sends a request and reads its answer.
async fn exchange(stream: &TcpStream, request: &[u8], answer: &mut Vec<u8>) -> std::io::Result<Exchanged> {
    let mut sent = 0;
    while let Some(rest) = request.get(sent..).filter(|rest| !rest.is_empty()) {
        match stream.try_write(rest) {
            Ok(count) => sent += count,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => stream.writable().await?,
            Err(error) => return Err(error),
        }
    }
    let mut read = 0;
    let mut head: Option<Head> = None;
    loop {
        stream.readable().await?;
        if answer.len() - read < 1 << 14 {
            answer.resize(answer.len() * 2, 0);
        }
        match stream.try_read(answer.get_mut(read..).unwrap_or_default()) {
            Ok(0) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => read += count,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        let so_far = answer.get(..read).unwrap_or_default();
        if head.is_none() {
            head = Head::read(so_far);
        }
        if let Some(head) = &head
            && let Some(size) = head.size_if_whole(so_far)
        {
            return Ok(Exchanged {
                status: head.status,
                body: head.length..head.length + size,
                keeps: head.keeps,
            });
        }
    }
}

struct Head {
    status: u16,
    length: usize,
    /// `None` if it is sent in chunks.
    body: Option<usize>,
    keeps: bool,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let length = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
        let status = text.get(9..12)?.parse().ok()?;
        let mut body = None;
        let mut keeps = true;
        for line in text.lines().skip(1) {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            if name.eq_ignore_ascii_case("content-length") {
                body = value.trim().parse().ok();
            } else if name.eq_ignore_ascii_case("connection") {
                keeps = !value.trim().eq_ignore_ascii_case("close");
            }
        }
        if matches!(status, 204 | 304) {
            body = Some(0);
        }
        Some(Self {
            status,
            length,
            body,
            keeps,
        })
    }

    /// The size of the body, once all of it is there.
    fn size_if_whole(&self, bytes: &[u8]) -> Option<usize> {
        let there = bytes.len() - self.length;
        match self.body {
            Some(size) => (there >= size).then_some(size),
            None => bytes.ends_with(b"0\r\n\r\n").then_some(there),
        }
    }
}
