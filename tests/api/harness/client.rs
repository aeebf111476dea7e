//! A caller of the API. Every answer is compared with what the OpenAPI document promises.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::LazyLock,
    time::Duration,
};

use serde_json::Value;
use ureq::http::{HeaderMap, Method, Request};

/// A caller, with or without an access token.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    url: String,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
    /// `Null` if the body is not JSON.
    pub json: Value,
}

impl Client {
    pub fn new(url: &str, token: Option<String>) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A connection's buffers are filled with zeros, which an unoptimised build is slow at.
            .input_buffer_size(16 * 1024)
            .output_buffer_size(16 * 1024)
            .build()
            .into();
        Self {
            agent,
            url: url.into(),
            token,
            headers: Vec::new(),
        }
    }

    /// The same caller at another server.
    pub fn at(&self, url: &str) -> Self {
        let mut other = self.clone();
        other.url = url.into();
        other
    }

    /// Where the server is.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Its access token, or an empty one.
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// The same caller with one more header on each request.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.into(), value.into()));
        other
    }

    /// Sends a request on a connection of its own and, between the first and the last byte of its
    /// body, does something else. The status of the answer.
    pub fn interrupted(&self, method: &str, path: &str, body: &Value, meanwhile: impl FnOnce()) -> u16 {
        let (host, body) = (self.url.trim_start_matches("http://"), body.to_string());
        let (begin, end) = body.split_at(1);
        let mut stream = TcpStream::connect(host).unwrap();
        let (token, length) = (self.token.as_deref().unwrap_or_default(), body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{begin}"
        )
        .unwrap();
        // The server has begun once it has had time to read what there is.
        std::thread::sleep(Duration::from_millis(300));
        meanwhile();
        stream.write_all(end.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Every answer that the server may have kept is compared with one that it reads anew.
    pub fn get(&self, path: &str) -> Answer {
        let get = |client: &Self| client.send(Method::GET, path, None, Vec::new());
        let answer = get(self);
        if path.starts_with("/v1/cohorts/") && answer.status == 200 && !answer.headers.contains_key("ratelimit") {
            let anew = self.with("Cache-Control", "no-cache");
            // Another thread of the test may have changed something between two reads.
            let is_current = (0..3).any(|_| get(self).text == get(&anew).text);
            assert!(is_current, "an old answer was kept: {path}");
        }
        answer
    }

    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, body)
    }

    pub fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, body)
    }

    pub fn patch(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PATCH, path, body)
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Vec::new())
    }

    /// A JSON body; `Null` sends none.
    pub fn json(&self, method: Method, path: &str, body: Value) -> Answer {
        match body {
            Value::Null => self.send(method, path, None, Vec::new()),
            body => self.send(method, path, Some("application/json"), body.to_string().into_bytes()),
        }
    }

    pub fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        if let Some(content_type) = content_type {
            request = request.header("Content-Type", content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = if body.is_empty() && content_type.is_none() {
            self.agent.run(request.body(()).unwrap())
        } else if method == Method::DELETE {
            // A body has no meaning of its own there, so it is sent only on request.
            let (parts, ()) = request.body(()).unwrap().into_parts();
            let mut builder = self.agent.delete(parts.uri).force_send_body();
            for (name, value) in &parts.headers {
                builder = builder.header(name, value);
            }
            builder.send(body)
        } else {
            self.agent.run(request.body(body).unwrap())
        };
        let mut response = response.unwrap();
        let is_stream = response
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind == "text/event-stream");
        let bytes = match is_stream {
            // It does not end by itself: its beginning will do.
            true => {
                let mut piece = [0; 1024];
                let length = response.body_mut().as_reader().read(&mut piece).unwrap();
                piece[..length].to_vec()
            }
            false => response.body_mut().read_to_vec().unwrap(),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
            bytes,
        };
        is_documented(&method, path, &answer);
        answer
    }
}

impl Answer {
    /// The answer, which must have this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A problem with this status and code; every problem document must be whole.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status, self.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        for member in ["type", "title", "detail", "instance", "request_id"] {
            assert!(self.json[member].is_string(), "{member} is missing: {}", self.text);
        }
        self
    }

    /// A `422 invalid_fields` whose first field is this one.
    #[track_caller]
    pub fn field(self, pointer: &str, code: &str) -> Self {
        let answer = self.problem(422, "invalid_fields");
        let error = &answer.json["errors"][0];
        assert_eq!(
            (error["pointer"].as_str(), error["code"].as_str()),
            (Some(pointer), Some(code)),
            "{}",
            answer.text
        );
        answer
    }

    /// A header as text, or an empty one.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// `id` of the object in the body.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {}", self.text))
            .into()
    }

    /// `data` of a list.
    #[track_caller]
    pub fn data(&self) -> &Vec<Value> {
        self.json["data"]
            .as_array()
            .unwrap_or_else(|| panic!("no data in {}", self.text))
    }
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| peerled::app::openapi("http://peerled.test"));

/// What the document says of each path.
static PATHS: LazyLock<matchit::Router<&Value>> = LazyLock::new(|| {
    let mut paths = matchit::Router::new();
    for (pattern, item) in DOCUMENT["paths"].as_object().unwrap() {
        paths.insert(pattern, item).unwrap();
    }
    paths
});

/// The status, the code of a problem and the headers must stand in the document for this operation.
fn is_documented(method: &Method, path: &str, answer: &Answer) {
    let bare = path.split(['?', '#']).next().unwrap();
    let item = PATHS.at(bare).ok().map(|found| *found.value);
    let Some(operation) = item.and_then(|item| item.get(method.as_str().to_lowercase())) else {
        return;
    };
    let response = &operation["responses"][answer.status.to_string()];
    // What operations have in common stands among the components.
    let response = match response["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix('#'))
    {
        Some(reference) => DOCUMENT.pointer(reference).unwrap(),
        None => response,
    };
    assert!(
        response.is_object(),
        "{method} {path}: {} is not documented: {}",
        answer.status,
        answer.text
    );
    if let Some(code) = answer.json["code"].as_str().filter(|_| answer.status >= 400) {
        let examples = &response["content"]["application/problem+json"]["examples"];
        assert!(examples[code].is_object(), "{method} {path}: {code} is not documented");
    }
    has_its_headers(&format!("{method} {path}: {}", answer.status), response, answer);
}

/// Every header that the document knows is declared for the answer that has it, and the other way round, unless only
/// some answers have it.
fn has_its_headers(what: &str, response: &Value, answer: &Answer) {
    for (name, header) in DOCUMENT["components"]["headers"].as_object().unwrap() {
        let (declared, sent) = (response["headers"][name].is_object(), answer.headers.contains_key(name));
        assert!(declared || !sent, "{what}: {name} is not documented");
        let required = header["required"].as_bool().unwrap();
        assert!(sent || !declared || !required, "{what}: there is no {name}");
    }
}
