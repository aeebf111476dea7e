//! A body that is written to a file before it is sent, because it is too long for memory.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    os::unix::fs::FileExt as _,
    path::Path,
    sync::Arc,
};

use actix_web::{
    body::SizedStream,
    web::{self, Bytes},
};
use futures_util::{Stream, stream};
use sha2::{Digest, Sha256};

use super::tags;
use crate::error::{Error, Result};

/// How much is sent, and in memory, at a time.
const PIECE: usize = 64 * 1024;

/// What a body is written to. Its file has no name, and is gone once it was sent.
pub struct Spool {
    file: BufWriter<File>,
    digest: Sha256,
    length: u64,
}

impl Spool {
    /// An empty one, in this folder.
    ///
    /// # Errors
    /// `500` if there can be no file.
    pub fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::internal)?;
        Ok(Self {
            file: BufWriter::new(file),
            digest: Sha256::new(),
            length: 0,
        })
    }

    /// What was written, to be sent, and the tag of that.
    pub(super) fn finish(self) -> Result<(Spooled, String)> {
        let file = self.file.into_inner().map_err(Error::internal)?;
        let spooled = Spooled {
            file: Arc::new(file),
            length: self.length,
        };
        Ok((spooled, tags::of_digest(&self.digest.finalize())))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A body in a file.
#[derive(Clone, Debug)]
pub(super) struct Spooled {
    file: Arc<File>,
    length: u64,
}

impl PartialEq for Spooled {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file)
    }
}

impl Spooled {
    /// The body, read as it is taken.
    pub fn body(&self) -> SizedStream<impl Stream<Item = io::Result<Bytes>> + use<>> {
        let (file, length) = (self.file.clone(), self.length);
        let pieces = stream::try_unfold(0, move |from| {
            let file = file.clone();
            async move {
                if from >= length {
                    return Ok(None);
                }
                let read = web::block(move || piece(&file, from)).await;
                let bytes = read.map_err(io::Error::other)??;
                let until = from + bytes.len() as u64;
                Ok(Some((bytes, until)))
            }
        });
        SizedStream::new(length, pieces)
    }
}

fn piece(file: &File, from: u64) -> io::Result<Bytes> {
    let mut bytes = vec![0; PIECE];
    let read = file.read_at(&mut bytes, from)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.truncate(read);
    Ok(bytes.into())
}
