//! A mail server for tests: it answers recipients by what their address begins with.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// What the server has seen.
#[derive(Clone, Default)]
pub struct Received {
    /// Connections so far.
    pub connections: usize,
    /// Recipients that were tried, each time.
    pub tried: Vec<String>,
    /// Recipient and text of every message taken.
    pub taken: Vec<(String, String)>,
}

pub struct SmtpServer {
    pub url: String,
    seen: Arc<Mutex<Received>>,
}

impl SmtpServer {
    /// One that takes mail, but for recipients who begin with `refused` (for good) or `later` (the first time).
    pub fn start() -> Self {
        Self::greeting("220 here")
    }

    /// One that answers every connection with this.
    pub fn greeting(greeting: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Received::default()));
        let shared = seen.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let seen = shared.clone();
                std::thread::spawn(move || serve(&stream, greeting, &seen));
            }
        });
        Self { url, seen }
    }

    pub fn seen(&self) -> Received {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until the server has seen enough.
    #[track_caller]
    pub fn until(&self, enough: impl Fn(&Received) -> bool) -> Received {
        let began = Instant::now();
        loop {
            let seen = self.seen();
            if enough(&seen) {
                return seen;
            }
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "tried {:?}, took {:?}",
                seen.tried,
                seen.taken
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Answers until the other side goes away.
fn serve(stream: &TcpStream, greeting: &str, seen: &Mutex<Received>) -> Option<()> {
    let (mut lines, mut out) = (BufReader::new(stream).lines(), stream);
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
    seen.lock().unwrap().connections += 1;
    say(greeting)?;
    let mut recipient = String::new();
    while let Some(Ok(line)) = lines.next() {
        let verb = line.split([' ', ':']).next().unwrap().to_uppercase();
        match verb.as_str() {
            "RCPT" => {
                line.split(['<', '>']).nth(1)?.clone_into(&mut recipient);
                let tried_before = {
                    let mut seen = seen.lock().unwrap();
                    let before = seen.tried.contains(&recipient);
                    seen.tried.push(recipient.clone());
                    before
                };
                match recipient.as_str() {
                    name if name.starts_with("refused") => say(&format!("550 5.1.1 <{name}> is unknown"))?,
                    name if name.starts_with("later") && !tried_before => say(&format!("451 <{name}> try later"))?,
                    _ => say("250 ok")?,
                }
            }
            "DATA" => {
                say("354 go on")?;
                let text: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                seen.lock().unwrap().taken.push((recipient.clone(), text.join("\n")));
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Some(())
}
