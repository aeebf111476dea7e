//! A request that is right in itself, so that only who asks decides.

use peerled::web::Operation;
use serde_json::Value;
use ureq::http::Method;

use super::{Role, Stage};
use crate::harness::{Answer, Client};

/// The samples of a feature, by the name of the operation.
pub type Samples = &'static [(&'static str, Make)];

/// How the sample of an operation is made.
#[derive(Clone, Copy)]
pub enum Make {
    /// Once for all roles: a success uses nothing up.
    Once(fn(&Stage) -> Sample),
    /// Anew after each success, which uses up what the request is about.
    Again(fn(&Stage) -> Sample),
    /// For each role another.
    ForEach(fn(&Stage, &Role) -> Sample),
}

impl Make {
    pub fn for_role(self, stage: &Stage, role: &Role) -> Sample {
        match self {
            Self::Once(make) | Self::Again(make) => make(stage),
            Self::ForEach(make) => make(stage, role),
        }
    }

    /// Whether the next role can send what the last one sent.
    pub fn is_still_good(self, succeeded: bool) -> bool {
        match self {
            Self::Once(_) => true,
            Self::Again(_) => !succeeded,
            Self::ForEach(_) => false,
        }
    }
}

/// A complete request but for its method, which the operation has.
pub struct Sample {
    path: String,
    content_type: Option<&'static str>,
    body: Vec<u8>,
    if_match: Option<String>,
}

/// A request without a body.
pub fn at(path: impl Into<String>) -> Sample {
    Sample {
        path: path.into(),
        content_type: None,
        body: Vec::new(),
        if_match: None,
    }
}

impl Sample {
    pub fn json(mut self, body: Value) -> Self {
        self.content_type = Some("application/json");
        self.body = body.to_string().into();
        self
    }

    pub fn csv(mut self, table: impl Into<Vec<u8>>) -> Self {
        self.content_type = Some("text/csv");
        self.body = table.into();
        self
    }

    /// Sent by somebody who has seen this answer.
    pub fn seen(mut self, answer: &Answer) -> Self {
        self.if_match = Some(answer.header("etag").into());
        self
    }

    pub fn send(&self, operation: &Operation, who: &Client) -> Answer {
        self.send_having_seen(self.if_match.as_deref(), operation, who)
    }

    /// Sent by somebody who has seen a version that never was.
    pub fn send_stale(&self, operation: &Operation, who: &Client) -> Answer {
        self.send_having_seen(Some("\"9000000000-stale\""), operation, who)
    }

    fn send_having_seen(&self, tag: Option<&str>, operation: &Operation, who: &Client) -> Answer {
        let method: Method = operation.method().as_str().parse().unwrap();
        let who = match tag {
            Some(tag) => who.with("If-Match", tag),
            None => who.clone(),
        };
        who.send(method, &self.path, self.content_type, self.body.clone())
    }

    /// Whether the path is one of this operation's.
    pub fn fits(&self, operation: &Operation) -> bool {
        let path = self.path.split('?').next().unwrap();
        let (ours, theirs): (Vec<_>, Vec<_>) = (path.split('/').collect(), operation.path().split('/').collect());
        let same = |(own, their): (&&str, &&str)| own == their || their.starts_with('{');
        ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same)
    }
}
