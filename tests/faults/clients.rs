//! Clients that stall: thousands of idle connections, bodies that never end or never come.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::{
    load::{Camp, Load, serve},
    postgres::free_port,
    process::{Served, Workspace},
    short_or_long,
};

/// As long as the service waits for a request that has begun.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

fn connect(server: &Served) -> TcpStream {
    let stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// What comes until the other side closes.
fn rest(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    // Whoever is cut off while they still send is told so by the system.
    let _ = stream.read_to_end(&mut all);
    String::from_utf8_lossy(&all).into_owned()
}

const POST: &str =
    "POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

#[test]
fn thousands_of_idle_connections_hold_up_nobody() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let current = limit.maximum;
    setrlimit(Resource::Nofile, Rlimit { current, ..limit }).unwrap();
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), None);
    let camp = Camp::open(&server);
    let count = short_or_long(1_000, 5_000);
    let idle: Vec<TcpStream> = (0..count)
        .map(|number| {
            let mut stream = connect(&server);
            // Every other one has been answered before it went to sleep.
            if usize::is_multiple_of(number, 2) {
                stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
                assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
            }
            stream
        })
        .collect();
    let load = Load::start(&camp, 4);
    load.goes_on(20, Duration::from_secs(60));
    let told = load.stop();
    assert_eq!((told.cut, told.refused, told.wrong.len()), (0, 0, 0), "{told:?}");
    // Nobody waited until those who slept were given up.
    assert!(told.longest < REQUEST_TIMEOUT, "{:?}", told.longest);
    drop(idle);
    assert_eq!(server.stop().code, 0);
}

#[test]
fn a_body_that_never_ends_is_refused_when_it_is_too_long() {
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), None);
    let mut stream = connect(&server);
    stream.write_all(POST.as_bytes()).unwrap();
    let (chunk, began) = (format!("400\r\n{}\r\n", "x".repeat(1024)), Instant::now());
    // What still comes is read and thrown away for a moment, so that the answer is seen.
    while stream.write_all(chunk.as_bytes()).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(60));
    }
    let answer = rest(stream);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(server.get("/readyz").0, 200);
}

#[test]
fn a_body_and_headers_that_do_not_come_are_given_up() {
    let workspace = Workspace::new();
    let server = serve(&workspace, free_port(), None);
    let (mut headers, mut body) = (connect(&server), connect(&server));
    headers
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        .unwrap();
    body.write_all(POST.as_bytes()).unwrap();
    let began = Instant::now();
    assert!(rest(headers).starts_with("HTTP/1.1 408"));
    assert!((5..60).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    // A byte now and then does not help.
    while body.write_all(b"1\r\nx\r\n").is_ok() && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(500));
    }
    let answer = rest(body);
    assert!(
        answer.starts_with("HTTP/1.1 408") && answer.contains("request_timeout"),
        "{answer}"
    );
    assert!(began.elapsed() < Duration::from_secs(90), "{:?}", began.elapsed());
}
