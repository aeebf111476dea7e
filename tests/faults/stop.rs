//! The process is told to stop, under load and behind a proxy.

use std::{
    io::{self, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    load::{Camp, Load, assert_nothing_lost, serve_with},
    postgres::{Cluster, free_port},
    process::Workspace,
    short_or_long, until,
};

const SOON: Duration = Duration::from_secs(60);

#[test]
fn a_process_that_is_told_to_stop_answers_what_it_was_asked() {
    let workspace = Workspace::new();
    let server = serve_with(&workspace, free_port(), None, &["--drain", "2"]);
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 8);
    load.goes_on(20, SOON);
    // One request has begun and takes its time.
    let mut slow = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    let body = r#"{"email":"slow@example.org","name":"Slow","password":"weaver lamp orbit"}"#;
    let (first, second) = body.split_at(20);
    let head = "POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length:";
    write!(slow, "{head} {}\r\n\r\n{first}", body.len()).unwrap();
    thread::sleep(Duration::from_millis(200));

    server.ask_to_stop();
    let (_, said) = until(SOON, |(status, _)| *status == 503, || server.get("/readyz"));
    assert!(said.contains("about to stop"), "{said}");
    let told = load.stop();
    assert_eq!((told.cut, told.refused, told.wrong.len()), (0, 0, 0), "{told:?}");
    // The listener is closed by now.
    thread::sleep(Duration::from_secs(3));
    assert!(TcpStream::connect(server.url.trim_start_matches("http://")).is_err());
    slow.write_all(second.as_bytes()).unwrap();
    let answer = io::read_to_string(&mut slow).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    assert_eq!(server.stopped().code, 0);
    let database = format!("sqlite://{}", workspace.path().join("data/peerled.db").display());
    assert_nothing_lost(&database, &told);
}

#[test]
fn what_goes_on_for_too_long_is_cut_off_at_the_time_that_is_set() {
    let workspace = Workspace::new();
    let server = serve_with(&workspace, free_port(), None, &["--stop-timeout", "2"]);
    let mut endless = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    endless
        .write_all(
            b"POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
        )
        .unwrap();
    thread::sleep(Duration::from_millis(200));
    let began = Instant::now();
    assert_eq!(server.stop().code, 0);
    assert!((1..25).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

/// As small as a proxy can be: each connection goes to a process that says it is ready.
struct Proxy {
    port: u16,
    stop: Arc<AtomicBool>,
}

impl Proxy {
    fn start(behind: [u16; 2]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            port: listener.local_addr().unwrap().port(),
            stop: Arc::default(),
        };
        let ready = Arc::new(Mutex::new(Vec::new()));
        let (stop, seen) = (proxy.stop.clone(), ready.clone());
        thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let now: Vec<u16> = behind.into_iter().filter(|port| is_ready(*port)).collect();
                *seen.lock().unwrap() = now;
                thread::sleep(Duration::from_millis(50));
            }
        });
        thread::spawn(move || {
            for (turn, client) in listener.incoming().enumerate() {
                let (client, ready) = (client.unwrap(), ready.lock().unwrap().clone());
                let port = ready.get(turn % ready.len().max(1)).copied();
                // Nobody ready: the client finds out by the connection's end.
                let Some(server) = port.and_then(|port| TcpStream::connect(("127.0.0.1", port)).ok()) else {
                    continue;
                };
                pass_on(&client, &server);
                pass_on(&server, &client);
            }
        });
        proxy
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn pass_on(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}

fn is_ready(port: u16) -> bool {
    let asked = ureq::get(format!("http://127.0.0.1:{port}/readyz")).call();
    asked.is_ok_and(|answer| answer.status() == 200)
}

#[test]
fn a_rolling_restart_behind_a_proxy_drops_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let workspace = Workspace::new();
    let (url, ports) = (cluster.url(), [free_port(), free_port()]);
    let start = |port: u16| {
        serve_with(
            &workspace,
            port,
            Some(&url),
            &["--drain", "1", "--public-url", "http://peerled.test"],
        )
    };
    let mut servers = ports.map(|port| Some(start(port)));
    let mut camp = Camp::open(servers[0].as_ref().unwrap());
    let proxy = Proxy::start(ports);
    camp.url = format!("http://127.0.0.1:{}", proxy.port);
    until(SOON, |ready| *ready, || is_ready(ports[0]) && is_ready(ports[1]));
    thread::sleep(Duration::from_millis(200));
    let load = Load::start(&camp, 8);
    load.goes_on(20, SOON);
    for _ in 0..short_or_long(1, 10) {
        for (server, port) in servers.iter_mut().zip(ports) {
            assert_eq!(server.take().unwrap().stop().code, 0);
            load.goes_on(10, SOON);
            *server = Some(start(port));
            until(SOON, |ready| *ready, || is_ready(port));
            thread::sleep(Duration::from_millis(200));
        }
    }
    let told = load.stop();
    assert_eq!((told.cut, told.refused, told.wrong.len()), (0, 0, 0), "{told:?}");
    drop(servers);
    assert_nothing_lost(&url, &told);
}
