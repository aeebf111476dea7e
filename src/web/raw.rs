//! An answer whose type is forgotten.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Bytes;
use tokio::sync::mpsc::Receiver;

use super::spool::Spooled;

/// An answer whose type is forgotten: status, headers and the body as bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Raw {
    pub status: u16,
    pub content_type: Option<String>,
    pub location: Option<String>,
    pub version: Option<i64>,
    pub next_cursor: Option<String>,
    pub body: Bytes,
    /// The body instead, where it is too long for memory.
    pub spooled: Option<Spooled>,
    /// Of the body, where it is known already.
    pub tag: Option<String>,
    pub replayed: bool,
    /// Under which name a browser saves it.
    pub file_name: Option<String>,
    /// `Set-Cookie`s. They are never kept.
    pub cookies: Vec<String>,
    /// A body that goes on, in place of the one that is there.
    pub stream: Option<Stream>,
}

/// A body that goes on as long as somebody sends to it. It is taken once.
#[derive(Clone, Debug)]
pub(super) struct Stream(Arc<Mutex<Option<Receiver<Bytes>>>>);

impl Stream {
    pub fn new(receiver: Receiver<Bytes>) -> Self {
        Self(Arc::new(Mutex::new(Some(receiver))))
    }

    pub fn take(&self) -> Option<Receiver<Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl PartialEq for Stream {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Raw {
    /// A body of this type; everything else is set where it is known.
    pub fn new(status: u16, content_type: Option<&str>, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            content_type: content_type.map(Into::into),
            location: None,
            version: None,
            next_cursor: None,
            body: body.into(),
            spooled: None,
            tag: None,
            replayed: false,
            file_name: None,
            cookies: Vec::new(),
            stream: None,
        }
    }
}
