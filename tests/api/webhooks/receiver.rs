//! A receiver in this process, which takes what the test says, and verifies every signature by its own means.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;

/// A request that came.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub body: String,
    pub json: Value,
    /// The status it was answered with.
    pub status: u16,
}

/// Decides on the answer: the status and further headers.
type Decide = Box<dyn FnMut(&Request, usize) -> (u16, String) + Send>;

struct Inner {
    requests: Vec<Request>,
    decide: Decide,
}

/// Listens on a port of its own.
#[derive(Clone)]
pub struct Receiver {
    pub port: u16,
    inner: Arc<Mutex<Inner>>,
}

impl Receiver {
    /// One that answers the n-th request, from 0, like this.
    pub fn start(decide: impl FnMut(&Request, usize) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Inner {
            requests: Vec::new(),
            decide: Box::new(decide),
        };
        let receiver = Self {
            port,
            inner: Arc::new(Mutex::new(inner)),
        };
        let serving = receiver.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let one = serving.clone();
                // Who hangs up is of no interest.
                std::thread::spawn(move || one.serve(stream.unwrap()).ok());
            }
        });
        receiver
    }

    /// One that always answers with this status.
    pub fn always(status: u16) -> Self {
        Self::start(move |_, _| (status, String::new()))
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook?key=1", self.port)
    }

    /// From now on.
    pub fn decide(&self, decide: impl FnMut(&Request, usize) -> (u16, String) + Send + 'static) {
        self.inner.lock().unwrap().decide = Box::new(decide);
    }

    /// All that came, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.inner.lock().unwrap().requests.clone()
    }

    /// What was taken, in order.
    pub fn taken(&self) -> Vec<Request> {
        let mut all = self.requests();
        all.retain(|request| request.status < 300);
        all
    }

    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let (mut line, mut headers) = (String::new(), HashMap::new());
        reader.read_line(&mut line)?;
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        // A sender that is killed meanwhile has not said how much it sends.
        let Some(length) = headers.get("content-length") else {
            return Ok(());
        };
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body)?;
        let body = String::from_utf8(body).unwrap();
        assert_eq!(headers["content-type"], "application/json");
        let mut request = Request {
            id: headers["webhook-id"].clone(),
            timestamp: headers["webhook-timestamp"].parse().unwrap(),
            signature: headers["webhook-signature"].clone(),
            json: serde_json::from_str(&body).unwrap(),
            body,
            status: 0,
        };
        let more = {
            let mut inner = self.inner.lock().unwrap();
            let number = inner.requests.len();
            let (status, more) = (inner.decide)(&request, number);
            request.status = status;
            inner.requests.push(request.clone());
            more
        };
        let status = request.status;
        write!(
            reader.get_mut(),
            "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n"
        )
    }
}

impl Request {
    /// Whether one of its signatures is that of this secret, as the specification says.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.{}", self.id, self.timestamp, self.body).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.signature.split(' ').any(|signature| signature == expected)
    }

    pub fn kind(&self) -> &str {
        self.json["type"].as_str().unwrap()
    }

    pub fn object(&self) -> &str {
        self.json["data"]["object"]["id"].as_str().unwrap()
    }
}
